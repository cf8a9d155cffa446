"""Forms of orders: a file with the area it is for, and a row that is mended."""

from collections.abc import Mapping, Sequence
from functools import cache

from wtforms.fields import SelectField

from app.orders.domain import Heading
from app.values.language import N_
from forms.base import BaseForm, CreatingForm, Required, VersionedForm
from forms.fields import PlainText, UploadField


class OrderForm(CreatingForm):
    """A file to work on; the area is asked for where there are several."""

    area = SelectField(N_("Utprøvingsområde"), [Required()])
    file = UploadField(
        N_("Fil"), [Required()], description=N_("XLSX eller CSV, høyst 20 MB. Bruk overskriftene i malen.")
    )


class OrderStepForm(VersionedForm):
    """One button on an order."""


class MendForm(BaseForm):
    """What a row should have said; `mend_form` adds a field for each column."""

    codes: tuple[str, ...] = ()

    def says(self) -> Mapping[str, str]:
        """What stands there now, by column."""
        return {code: str(self[f"cell_{code}"].data or "") for code in self.codes}


def mend_form(headings: Sequence[Heading], language: str) -> type[MendForm]:
    """The form for these columns, with their headings as labels."""
    return _mend_form(tuple((each.code, each.in_(language), each.needed) for each in headings))


@cache
def _mend_form(columns: tuple[tuple[str, str, bool], ...]) -> type[MendForm]:
    fields = {f"cell_{code}": PlainText(words, [Required()] if needed else []) for code, words, needed in columns}
    return type("RowMendForm", (MendForm,), {**fields, "codes": tuple(code for code, *_ in columns)})
