"""Numbers that identify organisations, accounts, payments and health personnel (domain.md E.3).

Each parse_* takes what a person typed and returns the bare number as text, or raises BadValue with the reason in
bokmål. The number of a person (fødselsnummer) is never a value here: it is only recognised, to be refused (D.8).
"""

import re

from stdnum.no import kontonr, orgnr

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_number

NBSP = "\u00a0"
_SEPARATORS = re.compile("[ ./-]")
# A number of no fixed length and no check digit is grouped with spaces, or with dots as thousands are. What a
# spreadsheet makes of it (1234567.0), or what stands after it (1234567-2), would else be somebody else's number.
_HPR = re.compile(r"[0-9]+(?: [0-9]+)*|[0-9]{1,3}(?:\.[0-9]{3})+")
_OF_VAT = re.compile(r"(?:NO ?)?(.*?) ?(?:MVA)?", re.IGNORECASE)
"""Registered for VAT, an organisation writes its number so: NO 933 649 768 MVA."""


def _digits(text: str) -> str | None:
    """`text` without the signs people group numbers with, or None when more than digits is left."""
    bare = _SEPARATORS.sub("", clean_number(text))
    return bare if bare.isascii() and bare.isdigit() else None


def parse_orgnr(text: str) -> str:
    """Nine digits with a right check digit. Raises BadValue."""
    bare = _OF_VAT.fullmatch(clean_number(text))
    digits = _digits(bare[1] if bare else text)
    if digits is None:
        raise BadValue("not_digits", N_("Skriv organisasjonsnummeret med ni siffer, for eksempel 933 649 768."))
    if len(digits) != 9:
        raise BadValue(
            "wrong_length", N_("Et organisasjonsnummer har ni siffer. Du skrev %(count)s."), count=len(digits)
        )
    if digits.startswith("0") or not orgnr.is_valid(digits):
        raise BadValue("wrong_check_digit", N_("Organisasjonsnummeret finnes ikke. Sjekk at alle sifrene er riktige."))
    return digits


def format_orgnr(number: str) -> str:
    """As "933 649 768" with no-break spaces."""
    return NBSP.join((number[:3], number[3:6], number[6:]))


def parse_account(text: str) -> str:
    """A Norwegian bank account: eleven digits with a right check digit. Raises BadValue."""
    digits = _digits(text)
    if digits is None:
        raise BadValue("not_digits", N_("Skriv kontonummeret med elleve siffer, for eksempel 8601 11 17947."))
    if len(digits) != 11:
        raise BadValue("wrong_length", N_("Et kontonummer har elleve siffer. Du skrev %(count)s."), count=len(digits))
    if digits.startswith("0000") or not kontonr.is_valid(digits):
        raise BadValue("wrong_check_digit", N_("Kontonummeret finnes ikke. Sjekk at alle sifrene er riktige."))
    return digits


def format_account(number: str) -> str:
    """As "8601 11 17947" with no-break spaces."""
    return NBSP.join((number[:4], number[4:6], number[6:]))


def mask_account(number: str) -> str:
    """As "•••• •• •7947": enough to know one's own account by, too little to misuse."""
    return NBSP.join(("••••", "••", "•" + number[-4:]))


def parse_hpr(text: str) -> str:
    """The number of a health worker in HPR: one to nine digits, no check digit to rely on, no leading noughts.

    Raises BadValue.
    """
    typed = clean_number(text)
    number = re.sub("[ .]", "", typed).lstrip("0") if _HPR.fullmatch(typed) else ""
    if not 1 <= len(number) <= 9:
        raise BadValue("not_hpr", N_("Skriv HPR-nummeret med ett til ni siffer."))
    return number
