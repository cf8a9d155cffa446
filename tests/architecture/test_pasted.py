"""Every text a person can type is cleaned by its kind: no form brings a text field of its own."""

import ast
from collections.abc import Iterator

from tests.architecture.source import ROOT, parsed, python_files, short

# Choices, ticks, files, what the program wrote itself, and passwords, which are taken as they are.
NO_TEXT = {
    "BooleanField", "Field", "FieldList", "FileField", "FormField", "HiddenField", "PasswordField", "RadioField",
    "SelectField", "SelectMultipleField",
}  # fmt: skip


def text_fields_of_their_own(tree: ast.AST) -> Iterator[str]:
    """Names of fields taken from WTForms that would hand text on as it was pasted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"wtforms", "flask_wtf"}:
            yield from (name.name for name in node.names if name.name.endswith("Field") and name.name not in NO_TEXT)


def test_forms_take_their_text_fields_from_one_place() -> None:
    found = {
        short(path): names
        for path in python_files("forms", "app")
        if short(path) != "forms/fields.py" and (names := list(text_fields_of_their_own(parsed(path))))
    }
    assert not found, f"use a field of forms/fields.py: {found}"


def test_a_field_of_its_own_is_seen() -> None:
    assert list(text_fields_of_their_own(ast.parse("from wtforms.fields import SelectField, TextAreaField"))) == [
        "TextAreaField"
    ]


def test_the_kinds_clean_what_they_read() -> None:
    """Each kind stands in the unit tests by its reader; here that none reads without one of them."""
    tree = parsed(ROOT / "forms" / "fields.py")
    kinds = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    reading = {name for name, node in kinds.items() if any(getattr(part, "name", "") == "read" for part in node.body)}
    assert reading == {
        "AccountField", "EmailField", "HprField", "KronerField", "LocalDateField", "OrgnrField", "PlainText",
        "ScoreField", "TypedField", "WholeNumberField",
    }, "a new kind of field: let its reader stand in tests/unit/test_pasted.py"  # fmt: skip
