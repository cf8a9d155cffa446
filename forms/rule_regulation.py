"""What is registered of a regulation on its way: one form for each step."""

from app.rules.domain import RegulationStep, Told
from app.values.bounds import draft_days
from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import LocalDateField, MultilineText, PlainText


class StepForm(VersionedForm):
    """The day it happened; the rest by the step."""

    on = LocalDateField(N_("Dato"), [Required()], days=None)

    def limit(self, year: int) -> None:
        """The days a step on rules for this year may have."""
        for field in self:
            if isinstance(field, LocalDateField):
                field.days = draft_days(year)

    def told(self, step: RegulationStep) -> Told:
        """What was typed. The form must be valid."""
        day = self.on.data
        assert day is not None
        said = {name: self[name].data for name in ("until_on", "reference", "words") if name in self}
        return Told(step, day, **said)


class HearingForm(StepForm):
    """When it was sent out, and the last day for answers."""

    on = LocalDateField(N_("Sendt på høring"), [Required()], days=None)
    until_on = LocalDateField(
        N_("Høringsfrist"),
        [Required()],
        description=N_("Vanligvis tre måneder, og minst seks uker (utredningsinstruksen punkt 3-3)."),
        days=None,
    )
    reference = PlainText(
        N_("Hvor den står"), description=N_("Nummer i arkivet, eller lenken til høringen."), longest=300, printed=False
    )


class HeardForm(StepForm):
    """What came in, and what was done with it."""

    on = LocalDateField(N_("Oppsummert"), [Required()], days=None)
    words = MultilineText(N_("Hva svarene sa, og hva de førte til"), [Required()], longest=4000, printed=False)
    reference = PlainText(N_("Nummer i arkivet"), longest=300, printed=False)


class NoHearingForm(StepForm):
    """Why there was none."""

    on = LocalDateField(N_("Avgjort"), [Required()], days=None)
    words = MultilineText(
        N_("Hvorfor høring er utelatt"),
        [Required()],
        description=N_("Forvaltningsloven § 37 fjerde ledd sier når høring kan utelates."),
        longest=2000,
        printed=False,
    )
    reference = PlainText(N_("Nummer i arkivet"), longest=300, printed=False)


class GazettedForm(StepForm):
    """Where it stands."""

    on = LocalDateField(N_("Kunngjort"), [Required()], days=None)
    reference = PlainText(
        N_("Nummer i Norsk Lovtidend"),
        [Required()],
        description=N_("For eksempel FOR-2025-11-20-1234."),
        longest=60,
        printed=False,
    )


FORMS: dict[RegulationStep, type[StepForm]] = {
    RegulationStep.HEARING: HearingForm,
    RegulationStep.HEARD: HeardForm,
    RegulationStep.NO_HEARING: NoHearingForm,
    RegulationStep.GAZETTED: GazettedForm,
}
