"""One plain form class for each section of a rule version: the questions are data, the fields are ordinary ones.

Nothing has to be answered before it is saved: a draft grows. What is lacking is said by the room's domain.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from wtforms import Field, Form, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from app.rules.domain import Answer, Question, Section, field_of
from app.values.bounds import MOST_COUNTED, MOST_GRANT_ORE
from app.values.language import N_, Language
from forms.base import VersionedForm
from forms.fields import KronerField, MultilineText, PlainText, WholeNumberField

YES_NO = (("yes", N_("Ja")), ("no", N_("Nei")))


class Wanted:
    """Marks a field that must be filled in before the whole is sent, and may be blank when the draft is saved."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Let everything through."""


class QuestionsForm(VersionedForm):
    """The questions of one section, in their order."""

    section: Section

    def asked(self) -> Iterator[tuple[Question, Field]]:
        """Each question with its field."""
        for question in self.section.questions:
            yield question, self[question.field]

    def answers(self) -> tuple[tuple[str, str | int], ...]:
        """Question code and value of what was answered; numbers are whole numbers, money whole øre, the rest text."""
        found = ((question.code, field.data) for question, field in self.asked())
        return tuple((code, value) for code, value in found if value not in (None, ""))


@lru_cache(maxsize=256)
def section_form(rule_version_id: int, section: Section, language: Language) -> type[QuestionsForm]:
    """The form of this section in the reader's language; cached, because a published version never changes."""
    fields = {question.field: _field(question, language) for question in section.questions}
    return type(f"Section{rule_version_id}Form", (QuestionsForm,), {"section": section, **fields})


def as_data(values: dict[str, Any]) -> dict[str, Any]:
    """Answers by question code as the data of a form."""
    return {field_of(code): value for code, value in values.items()}


def _field(question: Question, language: Language) -> Any:
    common: dict[str, Any] = {
        "label": question.words.in_(language),
        "description": question.help.in_(language),
        "validators": [Optional(), *([Wanted()] if question.required else [])],
    }
    make: dict[Answer, Callable[[], Any]] = {
        Answer.LINE: lambda: PlainText(**common, longest=min(question.max_length, 500), printed=False),
        Answer.TEXT: lambda: MultilineText(**common, longest=question.max_length, printed=False),
        Answer.NUMBER: lambda: WholeNumberField(**common, highest=MOST_COUNTED),
        Answer.MONEY: lambda: KronerField(**common, most_ore=MOST_GRANT_ORE),
        Answer.YES_NO: lambda: RadioField(**common, choices=[SelectChoice(*each) for each in YES_NO]),
        Answer.CHOICE: lambda: RadioField(
            **common, choices=[SelectChoice(each.code, each.words.in_(language)) for each in question.choices]
        ),
    }
    return make[question.answer]()
