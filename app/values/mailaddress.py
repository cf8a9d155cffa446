"""E-mail addresses: read where they are typed, and as a mail server must have them."""

import unicodedata

import email_validator
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_code

# Invented people have addresses that can never be anybody's (RFC 6761 § 6.4); they are read like others.
email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("invalid")

NOT_ONE = N_("Skriv en e-postadresse, for eksempel navn@kommune.no.")
NOT_ASCII = N_("Skriv adressen uten æ, ø og å foran @. De fleste e-postservere kan ikke ta imot slike.")

MIXED = N_("«%(part)s» blander bokstaver fra flere alfabeter. Skriv adressen selv, bokstav for bokstav.")
# Alphabets with letters that look alike (Unicode TR 39). «bеrgen» with a Cyrillic е is somebody else's address.
_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE"})


def parse_email(text: str) -> str:
    """One address that every mail server can take, its domain in the letters people read. Raises BadValue.

    A name before the @ with other signs than ASCII needs SMTPUTF8 (RFC 6531) of every server on the way, which nobody
    can promise a letter with a deadline.
    """
    read = _read(text, whole_world=True)
    if read.smtputf8:
        raise BadValue("not_ascii", NOT_ASCII)
    if mixed := next(filter(_is_mixed, read.domain.split(".")), None):
        raise BadValue("mixed", MIXED, part=mixed)
    return read.normalized


def on_the_wire(address: str) -> tuple[str, bool]:
    """The address with its domain as punycode (RFC 5891), and whether it needs SMTPUTF8. Raises BadValue."""
    read = _read(address, whole_world=False)
    return f"{read.local_part}@{read.ascii_domain}", read.smtputf8


def _is_mixed(label: str) -> bool:
    """Whether one part of a domain has letters of several alphabets that look alike."""
    return len({unicodedata.name(sign, "").partition(" ")[0] for sign in label} & _ALIKE) > 1


def _read(text: str, *, whole_world: bool) -> ValidatedEmail:
    """`whole_world`: the domain must be one that can exist outside a house's own net."""
    try:
        # Whether the domain answers is asked when the letter is sent, not while somebody waits for a page.
        return validate_email(
            clean_code(text), check_deliverability=False, globally_deliverable=whole_world, strict=True
        )
    except EmailNotValidError as fault:
        raise BadValue("not_email", NOT_ONE) from fault
