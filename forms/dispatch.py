"""What a person does with something that was not sent."""

from collections.abc import Sequence

from wtforms import Field

from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import EmailField, MultilineText


class AgainForm(VersionedForm):
    """One button, and the version that was seen."""


class ReaddressForm(VersionedForm):
    """Where it should go instead."""

    address = EmailField(N_("Riktig e-postadresse"), [Required()])

    def facts(self) -> str:
        """The new address."""
        return str(self.address.data)


class MendForm(VersionedForm):
    """The texts of a letter that could not be made (see `mend_form`)."""

    places = 0

    def texts(self) -> list[Field]:
        """A field for each text, in order."""
        return [self[f"text_{place}"] for place in range(self.places)]

    def facts(self) -> list[str]:
        """The texts as they should be."""
        return [str(field.data) for field in self.texts()]


def mend_form(texts: Sequence[str]) -> type[MendForm]:
    """The form with these texts to correct."""
    fields = {
        f"text_{place}": MultilineText(N_("Rett teksten"), [Required()], longest=8000, default=text)
        for place, text in enumerate(texts)
    }
    return type("LetterMendForm", (MendForm,), {"places": len(texts), **fields})
