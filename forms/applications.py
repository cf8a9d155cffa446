"""The application's own sections, and what is done with the whole of it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, Field, Form, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, StopValidation

from app.applications.domain import MOST_LINES, Budget, Contact, CostLine, Partner, Project
from app.rules.domain import CostType
from app.values.bounds import MOST_GRANT_ORE, intent_days, project_days
from app.values.language import N_, Language
from app.values.money import format_kr
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import AccountField, EmailField, KronerField, LocalDateField, MultilineText, NumberText, PlainText
from forms.from_rules import Wanted

_PHONE = re.compile(r"\+?[0-9][0-9 ]{4,18}")
EMPTY_ROWS = 3


class Shaped:
    """The text must have this shape, when there is one."""

    def __init__(self, shape: re.Pattern[str], message: str) -> None:
        self.shape, self.message = shape, message

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with `message` (a bokmål msgid)."""
        if field.data and not self.shape.fullmatch(field.data):
            raise StopValidation(field.gettext(self.message))


class ContactForm(VersionedForm):
    """Whom we call, and where the money goes."""

    name = PlainText(N_("Navn"), [Wanted()], longest=120)
    title = PlainText(N_("Stilling"), longest=120)
    email = EmailField(N_("E-post"), [Wanted()])
    phone = NumberText(
        N_("Telefon"),
        [Wanted(), Shaped(_PHONE, N_("Skriv telefonnummeret med tall, for eksempel 22 33 44 55."))],
        longest=30,
    )
    account_no = AccountField(
        N_("Kontonummer"),
        [Wanted()],
        description=N_("Virksomhetens egen konto. Den som signerer, bekrefter den når dere aksepterer tilskuddet."),
    )

    def facts(self) -> Contact:
        """Blank is the empty text."""
        return Contact(
            self.name.data or "",
            self.title.data or "",
            self.email.data or "",
            self.phone.data or "",
            self.account_no.data or "",
        )


class ProjectForm(VersionedForm):
    """What it is, in one sentence, and when."""

    title = PlainText(N_("Navn på prosjektet"), [Wanted()], longest=120)
    purpose = MultilineText(
        N_("Hva vil dere oppnå?"),
        [Wanted()],
        longest=600,
        description=N_("Én eller to setninger. De kan bli publisert."),
    )
    starts_on = LocalDateField(N_("Begynner"), [Wanted()], days=None)
    ends_on = LocalDateField(N_("Slutter"), [Wanted()], days=None)

    def limit(self, year: int) -> None:
        """Near the year the money is of."""
        self.starts_on.days = self.ends_on.days = project_days(year)

    def validate_ends_on(self, field: Field) -> None:
        """The period runs forward."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise StopValidation(gettext(N_("Prosjektet kan ikke slutte før det begynner.")))

    def facts(self) -> Project:
        """Dates are local, None while unknown."""
        return Project(self.title.data or "", self.purpose.data or "", self.starts_on.data, self.ends_on.data)


class BudgetForm(VersionedForm):
    """What is applied for, and what it is spent on. `rows` lines, the blank ones left out."""

    rows = 0
    frame_ore: int | None = None
    applied = KronerField(N_("Søknadsbeløp"), [Wanted()], most_ore=MOST_GRANT_ORE)
    own_funding = KronerField(
        N_("Egne midler"),
        most_ore=MOST_GRANT_ORE,
        description=N_("Det dere betaler selv. La det stå tomt når det ikke er noe."),
    )

    def limit(self, frame_ore: int | None) -> None:
        """No more than there is in all; None while no frame is set."""
        self.frame_ore = frame_ore

    def validate_applied(self, field: Field) -> None:
        """A nought too many is told at once: the whole frame is never one recipient's and more."""
        if self.frame_ore is not None and field.data is not None and field.data > self.frame_ore:
            text = gettext(N_("Hele rammen er %(frame)s. Dere kan ikke søke om mer enn den."))
            raise StopValidation(text % {"frame": format_kr(self.frame_ore)})

    def lines(self) -> Iterator[tuple[Field, Field, Field]]:
        """Type, text and amount of each line."""
        for nr in range(self.rows):
            yield self[f"cost_{nr}"], self[f"text_{nr}"], self[f"amount_{nr}"]

    def row_of(self, field: Field) -> str:
        """The line's number as it stands on the page."""
        number = field.short_name.rpartition("_")[2]
        return gettext(N_("Linje %(nr)s"), nr=int(number) + 1) if number.isdecimal() else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """A line is whole or empty."""
        good = bool(super().validate(extra_validators))
        for fields in self.lines():
            if any(field.raw_data and field.raw_data[0].strip() for field in fields):
                # Every fault of the line at once, not one at a time.
                given = [_given(field, words) for field, words in zip(fields, _LINE_NEEDS, strict=True)]
                good = all(given) and good
        return good

    def facts(self) -> Budget:
        """Whole øre."""
        lines = tuple(CostLine(c.data, t.data, a.data) for c, t, a in self.lines() if a.data is not None)
        return Budget(self.applied.data or 0, self.own_funding.data or 0, lines)


