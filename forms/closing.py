"""Forms of a payee that is closed in the register, or was not after all."""

from datetime import date

from app.values.bounds import told_days
from app.values.language import N_
from forms.base import BaseForm, Required
from forms.fields import LocalDateField, MultilineText, PlainText


class OpenedForm(BaseForm):
    """Where it is told, and what happened."""

    source = PlainText(
        N_("Hvor opplysningen kommer fra"),
        [Required()],
        description=N_("For eksempel Enhetsregisteret, kunngjøring 3. mars 2025."),
        printed=False,
    )
    reason = MultilineText(N_("Hva som har skjedd"), [Required()], longest=2000, printed=False)


class ClosedForm(OpenedForm):
    """The same, with the day."""

    on = LocalDateField(N_("Nedlagt"), [Required()], days=None)
    asked_last = ("source", "reason")

    def limit(self, today: date) -> None:
        """A day that is over."""
        self.on.days = told_days(today)

    @property
    def day(self) -> date:
        """The day, once the form holds."""
        assert isinstance(self.on.data, date)
        return self.on.data
