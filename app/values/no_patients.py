"""No patient is ever told here (domain B.2, D.8): what looks like one is refused, with where it stands and why.

Counts only. Used by imported files, free text and what a recipient lays in.
"""

import re

from app.values.nationalid import contains_national_id
from app.values.text import clean_code

# What a column is called where it holds patients, in either Norwegian, in English, or as a record system names it.
_NAMED = re.compile(
    r"\b(f(ø|oe)dsels?-?(nr|nummer|dato|år)|f\.?nr|personn(r|ummer)|d-?n(r|ummer)|person-?id|ssn|date of birth"
    r"|fødd|født|journaln(r|ummer))\b"
)
# «Antall pasienter» counts them; «Pasient», «Pasientens navn» and «Navn på pasient» tell of each.
_PATIENT = re.compile(
    r"pasient|pasient(en)?s?[ -]?(navn|namn|id|nr|nummer|adresse|kode|liste)|(navn|namn) på (pasient|brukar)"
)


def tells_of_patients(heading: str) -> bool:
    """Whether a column of this heading holds something of each patient, and not how many there are."""
    plain = clean_code(heading).casefold().rstrip(" .:")
    return bool(_NAMED.search(plain) or _PATIENT.fullmatch(plain))


def holds_national_id(text: str) -> bool:
    """Whether the text holds a fødselsnummer or D-number, with or without what people write between its parts."""
    return any(sign.isdigit() for sign in text) and contains_national_id(text)