_LINE_NEEDS = (
    N_("Velg type kostnad."),
    N_("Skriv hva pengene skal brukes til."),
    N_("Skriv beløpet, eller tøm linjen."),
)


def _given(field: Field, words: str) -> bool:
    """Add the words when the field is blank; a fault it already has stays."""
    if field.errors:
        return False
    if field.data in (None, ""):
        field.errors = [gettext(words)]
        return False
    return True


@lru_cache(maxsize=256)
def budget_form(cost_types: tuple[CostType, ...], rows: int, language: Language) -> type[BudgetForm]:
    """The form with this many lines, and the kinds of cost of the rules."""
    choices = [SelectChoice("", N_("Velg type")), *(SelectChoice(c.code, c.words.in_(language)) for c in cost_types)]
    fields: dict[str, Any] = {"rows": min(rows, MOST_LINES)}
    for nr in range(fields["rows"]):
        fields[f"cost_{nr}"] = SelectField(N_("Type kostnad"), [Optional(), Wanted()], choices=choices)
        fields[f"text_{nr}"] = PlainText(N_("Hva pengene brukes til"), [Wanted()], longest=200)
        fields[f"amount_{nr}"] = KronerField(N_("Beløp"), [Wanted()], most_ore=MOST_GRANT_ORE)
    return type("BudgetLinesForm", (BudgetForm,), fields)


def budget_data(budget: Budget) -> dict[str, Any]:
    """A stored budget as the data of its form."""
    data: dict[str, Any] = {"applied": budget.applied_ore or None, "own_funding": budget.own_funding_ore or None}
    for nr, line in enumerate(budget.lines):
        data |= {f"cost_{nr}": line.cost_code, f"text_{nr}": line.text, f"amount_{nr}": line.amount_ore}
    return data


class PartnersForm(VersionedForm):
    """Who takes part, and the day of each letter of intent."""

    listed: tuple[Partner, ...] = ()
    new = PlainText(
        N_("Legg til virksomhet"),
        description=N_("Organisasjonsnummeret, eller navnet slik det står i Enhetsregisteret."),
        longest=120,
    )
    new_intent = LocalDateField(N_("Intensjonserklæring mottatt"), days=None)

    def rows(self) -> Iterator[tuple[Partner, Field, Field]]:
        """Each partner with its date and its tick for being taken away."""
        for partner in self.listed:
            yield partner, self[f"intent_{partner.orgnr}"], self[f"remove_{partner.orgnr}"]

    def row_of(self, field: Field) -> str:
        """The partner's name."""
        orgnr = field.short_name.rpartition("_")[2]
        return next((each.name for each in self.listed if each.orgnr == orgnr), "")

    def kept(self) -> tuple[Partner, ...]:
        """Those that stay."""
        return tuple(Partner(each.party_id, on.data) for each, on, remove in self.rows() if not remove.data)


def partners_form(listed: tuple[Partner, ...], today: date) -> type[PartnersForm]:
    """The form with a row for each; a letter of intent cannot come from the future."""
    fields: dict[str, Any] = {"listed": listed}
    days = intent_days(today)
    fields["new_intent"] = LocalDateField(N_("Intensjonserklæring mottatt"), days=days)
    for partner in listed:
        fields[f"intent_{partner.orgnr}"] = LocalDateField(
            N_("Intensjonserklæring mottatt"), days=days, default=partner.intent_on
        )
        fields[f"remove_{partner.orgnr}"] = BooleanField(N_("Ta bort"))
    return type("ListedPartnersForm", (PartnersForm,), fields)


class StartForm(CreatingForm, VersionedForm):
    """Start an application for one of the organisations one writes for. The version is the newest they were shown."""

    party = RadioField(N_("Hvem søker?"), [Required(N_("Velg hvem som søker."))])

    def __init__(self, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.party.choices = [SelectChoice(*each) for each in parties]


class SubmitForm(CreatingForm, VersionedForm):
    """The signature: carries which text was seen, and that it is given once."""


class WithdrawForm(CreatingForm, VersionedForm):
    """Take the application back."""

    reason = MultilineText(N_("Hvorfor trekker dere søknaden?"), longest=1000, printed=False)


class AnswerForm(CreatingForm, VersionedForm):
    """Answer the officer's questions."""

    answer = MultilineText(
        N_("Svaret deres"), [Required(N_("Skriv et svar før dere sender det."))], longest=8000, printed=False
    )
