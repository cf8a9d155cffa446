"""Logging in."""

from wtforms import PasswordField, StringField

from app.values.language import N_
from forms.base import BaseForm, Required


class LogInForm(BaseForm):
    """Name and password of a local account."""

    username = StringField(N_("Brukernavn"), validators=[Required(N_("Skriv brukernavnet ditt."))])
    password = PasswordField(N_("Passord"), validators=[Required(N_("Skriv passordet ditt."))])
