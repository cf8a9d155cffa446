"""Forms of the GP track: the agreement, the claim made from the prices of its rules, confirmation and review."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from wtforms.fields import BooleanField, HiddenField, SelectField

from app.compensation.domain import AgreementFacts, ClaimFacts, Employment, Period, Terms, why_not_agree
from app.rules.domain import UnitPrice
from app.values.bounds import MOST_GRANT_ORE, MOST_UNITS, Days, agreement_begins, agreement_ends, signed_days
from app.values.language import N_
from forms.base import BaseForm, CreatingForm, Required, VersionedForm
from forms.fields import (
    AccountField,
    HprField,
    KronerField,
    LocalDateField,
    MultilineText,
    OrgnrField,
    PlainText,
    UploadField,
    WholeNumberField,
    WordedField,
)
from forms.payouts import TickedField


class AgreementForm(CreatingForm):
    """A signed agreement, registered by an officer."""

    pot = SelectField(N_("Ordning"), [Required()])
    gp_name = PlainText(N_("Fastlegens navn"), [Required()])
    hpr_no = HprField(N_("HPR-nummer"), [Required()])
    employment = WordedField(N_("Arbeidsforhold"), [Required()], words=Employment)
    payee = OrgnrField(
        N_("Organisasjonsnummeret til den som får pengene"),
        [Required()],
        description=N_("Legekontoret, eller kommunen når fastlegen er fastlønnet."),
    )
    account = AccountField(N_("Kontonummer"), [Required()])
    area = SelectField(N_("Utprøvingsområde"), [Required()])
    from_on = LocalDateField(N_("Avtalen gjelder fra"), [Required()], days=None)
    to_on = LocalDateField(N_("Avtalen gjelder til"), [Required()], days=None)
    cap = KronerField(N_("Tak for hele avtalen"), [Required()], least_ore=100, most_ore=MOST_GRANT_ORE)
    signed_on = LocalDateField(N_("Signert"), [Required()], days=None)
    de_minimis = BooleanField(N_("Egenerklæring om bagatellmessig støtte er levert"))
    impartial = BooleanField(N_("Jeg er habil i saken"))
    terms: Sequence[Terms]
    today: date

    def limit(self, terms: Sequence[Terms], today: date) -> None:
        """The years there are rules for; what those of the chosen year say is judged when the form is whole."""
        self.terms, self.today = terms, today
        years = [each.year for each in terms] or [today.year]
        begins = agreement_begins(min(years)).first
        self.from_on.days = Days(begins, agreement_begins(max(years)).last)
        self.to_on.days = Days(begins, agreement_ends(max(years)).last)
        self.signed_on.days = signed_days(min(years), today)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong by the rules stands at its field."""
        if not super().validate(extra_validators):
            return False
        facts = self.facts()
        asked = (facts.pot_code, facts.from_on.year)
        terms = next((each for each in self.terms if (each.pot_code, each.year) == asked), None)
        wrong = why_not_agree(facts, terms, self.today)
        for name, reason in wrong.items():
            self[name].errors = [reason]
        return not wrong

    def facts(self) -> AgreementFacts:
        """What the agreement says."""
        assert isinstance(self.from_on.data, date) and isinstance(self.to_on.data, date)
        assert isinstance(self.signed_on.data, date) and self.cap.data is not None
        employment = self.employment.data
        assert isinstance(employment, Employment)
        return AgreementFacts(
            pot_code=str(self.pot.data),
            gp_name=str(self.gp_name.data),
            hpr_no=str(self.hpr_no.data),
            payee_orgnr=str(self.payee.data),
            account_no=str(self.account.data),
            area_public_id=str(self.area.data),
            from_on=self.from_on.data,
            to_on=self.to_on.data,
            cap_ore=self.cap.data,
            signed_on=self.signed_on.data,
            de_minimis_declared=bool(self.de_minimis.data),
            impartial=bool(self.impartial.data),
            employment=employment,
        )


class AccountSeenForm(VersionedForm):
    """«This is our account»: the version carries the key of the number that was shown."""


class PeriodForm(CreatingForm):
    """The period alone, read first: which prices are asked for follows from it."""

    from_on = LocalDateField(N_("Fra og med"), [Required()], days=None)
    to_on = LocalDateField(N_("Til og med"), [Required()], days=None)

    def limit(self, agreed: Period) -> None:
        """The days of the agreement."""
        self.from_on.days = self.to_on.days = Days(agreed.from_on, agreed.to_on)

    @property
    def period(self) -> Period | None:
        """What was typed; None when it is no period."""
        first, last = self.from_on.data, self.to_on.data
        return Period(first, last) if first and last and first <= last else None


