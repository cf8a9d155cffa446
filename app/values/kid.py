"""KID, the customer identification of a Norwegian payment: 2 to 25 digits, the last a check by mod 10 or mod 11."""

from stdnum import luhn

from app.values.badvalue import BadValue
from app.values.language import N_
from app.values.text import clean_number


def parse_kid(text: str) -> str:
    """A KID with a right check digit by either method; by mod 11 the last sign may be a hyphen. Raises BadValue."""
    kid = clean_number(text).replace(" ", "")
    base, check = kid[:-1], kid[-1:]
    if not (kid.isascii() and base.isdigit() and (check.isdigit() or check == "-") and 2 <= len(kid) <= 25):
        raise BadValue("not_kid", N_("Skriv KID med 2 til 25 siffer."))
    if check not in (luhn.calc_check_digit(base), _mod11(base)):
        raise BadValue("wrong_check_digit", N_("KID er feil. Sjekk at alle sifrene er riktige."))
    return kid


def make_kid(base: str) -> str:
    """`base`, 1 to 24 digits, with its mod 10 check digit: "2025000123" is "20250001235"."""
    if not (base.isascii() and base.isdigit() and len(base) <= 24):
        raise ValueError("the base of a KID is 1 to 24 digits")
    return base + luhn.calc_check_digit(base)


def _mod11(base: str) -> str:
    """Weights 2 to 7 from the right; a remainder that would give 10 is written as a hyphen."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(base)))
    check = -total % 11
    return "-" if check == 10 else str(check)
