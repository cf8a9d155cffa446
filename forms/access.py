"""Logging in."""

from wtforms import PasswordField

from app.values.language import N_
from forms.base import BaseForm, Required
from forms.fields import PlainText


class LogInForm(BaseForm):
    """Name and password of a local account."""

    username = PlainText(N_("Brukernavn"), [Required(N_("Skriv brukernavnet ditt."))], printed=False)
    password = PasswordField(N_("Passord"), validators=[Required(N_("Skriv passordet ditt."))])