# Of what is typed in a field of a claim, as much as any date or number takes.
LONGEST_TYPED = 100
_LONGEST = {"late_reason": 1000}


class ClaimForm(PeriodForm, VersionedForm):
    """The declaration too, and the version seen of what is changed (0: nothing is).

    `claim_form` adds number fields: the prices of each part of the period.
    """

    declared = BooleanField(N_("Opplysningene er riktige, og jeg har ikke fått annen offentlig støtte til det samme"))
    late_reason = MultilineText(
        N_("Hvorfor kommer kravet for sent?"),
        description=N_("Saksbehandleren leser det. Ikke skriv noe om pasienter."),
        longest=1000,
        printed=False,
    )
    shown = HiddenField()
    # The days and the rules the page was made for: another set now is told before anything is sent.
    rules = HiddenField()
    asked_last = ("late_reason", "declared")
    codes: tuple[tuple[str, ...], ...] = ()

    def typed(self) -> dict[str, str]:
        """What stands in the fields a person writes in, as it is typed, by their names."""
        names = [
            "from_on",
            "to_on",
            "late_reason",
            *(_name(part, code) for part, codes in enumerate(self.codes) for code in codes),
        ]
        return {name: str((self[name].raw_data or [""])[0])[: _LONGEST.get(name, LONGEST_TYPED)] for name in names}

    def fields(self, part: int) -> list[WholeNumberField]:
        """The number fields of this part of the period."""
        return [self[_name(part, code)] for code in self.codes[part]]

    def facts(self, periods: Sequence[Period]) -> list[ClaimFacts]:
        """What is claimed for each part, and the sum the GP saw for it."""
        seen = [int(each) if _is_sum(each) else None for each in str(self.shown.data or "").split(" ")]
        seen += [None] * (len(periods) - len(seen))
        return [
            ClaimFacts(
                period,
                {code: self[_name(part, code)].data or 0 for code in self.codes[part]},
                seen[part],
                str(self.late_reason.data or ""),
            )
            for part, period in enumerate(periods)
        ]


def _name(part: int, code: str) -> str:
    return f"units_{code}" if part == 0 else f"part{part}_{code}"


def _is_sum(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def claim_form(parts: Sequence[Sequence[UnitPrice]], language: str) -> type[ClaimForm]:
    """The form for the prices of each part of the period, with their names as labels."""
    return _claim_form(tuple(tuple((p.code, p.words.in_(language)) for p in prices) for prices in parts))


@cache
def _claim_form(parts: tuple[tuple[tuple[str, str], ...], ...]) -> type[ClaimForm]:
    fields = {
        _name(part, code): WholeNumberField(words, highest=MOST_UNITS)
        for part, prices in enumerate(parts)
        for code, words in prices
    }
    codes = tuple(tuple(code for code, _ in prices) for prices in parts)
    return type("PricedClaimForm", (ClaimForm,), {**fields, "codes": codes})


class AttachForm(BaseForm):
    """A file that documents the units of one price; `code` says of which."""

    code = HiddenField()
    file = UploadField(
        N_("Fil"),
        [Required()],
        description=N_(
            "PDF, XLSX eller CSV, høyst 20 MB. Ingen opplysninger om pasienter. Vi ser etter fødselsnummer i teksten, "
            "men kan ikke lese skannede sider og bilder. Se over dem selv."
        ),
    )


class ConfirmForm(BaseForm):
    """The claims an area confirms."""

    line = TickedField(N_("Krav"))

    @property
    def ticked(self) -> dict[str, int]:
        """Address → version seen."""
        return dict(self.line.data)


class QueueForm(BaseForm):
    """One button for the claims a page showed; `control` tells which those were."""

    control = HiddenField()


class StepForm(VersionedForm):
    """One button on a claim."""


class RefuseForm(VersionedForm):
    """Refused, with the reason the GP is told."""

    reason = MultilineText(N_("Begrunnelse"), [Required()], description=N_("Fastlegen får den i svaret."), longest=2000)


class PartForm(RefuseForm):
    """Approved in part: units for each line; `part_form` adds the fields."""

    asked_last = ("reason",)
    codes: tuple[str, ...] = ()

    def units(self) -> dict[str, int]:
        """Units approved, by code."""
        return {code: self[f"units_{code}"].data or 0 for code in self.codes}


def part_form(lines: Sequence[tuple[str, str]]) -> type[PartForm]:
    """The form for these lines: (code, words)."""
    return _part_form(tuple(lines))


@cache
def _part_form(lines: tuple[tuple[str, str], ...]) -> type[PartForm]:
    fields = {f"units_{code}": WholeNumberField(words, [Required()], highest=MOST_UNITS) for code, words in lines}
    return type("PricedPartForm", (PartForm,), {**fields, "codes": tuple(code for code, _ in lines)})
