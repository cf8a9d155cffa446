"""What every form here is: Norwegian words for its errors, and for those that create something, a token used once.

A form never changes anything; `.facts()` of each feature's form hands over frozen facts (architecture, "One way
through").
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, ClassVar

from flask import g, has_app_context, has_request_context
from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import Field, Form
from wtforms.fields import BooleanField, FieldList, FileField, FormField, HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import StopValidation, ValidationError

from app.values.language import N_
from app.values.text import clean_line
from forms.messages import PAGE_TOO_OLD, REQUIRED, Messages

_ONCE = re.compile(r"[A-Za-z0-9_-]{20,64}")
_VERSION = re.compile(r"[0-9]{1,18}")
_INCOMPLETE = N_("Noe manglet da skjemaet ble sendt. Send inn en gang til. Det du har skrevet, står her fortsatt.")
_UNKNOWN_ANSWER = N_("Vi vet ikke hva du valgte. Bruk en av knappene på siden.")
_UNKNOWN_VERSION = N_("Vi vet ikke hvilken utgave du så på. Åpne siden på nytt og gjør endringen en gang til.")


class NorwegianCsrf(_FlaskFormCSRF):
    """Says what to do when the page is too old, instead of telling about tokens."""

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Raise ValidationError in the reader's Norwegian when the token is missing, foreign or too old."""
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as refused:
            raise ValidationError(gettext(PAGE_TOO_OLD)) from refused


class BaseForm(FlaskForm):
    """A form whose errors are Norwegian. Labels and descriptions are bokmål msgids, translated when shown."""

    class Meta(FlaskForm.Meta):
        """The two places WTForms lets us choose its words."""

        csrf_class = NorwegianCsrf

        def get_translations(self, form: Form) -> Messages:
            """WTForms' own catalogues have no nynorsk."""
            del form
            return Messages()

    def __init__(self, *given: Any, **facts: Any) -> None:
        super().__init__(*given, **facts)
        if "formdata" not in facts and has_request_context():
            # What an error page calls the answers.
            g.sent_form = self

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything holds. Never while a kept form is only shown again: then nothing may be done."""
        if has_app_context() and g.get("only_show"):
            return False
        return bool(super().validate(extra_validators))

    # Fields the page asks last, though a form they were inherited from names them first.
    asked_last: ClassVar[tuple[str, ...]] = ()

    def __iter__(self) -> Iterator[Field]:
        """The fields in the order the page asks them, for the summary of what is wrong."""
        return iter(sorted(super().__iter__(), key=lambda field: field.short_name in self.asked_last))

    def row_of(self, field: Field) -> str:
        """What the row of the page this field stands in is called, in the reader's language; "" when it has none."""
        del field
        return ""

    def is_typed(self, name: str) -> bool | None:
        """Whether a person writes or chooses this in words: no tick, and nothing the page carries. None: not known."""
        kinds = [_is_typed(each) for each in inmost(self) if each.name == name]
        return any(kinds) if kinds else None

    def question_of(self, name: str) -> str:
        """What the page asks with this field, as a bokmål msgid or in the reader's language; "" when it has none."""
        return next((str(each.label.text) for each in inmost(self) if each.name == name), "")

    def called(self, name: str, code: str) -> Any:
        """What the page calls this answer (for |words) where it is chosen from a list; what was sent, where not."""
        lists = (each for each in inmost(self) if each.name == name and isinstance(each, SelectFieldBase))
        return next((each.label for field in lists for each in field.iter_choices() if str(each.value) == code), code)

    def wrong(self) -> Iterator[tuple[Field, str, Any]]:
        """Each field with an error, what its row is called and the error, in the order of the page.

        A row's fields stand for themselves, so that the summary leads to what must be mended.
        """
        for field in self:
            if field.errors and field.name in self.errors:
                yield from _wrong(field, self.row_of(field))

    def tell(self, reasons: Iterable[Any]) -> None:
        """Show reasons the facts were refused for: each at the field it is `of`, the rest above them all."""
        for why in reasons:
            if why.of in self:
                self[why.of].errors = [*self[why.of].errors, why]
            else:
                self.form_errors.append(why)


