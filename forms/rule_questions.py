"""The rows of a draft that ask something: a question of the application or the report, with its choices."""

import secrets
from collections.abc import Iterator, Mapping, Sequence

from wtforms.fields import BooleanField, FieldList, HiddenField
from wtforms.validators import ValidationError

from app.rules.domain import THE_BUDGET, Answer, Choice, Question, Words
from app.values.language import N_
from forms.fields import MultilineText, PlainText, WholeNumberField, WordedField
from forms.rule_rows import CODE, WordsRow

# How the budget is named where the numbers of questions are typed.
_BUDGET = "budsjett"


class QuestionRow(WordsRow):
    """A question; choices one a line, «bokmål | nynorsk»."""

    help_nb = PlainText(N_("Hjelpetekst (bokmål)"), longest=500)
    help_nn = PlainText(N_("Hjelpetekst (nynorsk)"), longest=500)
    answer = WordedField(N_("Svar"), words=Answer, default=Answer.TEXT)
    required = BooleanField(N_("Må besvares"))
    max_length = WholeNumberField(N_("Høyest antall tegn"), lowest=1, highest=20_000, default=4000)
    choices = MultilineText(
        N_("Valg"), description=N_("Ett valg på hver linje, slik: bokmål | nynorsk. Bare for svar av typen «valg».")
    )
    codes = HiddenField()

    def read(self, prefix: str) -> Question:
        """As the rules have it."""
        return Question(
            self.coded(prefix),
            self.words,
            Words(self.help_nb.data or "", self.help_nn.data or ""),
            Answer(self.answer.data or Answer.TEXT),
            bool(self.required.data),
            self.max_length.data or 4000,
            tuple(self._choices()),
        )

    def validate_choices(self, field: MultilineText) -> None:
        """A question with choices has at least two, in both forms."""
        if self.is_blank or self.answer.data is not Answer.CHOICE:
            return
        lines = [line.split("|") for line in (field.data or "").splitlines() if line.strip()]
        if len(lines) < 2 or any(len(parts) != 2 or not all(p.strip() for p in parts) for parts in lines):
            raise ValidationError(field.gettext(N_("Skriv minst to valg, ett på hver linje: bokmål | nynorsk.")))

    def _choices(self) -> Iterator[Choice]:
        """The choices as typed. One keeps its code by its words: by its place it could take over another's answers."""
        if self.answer.data is not Answer.CHOICE:
            return
        kept: dict[str, list[str]] = {}
        for pair in str(self.codes.data or "").split("\n"):
            old, _, words = pair.partition("=")
            kept.setdefault(words, []).append(old)
        for line in (x for x in (self.choices.data or "").splitlines() if x.strip()):
            nb, _, nn = line.partition("|")
            same = kept.get(nb.strip(), [])
            code = same.pop(0) if same else ""
            yield Choice(code if CODE.fullmatch(code) else f"v_{secrets.token_hex(3)}", Words(nb.strip(), nn.strip()))


class AskedRow(QuestionRow):
    """A question of the application, with the number of the part it stands in."""

    section = WholeNumberField(N_("Del nummer"), lowest=1, highest=30, default=1)


def asked_rows(rows: FieldList) -> Iterator[tuple[int, int, Question]]:
    """Each question of the application with its own number on the page and that of its part."""
    for number, row in enumerate(rows.entries, 1):
        if not row.form.is_blank:
            yield number, row.form.section.data or 1, row.form.read("q")


def codes_of(text: str | None, asked: Mapping[int, str]) -> tuple[str, ...]:
    """The codes of the questions a row refers to by their numbers; `asked`: number → code. Raises ValueError."""
    parts = [part.strip().lower() for part in (text or "").split(",") if part.strip()]
    unknown = [part for part in parts if part != _BUDGET and not (part.isdecimal() and int(part) in asked)]
    if unknown:
        raise ValueError(unknown[0])
    return tuple(THE_BUDGET if part == _BUDGET else asked[int(part)] for part in parts)


def numbers_of(codes: Sequence[str], asked: Sequence[str]) -> str:
    """The same as it is typed: the numbers of these codes among all that are asked."""
    told = {THE_BUDGET: _BUDGET, **{code: str(number) for number, code in enumerate(asked, 1)}}
    return ", ".join(told[code] for code in codes if code in told)
