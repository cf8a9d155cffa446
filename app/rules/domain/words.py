"""A text in both forms of Norwegian."""

from dataclasses import dataclass

from app.values.language import Language


@dataclass(frozen=True)
class Words:
    """The same text in both forms of Norwegian."""

    nb: str
    nn: str

    def in_(self, language: Language | str) -> str:
        """The text a reader gets; anyone but nynorsk readers gets bokmål."""
        return self.nn if language == Language.NN else self.nb


NO_WORDS = Words("", "")
