"""What every reader of typed values raises when the text will not do."""


class BadValue(ValueError):
    """The typed text is not a value of the kind asked for.

    `code` is stable and for programs, `reason` is a bokmål msgid that tells a person what to do, and `facts` fill its
    `%(name)s` places: whoever shows it translates first and fills afterwards.
    """

    def __init__(self, code: str, reason: str, **facts: str | int) -> None:
        self.code = code
        self.reason = reason
        self.facts = facts
        super().__init__(self.words(reason))

    def words(self, translated: str) -> str:
        """Fill the places of `translated`, which is `reason` or its translation."""
        return translated % self.facts if self.facts else translated
