"""Forms of calls."""

from wtforms.fields import BooleanField
from wtforms.validators import ValidationError

from app.rules.domain import CallFacts, Words
from app.values.bounds import call_days
from app.values.language import N_
from forms.base import BaseForm, CreatingForm, Required, VersionedForm
from forms.fields import LocalDateField, MultilineText, PlainText


class CallFields(BaseForm):
    """What a call says."""

    title_nb = PlainText(N_("Navn (bokmål)"), [Required()])
    title_nn = PlainText(N_("Navn (nynorsk)"), [Required()])
    intro_nb = MultilineText(N_("Innledning (bokmål)"), longest=2000)
    intro_nn = MultilineText(N_("Innledning (nynorsk)"), longest=2000)
    opens_on = LocalDateField(N_("Åpner"), [Required()], days=None)
    deadline_on = LocalDateField(
        N_("Søknadsfrist"), [Required()], days=None, description=N_("Hele dagen teller, til kl. 23.59.")
    )
    answer_by_on = LocalDateField(N_("Svar ventes innen"), [Required()], days=None)
    budget_reservation = BooleanField(N_("Ta forbehold om Stortingets budsjettvedtak"))

    def limit(self, year: int) -> None:
        """The days of a call for money of this year."""
        self.opens_on.days = self.deadline_on.days = self.answer_by_on.days = call_days(year)

    def validate_deadline_on(self, field: LocalDateField) -> None:
        """Open before it closes."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(field.gettext(N_("Fristen kan ikke være før utlysningen åpner.")))

    def validate_answer_by_on(self, field: LocalDateField) -> None:
        """The answer comes after the deadline."""
        if field.data and self.deadline_on.data and field.data <= self.deadline_on.data:
            raise ValidationError(field.gettext(N_("Svaret kan ikke komme før søknadsfristen.")))

    def facts(self) -> CallFacts:
        """What was typed. Raises ValueError on a form that did not validate."""
        opens_on, deadline_on, answer_by_on = self.opens_on.data, self.deadline_on.data, self.answer_by_on.data
        if opens_on is None or deadline_on is None or answer_by_on is None:
            raise ValueError("validate the form first")
        return CallFacts(
            Words(self.title_nb.data or "", self.title_nn.data or ""),
            Words(self.intro_nb.data or "", self.intro_nn.data or ""),
            opens_on,
            deadline_on,
            answer_by_on,
            bool(self.budget_reservation.data),
        )


class NewCallForm(CallFields, CreatingForm):
    """A new call."""


class CallForm(CallFields, VersionedForm):
    """A call that is still a draft."""
