"""The report's form, built from its lines and the rules' questions; the control; what is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from wtforms import Field, Form
from wtforms.fields import SelectChoice, SelectField
from wtforms.validators import ValidationError

from app.reports.domain import (
    EXPLANATION_LONGEST,
    AccountsLine,
    Conclusion,
    Goal,
    Paper,
    ReportFacts,
    UnusedWish,
    asked,
)
from app.rules.domain import Answer, Question, ReportKind, Rules, field_of
from app.values.bounds import MOST_COUNTED, MOST_GRANT_ORE, answer_days, promised_days
from app.values.language import N_
from forms.base import AnswerField, CreatingForm, VersionedForm
from forms.fields import (
    KronerField,
    LocalDateField,
    MultilineText,
    PlainText,
    UploadField,
    WholeNumberField,
    WordedField,
)

_NOT_CHOSEN = N_("Ikke valgt")


class NeededToDeliver:
    """Shown as needed; a draft may be saved without it, and what is missing is told before the signature."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing: saving demands no answer."""


_NEEDED = [NeededToDeliver()]


class ReportForm(VersionedForm):
    """What every report asks; `report_form` adds the lines and the questions of its rules."""

    own_goal = WordedField(N_("Vurder selv: er målet nådd?"), _NEEDED, words=Goal, blank=_NOT_CHOSEN)
    unused_wish = WordedField(N_("Det som ikke er brukt"), words=UnusedWish, blank=_NOT_CHOSEN)
    expected_used = KronerField(N_("Dette tror vi er brukt 31. desember"), _NEEDED, most_ore=MOST_GRANT_ORE)
    accounts_file = UploadField(N_("Signert regnskap (PDF)"))
    auditor_file = UploadField(N_("Revisoruttalelse (PDF)"))
    auditor_by_on = LocalDateField(N_("Revisoruttalelsen ettersendes innen"), days=None)

    positions: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()

    def limit(self, cutoff_on: date, due_on: date) -> None:
        """The auditor's statement comes after the day it is about, and within a year of the report."""
        self.auditor_by_on.days = promised_days(cutoff_on, due_on)

    @property
    def uploads(self) -> dict[Paper, UploadField]:
        """The field of each paper."""
        return {Paper.ACCOUNTS: self.accounts_file, Paper.AUDITOR: self.auditor_file}

    def used(self, position: int) -> Field:
        """The field of what is used on a line."""
        return self[f"used_{position}"]

    def why(self, position: int) -> Field:
        """The field of a line's explanation."""
        return self[f"why_{position}"]

    def answer(self, code: str) -> Field:
        """The field of a question."""
        return self[field_of(code)]

    def facts(self) -> ReportFacts:
        """What was written, complete or not."""
        return ReportFacts(
            used_ore={position: self.used(position).data for position in self.positions},
            explanations={position: self.why(position).data or "" for position in self.positions},
            own_goal=cast("Goal | None", self.own_goal.data),
            unused_wish=cast("UnusedWish | None", self.unused_wish.data),
            expected_used_ore=self.expected_used.data,
            answers={code: self.answer(code).data for code in self.codes},
            auditor_by_on=self.auditor_by_on.data,
        )


def report_form(lines: Sequence[AccountsLine], rules: Rules, kind: ReportKind, language: str) -> type[ReportForm]:
    """The form of one report. A status report asks what will be used; the others what to do with what was not."""
    questions = asked(rules)
    made: dict[str, Any] = {
        "positions": tuple(line.position for line in lines),
        "codes": tuple(question.code for question in questions),
    }
    for line in lines:
        made[f"used_{line.position}"] = KronerField(
            f"{gettext(N_('Brukt'))}: {line.text}", _NEEDED, most_ore=MOST_GRANT_ORE
        )
        made[f"why_{line.position}"] = MultilineText(
            f"{gettext(N_('Forklaring'))}: {line.text}", longest=EXPLANATION_LONGEST, printed=False
        )
    for question in questions:
        made[question.field] = _field(question, language)
    return type("ThisReportForm", (ReportForm,), made)


def stored(lines: Sequence[AccountsLine], answers: dict[str, Any]) -> dict[str, Any]:
    """What the form starts with."""
    return {
        **{f"used_{line.position}": line.used_ore for line in lines},
        **{f"why_{line.position}": line.explanation for line in lines},
        **{field_of(code): value for code, value in answers.items()},
    }


def _field(question: Question, language: str) -> Any:
    words, help_ = question.words.in_(language), question.help.in_(language)
    needed = _NEEDED if question.required else []
    if question.answer is Answer.NUMBER:
        return WholeNumberField(words, needed, highest=MOST_COUNTED, description=help_)
    if question.answer is Answer.MONEY:
        return KronerField(words, needed, most_ore=MOST_GRANT_ORE, description=help_)
    if question.answer is Answer.LINE:
        return PlainText(words, needed, description=help_, longest=question.max_length, printed=False)
    if question.answer is Answer.TEXT:
        return MultilineText(words, needed, description=help_, longest=question.max_length, printed=False)
    return SelectField(words, needed, description=help_, choices=_choices(question, language))


def _choices(question: Question, language: str) -> list[SelectChoice]:
    blank = SelectChoice("", gettext(_NOT_CHOSEN))
    if question.answer is Answer.YES_NO:
        return [blank, SelectChoice("yes", gettext(N_("Ja"))), SelectChoice("no", gettext(N_("Nei")))]
    return [blank, *(SelectChoice(choice.code, choice.words.in_(language)) for choice in question.choices)]


class DeliverForm(CreatingForm, VersionedForm):
    """Sign and deliver: the token makes a second click lead to the same receipt."""


class TakeForm(VersionedForm):
    """One button."""


class ConcludeForm(VersionedForm):
    """The conclusion on the goal. That it is there is judged by the action, which tells it in words."""

    step = AnswerField(answers=Conclusion)
    conclusion = WordedField(N_("Konklusjon om målet"), _NEEDED, words=Goal, blank=_NOT_CHOSEN)
    reason = MultilineText(N_("Hvorfor"), _NEEDED, longest=2000, printed=False)

    def validate_conclusion(self, field: Field) -> None:
        """Mandatory: no report is settled without it."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext(N_("Velg en konklusjon om målet: nådd, delvis nådd eller ikke nådd.")))

    @property
    def chosen(self) -> Conclusion:
        """Which button was pressed. Raises ValueError on a form that did not validate."""
        return Conclusion(str(self.step.data))

    @property
    def goal(self) -> Goal | None:
        """The chosen conclusion."""
        return cast("Goal | None", self.conclusion.data)

    def validate_reason(self, field: Field) -> None:
        """Mandatory too."""
        if not field.data and not field.errors:
            raise ValidationError(gettext(N_("Begrunn konklusjonen om målet.")))


class AskForm(VersionedForm):
    """What is missing, and by when."""

    lacking = MultilineText(N_("Hva mangler?"), _NEEDED, longest=2000)
    by_on = LocalDateField(N_("Frist for å levere på nytt"), _NEEDED, days=None)

    def limit(self, today: date) -> None:
        """After today, and within a year."""
        self.by_on.days = answer_days(today)

    def validate_lacking(self, field: Field) -> None:
        """Say what."""
        if not field.data and not field.errors:
            raise ValidationError(gettext(N_("Skriv hva som mangler.")))

    def validate_by_on(self, field: Field) -> None:
        """Say by when."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext(N_("Skriv en frist.")))
