"""Two fillings of one form side by side: what somebody typed, and what is stored meanwhile (errors/409.html)."""

from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase

from app.values.text import visible
from forms.base import BaseForm


def differing(mine: BaseForm, theirs: BaseForm) -> list[dict[str, Any]]:
    """Each answer that is another in `theirs`, in the words of the page: a choice by its own, with its options.

    A row that `theirs` no longer has is blank there.
    """
    stored = {field.name: field for field in theirs}
    beside = [(field, stored.get(field.name)) for field in mine]
    return [
        {
            "name": field.name,
            "words": _asked(mine, field),
            "mine": _typed(field),
            "theirs": _words(other) if other is not None else "",
            "options": _options(field),
        }
        for field, other in beside
        if mine.is_typed(field.name) and not _alike(field, other)
    ]


def _alike(mine: Field, theirs: Field | None) -> bool:
    """The same answer, however it is written: «1000» and «1 000»."""
    if theirs is None:
        return not _typed(mine)
    return _given(mine) == _given(theirs) or visible(_typed(mine)) == visible(_typed(theirs))


def _given(field: Field) -> Any:
    """The answer; nothing at all is the empty text, and 0 is an answer."""
    return "" if field.data is None else field.data


def _asked(form: BaseForm, field: Field) -> str:
    """The question, and before it the row of the page where there are several rows."""
    question = gettext(field.label.text)
    row = form.row_of(field)
    return f"{row}: {question}" if row else question


def _options(field: Field) -> list[tuple[str, str]]:
    """Code and words of each choice, and a blank one where nothing is chosen; none for what is typed."""
    if not isinstance(field, SelectFieldBase):
        return []
    found = [(str(each.value), gettext(each.label)) for each in field.iter_choices()]
    return found if _typed(field) in dict(found) else [("", ""), *found]


def _words(field: Field) -> str:
    """A choice by its words, else what was typed."""
    return dict(_options(field)).get(_typed(field), _typed(field))


def _typed(field: Field) -> str:
    """What stands in a field, as it would be sent."""
    if isinstance(field, SelectFieldBase):
        return str(field.data or "")
    return str(field._value() or "")
