"""Forms of an area's follow-up: its goal, a check of its routines, contact, and the reminder."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.fields import SelectChoice, SelectField

from app.compensation.domain import BY_HAND, CheckFacts, ContactKind
from app.values.bounds import answer_days, told_days
from app.values.language import N_
from forms.base import BaseForm, CreatingForm, Required
from forms.fields import LocalDateField, MultilineText, PlainText, WholeNumberField


class GoalForm(BaseForm):
    """How many GPs are to have started."""

    gps = WholeNumberField(N_("Mål: fastleger i gang i år"), [Required()], highest=10_000)


def _key(chosen: str | None) -> int | None:
    return int(chosen) if chosen and chosen.isdecimal() and len(chosen) < 16 else None


class CheckForm(CreatingForm):
    """One point of the routines."""

    follows = SelectField(N_("Følger opp"), coerce=_key)
    checked_on = LocalDateField(N_("Dato for kontrollen"), [Required()], days=None)
    topic = PlainText(N_("Rutine"), [Required()], printed=False)
    finding = MultilineText(N_("Funn"), [Required()], longest=2000, printed=False)
    action = MultilineText(N_("Avtalt tiltak"), longest=2000, printed=False)
    next_on = LocalDateField(N_("Se på det igjen"), days=None)

    def limit(self, today: date) -> None:
        """Days that are over for the check, days to come for the next look."""
        self.checked_on.days, self.next_on.days = told_days(today), answer_days(today)

    def offer(self, checks: Sequence[tuple[int, str]]) -> None:
        """The open checks this one may come after."""
        none: list[Any] = [SelectChoice("", self.follows.gettext(N_("Ny kontroll")))]
        self.follows.choices = none + [SelectChoice(str(key), topic) for key, topic in checks]

    def facts(self) -> CheckFacts:
        """What was found."""
        assert isinstance(self.checked_on.data, date)
        return CheckFacts(
            checked_on=self.checked_on.data,
            topic=str(self.topic.data),
            finding=str(self.finding.data),
            action=str(self.action.data),
            next_on=self.next_on.data,
            follows=self.follows.data,
        )


class ContactForm(CreatingForm):
    """That there was contact."""

    kind = SelectField(N_("Hvordan"), [Required()], choices=[SelectChoice(kind.value, kind.word) for kind in BY_HAND])
    on = LocalDateField(N_("Dato"), [Required()], days=None)
    words = MultilineText(N_("Hva det gjaldt"), [Required()], longest=2000, printed=False)

    def limit(self, today: date) -> None:
        """Days that are over."""
        self.on.days = told_days(today)

    def facts(self) -> tuple[ContactKind, date, str]:
        """How, when and what."""
        assert isinstance(self.on.data, date)
        return ContactKind(str(self.kind.data)), self.on.data, str(self.words.data)


class ReminderForm(BaseForm):
    """One button."""
