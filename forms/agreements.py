"""Forms of what becomes of a GP's agreement."""

from datetime import date

from app.compensation.domain import PauseCause, Period
from app.values.bounds import Days
from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import LocalDateField, MultilineText, WordedField


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


class EndForm(OnForm):
    """It ends."""

    on = LocalDateField(N_("Siste dag avtalen gjelder"), [Required()], days=None)
    reason = MultilineText(
        N_("Hvorfor avtalen avsluttes"), [Required()], description=N_("Legekontoret får se det."), longest=2000
    )
