"""What stands on the recipient's account statement."""

from datetime import date

LONGEST_TEXT = 140


def instalment_text(scheme: str, year: int, number: str, nr: int, of: int) -> str:
    """Of an instalment, at most 140 signs."""
    return f"Tilskudd {scheme.upper()} {year} sak {number} rate {nr}/{of}"[:LONGEST_TEXT]


def claim_text(scheme: str, number: str, from_on: date, to_on: date) -> str:
    """The same for a GP's claim; the period tells claims apart."""
    period = f"{from_on:%d.%m.%Y}-{to_on:%d.%m.%Y}"
    return f"Kompensasjon {scheme.upper()} sak {number} {period}"[:LONGEST_TEXT]
