"""What a person does with something that was not sent."""

from forms.base import VersionedForm


class AgainForm(VersionedForm):
    """One button, and the version that was seen."""
