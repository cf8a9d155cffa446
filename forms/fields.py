"""Fields that read what Norwegians type and give typed values; strings stop here.

Blank is None (text: ""). What could not be read stays in the field as it was typed, beside what to do about it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar

from flask_babel import gettext
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Form
from wtforms.fields import SelectChoice, SelectField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import EmailInput, TextArea, TextInput

from app.values.badvalue import BadValue
from app.values.bounds import Days
from app.values.dates import format_short, parse_date
from app.values.identity import format_account, format_orgnr, parse_account, parse_hpr, parse_orgnr
from app.values.language import N_, Worded
from app.values.mailaddress import parse_email
from app.values.money import format_amount, format_kr, parse_kroner
from app.values.plaintext import hold_plain
from app.values.scores import format_score, parse_score
from app.values.text import clean_line, clean_lines, clean_number
from app.values.wholenumber import parse_whole_number

T = TypeVar("T")
JUDGED = Days(date.min, date.max)
"""For a date that the form itself judges, in words of its own."""


class TypedField(StringField, Generic[T]):
    """One line of text with a value of type T behind it."""

    widget: Any = TextInput()
    data: T | None

    def read(self, text: str) -> T | None:
        """The value of `text`, which is not blank. Raises BadValue."""
        raise NotImplementedError

    def show(self, value: T) -> str:
        """`value` as a person would type it."""
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the typed text; None when it is blank, and when it cannot be read."""
        self.data = None
        if not valuelist or not clean_line(valuelist[0]):
            return
        try:
            self.data = self.read(valuelist[0])
        except BadValue as bad:
            raise ValueError(bad.words(gettext(bad.reason))) from bad

    def _value(self) -> str:
        """What stands in the field: as typed when it was typed, else the stored value in its usual form."""
        if self.raw_data:
            return clean_line(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class KronerField(TypedField[int]):
    """An amount in kroner and øre; `data` is whole øre. Limits are øre too."""

    parse: Callable[[str], int] = staticmethod(parse_kroner)

    def __init__(
        self, label: str = "", validators: Any = None, *, most_ore: int, least_ore: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.least_ore, self.most_ore = least_ore, most_ore

    def read(self, text: str) -> int:
        """Whole øre within the limits."""
        ore = self.parse(text)
        if ore < self.least_ore:
            raise BadValue("too_low", N_("Beløpet må være minst %(limit)s."), limit=format_kr(self.least_ore))
        if ore > self.most_ore:
            limit = format_kr(self.most_ore)
            raise BadValue("too_high", N_("Beløpet kan ikke være høyere enn %(limit)s."), limit=limit)
        return ore

    def show(self, value: int) -> str:
        """As "1 250 000,50" without the unit, which stands beside the field."""
        return format_amount(value)


class WholeNumberField(TypedField[int]):
    """A whole number within limits, such as a count of units."""

    def __init__(
        self, label: str = "", validators: Any = None, *, highest: int, lowest: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.lowest, self.highest = lowest, highest

    def read(self, text: str) -> int:
        """The number, when it is within the limits."""
        return parse_whole_number(text, self.lowest, self.highest)


class ScoreField(TypedField[int]):
    """A weighted score; `data` is whole hundredths."""

    def read(self, text: str) -> int:
        """The hundredths."""
        return parse_score(text)

    def show(self, value: int) -> str:
        """As "2,50"."""
        return format_score(value)


class OrgnrField(TypedField[str]):
    """An organisation number; `data` is the nine digits."""

    def read(self, text: str) -> str:
        """Nine digits with a right check digit."""
        return parse_orgnr(text)

    def show(self, value: str) -> str:
        """As "933 649 768"."""
        return format_orgnr(value)


class AccountField(TypedField[str]):
    """A bank account number; `data` is the eleven digits."""

    def read(self, text: str) -> str:
        """Eleven digits with a right check digit."""
        return parse_account(text)

    def show(self, value: str) -> str:
        """As "8601 11 17947"."""
        return format_account(value)


class EmailField(TypedField[str]):
    """An e-mail address that every mail server can take; `data` is "" when blank."""

    widget: Any = EmailInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Never None: an address nobody has given is the empty text."""
        super().process_formdata(valuelist)
        self.data = self.data or ""

    def read(self, text: str) -> str:
        """One address."""
        return parse_email(text)


class HprField(TypedField[str]):
    """An HPR number; `data` is its one to nine digits."""

    def read(self, text: str) -> str:
        """One to nine digits."""
        return parse_hpr(text)


class LocalDateField(TypedField[date]):
    """A local date typed as 15.02.2025 or 2025-02-15, one of `days` (see app.values.bounds).

    `days` is None where they follow from the thing or from today: the form is told before it is validated.
    """

    def __init__(self, label: str = "", validators: Any = None, *, days: Days | None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.days = days

    def read(self, text: str) -> date:
        """The date."""
        return parse_date(text)

    def pre_validate(self, form: Form) -> None:
        """Hold the date to its days; one outside them is no date to reckon with. Raises StopValidation."""
        if (on := self.data) is None:
            return
        if self.days is None:
            raise RuntimeError(f"{type(form).__name__} was not told which days {self.short_name} may be")
        if self.days.hold(on):
            return
        self.data, (first, last) = None, self.days
        if on < first:
            raise StopValidation(gettext(N_("Datoen kan ikke være før %(limit)s."), limit=format_short(first)))
        raise StopValidation(gettext(N_("Datoen kan ikke være etter %(limit)s."), limit=format_short(last)))

    def show(self, value: date) -> str:
        """As "15.02.2025"."""
        return format_short(value)


class PlainText(TypedField[str]):
    """One line of free text, cleaned of control signs; "" when blank. A fødselsnummer is refused (domain.md D.8).

    So is a sign that no letter can be printed with: most texts reach one in the end. `printed=False` says that this
    one never does.
    """

    clean: Callable[[str], str] = staticmethod(clean_line)

    def __init__(
        self, label: str = "", validators: Any = None, *, longest: int = 200, printed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.longest, self.printed = longest, printed

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text is never None: blank is the empty text."""
        super().process_formdata(valuelist)
        self.data = self.data or ""

    def read(self, text: str) -> str:
        """The cleaned text."""
        return hold_plain(self.clean(text), self.longest, printed=self.printed)

    def _value(self) -> str:
        return self.clean(self.raw_data[0]) if self.raw_data else self.data or ""


class NumberText(PlainText):
    """A telephone number and the like: digits kept as text, with what a person puts between them."""

    clean = staticmethod(clean_number)


class MultilineText(PlainText):
    """Free text of several lines; line breaks and the blanks inside are kept."""

    widget: Any = TextArea()
    clean = staticmethod(clean_lines)

    def __init__(self, label: str = "", validators: Any = None, *, longest: int = 4000, **kwargs: Any) -> None:
        super().__init__(label, validators, longest=longest, **kwargs)


class WordedField(SelectField):
    """One of the members of a Worded enum, shown by its word; `data` is the member, or None for the blank choice.

    `blank` is the bokmål msgid of the choice of nothing; without it the first member stands chosen.
    """

    data: Worded | None

    def __init__(
        self, label: str = "", validators: Any = None, *, words: type[Worded], blank: str | None = None, **kwargs: Any
    ) -> None:
        first = [] if blank is None else [SelectChoice("", gettext(blank))]
        choices = [*first, *(SelectChoice(member.value, gettext(member.word)) for member in words)]

        def member(code: str) -> Worded | None:
            return words(code) if code else None

        super().__init__(label, validators, coerce=member, choices=choices, **kwargs)


class UploadField(FileField):
    """A file to be taken by the one door for uploads; what the door says of it stands at the field."""

    @property
    def chosen(self) -> FileStorage | None:
        """The file, or None when nothing was chosen."""
        return self.data if isinstance(self.data, FileStorage) and self.data.filename else None

    def refuse(self, why: str) -> None:
        """Say why it was not taken, in the reader's language. The browser forgets the file: it is chosen anew."""
        self.errors: list[str] = [*getattr(self, "errors", ()), why]