def inmost(fields: Iterable[Field]) -> Iterator[Field]:
    """Every field a person answers: of a list and of a row of it, theirs."""
    for each in fields:
        if isinstance(each, FieldList | FormField):
            yield from inmost(each)
        else:
            yield each


def _is_typed(field: Field) -> bool:
    """Ticks and files have no words; a hidden field and one without a widget are the page's own."""
    wordless = isinstance(field, HiddenField | BooleanField | SelectMultipleField | FileField)
    return not wordless and field.widget is not None and getattr(field.widget, "input_type", "") != "hidden"


def _wrong(field: Field, row: str) -> Iterator[tuple[Field, str, Any]]:
    if isinstance(field, FormField):
        for each in field.form:
            yield from _wrong(each, row)
        return
    if isinstance(field, FieldList):
        for number, entry in enumerate(field.entries, 1):
            yield from _wrong(entry, f"{gettext(field.label.text)} {number}")
    # A list has its rows' errors, and its own words on them all.
    if own := [each for each in field.errors if each and not isinstance(each, dict | list | tuple)]:
        yield field, row, own[0]


class Required:
    """Something must be typed or chosen; blanks do not count, and nought does.

    Unlike WTForms' own it keeps the field's own message when what was typed could not be read.
    """

    def __init__(self, message: str = REQUIRED) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with `message` (a bokmål msgid) when nothing was given."""
        if field.errors:
            raise StopValidation()
        typed = field.raw_data if field.raw_data is not None else [field.data]
        if not any(one is not None and (not isinstance(one, str) or clean_line(one)) for one in typed):
            raise StopValidation(field.gettext(self.message))


class RequiredWhen:
    """Needed when the rest of the form says so; the page calls it neither required nor optional."""

    def __init__(self, needed: Callable[[Form], bool], message: str = REQUIRED) -> None:
        self.needed, self.message = needed, message
        self.field_flags = {"sometimes": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with `message` (a bokmål msgid) when it is needed and nothing was given."""
        if self.needed(form) and not field.data:
            raise StopValidation(field.gettext(self.message))


class OnceField(HiddenField):
    """A random token made with the empty form and kept when the form comes back (db.once stores it)."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, default=_new_token, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the posted token; one that is missing or not ours is replaced, and the form must be sent again."""
        if valuelist and _ONCE.fullmatch(valuelist[0]):
            self.data = valuelist[0]
            return
        self.data = _new_token()
        raise ValueError(self.gettext(_INCOMPLETE))


class VersionField(HiddenField):
    """The version of the thing that the person saw: a whole number, 0 or more."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the posted version."""
        if valuelist and _VERSION.fullmatch(valuelist[0]):
            self.data = int(valuelist[0])
            return
        self.data = None
        raise ValueError(self.gettext(_UNKNOWN_VERSION))

    def __call__(self, **kwargs: object) -> Any:
        """Marked for the page that keeps the version it was typed on (tilsagn.js)."""
        return super().__call__(**{"data-version": True, **kwargs})


class AnswerField(HiddenField):
    """Which of a closed list of buttons sent the form; an answer that is not in the list, or none, is refused."""

    def __init__(self, label: str = "", *, answers: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.answers = answers

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the code when it is known."""
        self.data = valuelist[0] if valuelist and valuelist[0] in set(self.answers) else None

    def __call__(self, **kwargs: object) -> Any:
        """Nothing: its buttons carry it, and a browser would send an empty field of the same name before the button."""
        del kwargs
        return ""

    def pre_validate(self, form: Form) -> None:
        """Raise when nothing known was pressed."""
        del form
        if self.data is None:
            raise ValidationError(gettext(_UNKNOWN_ANSWER))


class CreatingForm(BaseForm):
    """A form that creates something: a second POST of the same page must lead to the first result."""

    once = OnceField()

    @property
    def token(self) -> str:
        """The token to hand to db.once."""
        return str(self.once.data)


class VersionedForm(BaseForm):
    """A form that changes something: carries the version that was seen, so that a stale page is found out."""

    version = VersionField()

    @property
    def seen_version(self) -> int:
        """The version the person saw. Raises ValueError on a form that did not validate."""
        if not isinstance(self.version.data, int):
            raise ValueError("the form has no version; validate it first")
        return self.version.data


def _new_token() -> str:
    return secrets.token_urlsafe(24)
