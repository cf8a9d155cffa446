"""Which texts must hold what a letter can be printed with: those that reach one, and no other."""

import importlib
import pkgutil

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.core import UnboundField

import forms
from forms.fields import PlainText

# What is typed on these goes into a letter, or is written to an applicant; a user name has a shape of its own.
REACHES = {
    "agreements.AskedForm.gp_name",
    "agreements.EndForm.reason",
    "agreements.MoveForm.reason",
    "agreements.TurnDownForm.reason",
    "assessments.AskForm.questions",
    "assessments.RecommendForm.despite",
    "assessments.RecommendForm.facts_found",
    "assessments.RecommendForm.own_conditions",
    "assessments.RecommendForm.purpose",
    "assessments.RecommendForm.reasons",
    "cases.TitleForm.title",
    "compensation.AgreementForm.gp_name",
    "compensation.RefuseForm.reason",
    "countering.CounterForm.reason",
    "people.DetailsForm.name",
    "people.DetailsForm.phone",
    "people.DetailsForm.title",
    "people.NewPersonForm.username",
    "reports.AskForm.lacking",
}


def _fields() -> dict[str, UnboundField]:
    """Every text of the forms that do not set up an application, a call, a letter to be mended or the rules."""
    return {
        f"{module.name.removeprefix('forms.')}.{kind.__name__}.{name}": field
        for module in pkgutil.iter_modules(forms.__path__, "forms.")
        for kind in vars(importlib.import_module(module.name)).values()
        if isinstance(kind, type) and kind.__module__ == module.name
        for name, field in vars(kind).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, PlainText)
    }


FIELDS = {name: field for name, field in _fields().items() if not name.startswith(("applications.", "calls.", "rule"))}


def test_the_list_of_what_reaches_a_letter_is_whole() -> None:
    assert {name for name, field in FIELDS.items() if field.kwargs.get("printed", True)} == REACHES


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - REACHES))
def test_a_text_that_never_reaches_a_letter_takes_any_sign(name: str) -> None:
    made = type("One", (Form,), {"text": FIELDS[name]})(MultiDict({"text": "Ringte 😀"}))
    assert made.text.data == "Ringte 😀"
