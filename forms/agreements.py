"""Forms of a GP's agreement: asked for, signed, answered, and what becomes of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.fields import BooleanField, SelectField

from app.compensation.domain import (
    AgreementFacts,
    AskedFacts,
    Employment,
    PauseCause,
    Period,
    Terms,
    agreement_asked,
    terms_of,
    why_not_agree,
)
from app.values.bounds import Days, agreement_begins, agreement_ends
from app.values.language import N_
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import AccountField, HprField, LocalDateField, MultilineText, OrgnrField, PlainText, WordedField


class OnForm(VersionedForm):
    """A step on an agreement from a day on."""

    on = LocalDateField(N_("Dato"), [Required()], days=None)

    def limit(self, agreed: Period) -> None:
        """The days of the agreement."""
        self.on.days = Days(agreed.from_on, agreed.to_on)

    @property
    def day(self) -> date:
        """The day, once the form holds."""
        assert isinstance(self.on.data, date)
        return self.on.data


class PauseForm(OnForm):
    """It rests from a day on."""

    on = LocalDateField(N_("Første dag i pausen"), [Required()], days=None)
    cause = WordedField(N_("Årsak"), [Required()], words=PauseCause)

    @property
    def why(self) -> PauseCause:
        """The cause, once the form holds."""
        assert isinstance(self.cause.data, PauseCause)
        return self.cause.data


class ResumeForm(OnForm):
    """It is taken up again."""

    on = LocalDateField(N_("Første dag fastlegen er tilbake"), [Required()], days=None)


class MoveForm(OnForm):
    """The GP moves to another practice."""

    on = LocalDateField(N_("Første dag på det nye legekontoret"), [Required()], days=None)
    payee = OrgnrField(N_("Organisasjonsnummeret til det nye legekontoret"), [Required()])
    reason = MultilineText(
        N_("Hvorfor avtalen flyttes"), [Required()], description=N_("Det gamle legekontoret får se det."), longest=2000
    )


class EndForm(OnForm):
    """It ends."""

    on = LocalDateField(N_("Siste dag avtalen gjelder"), [Required()], days=None)
    reason = MultilineText(
        N_("Hvorfor avtalen avsluttes"), [Required()], description=N_("Legekontoret får se det."), longest=2000
    )


class AskedForm(CreatingForm):
    """What an agreement that is asked for says, whoever asks; the cap is the rules' own."""

    gp_name = PlainText(N_("Fastlegens navn"), [Required()])
    hpr_no = HprField(N_("HPR-nummer"), [Required()])
    employment = WordedField(N_("Arbeidsforhold"), [Required()], words=Employment)
    area = SelectField(N_("Utprøvingsområde"), [Required()])
    from_on = LocalDateField(N_("Avtalen gjelder fra"), [Required()], days=None)
    to_on = LocalDateField(N_("Avtalen gjelder til"), [Required()], days=None)
    terms: Sequence[Terms]
    today: date

    def limit(self, terms: Sequence[Terms], areas: Sequence[tuple[str, str]], today: date) -> None:
        """The years there are rules for, and the areas to choose among."""
        self.terms, self.today, self.area.choices = terms, today, list(areas)
        years = [each.year for each in terms] or [today.year]
        begins = agreement_begins(min(years)).first
        self.from_on.days = Days(begins, agreement_begins(max(years)).last)
        self.to_on.days = Days(begins, agreement_ends(max(years)).last)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong by the rules stands at its field."""
        if not super().validate(extra_validators):
            return False
        facts = self.facts()
        wrong = why_not_agree(facts, terms_of(facts.from_on.year, self.terms), self.today)
        for name, reason in wrong.items():
            if name in self:
                self[name].errors = [reason]
        return not wrong

    def facts(self) -> AgreementFacts:
        """What the agreement is to say."""
        assert isinstance(self.from_on.data, date) and isinstance(self.to_on.data, date)
        employment = self.employment.data
        assert isinstance(employment, Employment)
        asked = AskedFacts(
            gp_name=str(self.gp_name.data),
            hpr_no=str(self.hpr_no.data),
            employment=employment,
            payee_orgnr=self._payee(),
            area_public_id=str(self.area.data),
            from_on=self.from_on.data,
            to_on=self.to_on.data,
        )
        return agreement_asked(asked, self.terms, self.today, account_no=self._account(), de_minimis=self._declared())

    def _payee(self) -> str:
        raise NotImplementedError

    def _account(self) -> str:
        return ""

    def _declared(self) -> bool:
        return False


class ApplyForm(AskedForm):
    """The practice asks, and signs by sending."""

    payee = SelectField(N_("Hvem som får pengene"), [Required()])
    account = AccountField(N_("Kontonummer"), [Required()])
    de_minimis = BooleanField(N_("Vi har oppgitt all bagatellmessig støtte vi har fått de siste tre årene"))
    asked_last = ("payee", "account", "de_minimis")

    def _payee(self) -> str:
        return str(self.payee.data)

    def _account(self) -> str:
        return str(self.account.data)

    def _declared(self) -> bool:
        return bool(self.de_minimis.data)


class RegisterForm(AskedForm):
    """The area registers what a practice is to sign."""

    payee = OrgnrField(
        N_("Organisasjonsnummeret til den som får pengene"),
        [Required()],
        description=N_("Legekontoret, eller kommunen når fastlegen er fastlønnet."),
    )
    asked_last = ("payee",)

    def _payee(self) -> str:
        return str(self.payee.data)


class SignForm(VersionedForm):
    """The practice signs what the area registered."""

    account = AccountField(N_("Kontonummer"), [Required()])
    de_minimis = BooleanField(N_("Vi har oppgitt all bagatellmessig støtte vi har fått de siste tre årene"))


class TakeBackForm(VersionedForm):
    """The practice takes back what it asked for, or was to sign."""

    reason = MultilineText(
        N_("Hvorfor dere trekker søknaden"),
        description=N_("Det er frivillig å skrive noe."),
        longest=2000,
        printed=False,
    )


class TermsForm(VersionedForm):
    """The practice signs later terms."""

    read = BooleanField(
        N_("Vi har lest de nye vilkårene og godtar dem"), [Required(N_("Kryss av for at dere godtar vilkårene."))]
    )


class AnswerForm(VersionedForm):
    """Approved as it stands."""


class TurnDownForm(VersionedForm):
    """Refused, with the reason the practice is told."""

    reason = MultilineText(
        N_("Begrunnelse"), [Required()], description=N_("Legekontoret får den i svaret."), longest=2000
    )
