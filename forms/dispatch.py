"""What a person does with something that was not sent."""

from app.values.language import N_
from forms.base import Required, VersionedForm
from forms.fields import EmailField


class AgainForm(VersionedForm):
    """One button, and the version that was seen."""


class ReaddressForm(VersionedForm):
    """Where it should go instead."""

    address = EmailField(N_("Riktig e-postadresse"), [Required()])

    def facts(self) -> str:
        """The new address."""
        return str(self.address.data)
