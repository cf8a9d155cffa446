"""Logging in, the password once more, and ending sessions."""

from wtforms import HiddenField, PasswordField

from app.values.language import N_
from forms.base import BaseForm, Required
from forms.fields import PlainText


class LogInForm(BaseForm):
    """Name and password of a local account."""

    username = PlainText(N_("Brukernavn"), [Required(N_("Skriv brukernavnet ditt."))], printed=False)
    password = PasswordField(N_("Passord"), validators=[Required(N_("Skriv passordet ditt."))])


class PasswordAgainForm(BaseForm):
    """The person's own password, before a step that binds."""

    password = PasswordField(N_("Passordet ditt"), validators=[Required(N_("Skriv passordet ditt."))])


class EndSessionForm(BaseForm):
    """Which of one's own sessions to end; nothing means all the others."""

    which = HiddenField()
