"""Forms of deliveries."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, Form
from wtforms.fields import HiddenField, RadioField, SelectChoice

from app.summaries.domain import Section
from app.values.language import N_, Language
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import MultilineText

LONGEST = 8000


class WantedInTheEnd:
    """Shown as needed; a draft is saved without it, and what is missing is told before it goes to another."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing: saving demands no text."""


_WANTED = WantedInTheEnd()


class BeginForm(CreatingForm):
    """Begin on a delivery: the form of Norwegian it is written in."""

    language = RadioField(
        N_("Målform"),
        [Required()],
        choices=[SelectChoice(each.value, each.own_name) for each in Language],
        description=N_("Teksten skrives i den, og filen får sine ord i den."),
    )


class TextsForm(VersionedForm):
    """The texts of a delivery; `texts_form` adds a field for each of its sections."""

    codes: Sequence[str] = ()

    def texts(self) -> dict[str, str]:
        """What is written, by section."""
        return {code: str(self[code].data or "") for code in self.codes}


def texts_form(sections: Sequence[Section]) -> type[TextsForm]:
    """The form of a kind of delivery."""
    fields: dict[str, Any] = {
        each.code: MultilineText(each.heading, [_WANTED] if each.wanted else [], description=each.help, longest=LONGEST)
        for each in sections
    }
    return type("KindTextsForm", (TextsForm,), {**fields, "codes": [each.code for each in sections]})


def texts_shown(sections: Sequence[Section], texts: Mapping[str, Any], version: int) -> TextsForm:
    """The form as it is first shown."""
    return texts_form(sections)(data={**texts, "version": version})


class ReviseForm(VersionedForm):
    """One button."""


class SubmitForm(VersionedForm):
    """One button."""


class ApproveSummaryForm(VersionedForm):
    """One button, and which figures were shown beside it."""

    seal = HiddenField()


class SendBackSummaryForm(VersionedForm):
    """Why it is sent back."""

    cause = MultilineText(N_("Hva må endres?"), [Required()], longest=1000, printed=False)
