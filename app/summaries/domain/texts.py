"""Texts in which figures stand by reference, `{{uptake.agreed}}`, and never as typed numbers.

A typed number is right on the day it is typed. Days, years, and points of laws and budgets are no counts, and stand.
"""

import re
from collections.abc import Iterator

from app.flow import Reason
from app.summaries.domain.counted import Counted
from app.summaries.domain.showing import shown
from app.values.language import N_, Language

_REFERENCE = re.compile(r"\{\{\s*([a-z0-9_.-]*)\s*\}\}")
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
# After a number: it counts something, whatever stands before it.
_COUNTED = r"\s*(?:kr|kroner|pasient|lege|fastlege)"
# What may stand in digits: a day, a year (or two with a dash), a point of a law, a chapter, a version of something.
_NO_COUNT = re.compile(
    rf"\b[0-9]{{1,2}}\.\s*(?:{_MONTHS})(?:\s+[0-9]{{4}})?\b|\b[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}}\b"
    rf"|\b(?:19|20)[0-9]{{2}}(?:[-–/](?:19|20)?[0-9]{{2}})?\b(?!{_COUNTED})"
    r"|(?:§§?|\b(?:kap(?:ittel|\.)?|post|punkt|pkt\.?|bokstav|nr\.?|versjon|sak))"
    rf"\s*[0-9]+(?:[./-][0-9]+)*(?![0-9]|{_COUNTED})",
    re.IGNORECASE,
)
# Within a word digits are part of a name («H2»), but for what people write tight before a sum.
_NUMBER = re.compile(
    r"(?:(?<!\w)|(?<=\bkr)|(?<=\bnok)|(?<=\bca))[0-9]+(?:[ \u00a0.][0-9]{3})*(?:,[0-9]+)?", re.IGNORECASE
)


def faults_of(text: str, counted: Counted, of: str = "") -> list[Reason]:
    """What is wrong with a text: a reference to nothing, and a number that is typed. `of`: the form's field."""
    unknown = [code for code in _codes(text) if counted.figure(code) is None]
    reasons = [
        Reason(N_("Vi har ikke noe tall som heter «%(code)s». Velg et fra lista."), {"code": code}, of=of)
        for code in dict.fromkeys(unknown)
    ]
    left = _NO_COUNT.sub(" ", _REFERENCE.sub(" ", text))
    if "{{" in left or "}}" in left:
        reasons.append(Reason(N_("En henvisning til et tall mangler klammer på en av sidene."), of=of))
    typed = dict.fromkeys(_NUMBER.findall(left))
    told = N_("Tallet %(number)s er skrevet inn. Sett inn et tall fra lista, eller skriv det med bokstaver.")
    return reasons + [Reason(told, {"number": number}, of=of) for number in typed]


def filled(text: str, counted: Counted, language: Language | str) -> str:
    """The text with its figures in place; a reference to nothing stays as it was written."""

    def put(found: re.Match[str]) -> str:
        figure = counted.figure(found.group(1))
        if figure is None:
            return found.group(0)
        return shown(figure.value, figure.unit, language)

    return _REFERENCE.sub(put, text)


def _codes(text: str) -> Iterator[str]:
    return (found.group(1) for found in _REFERENCE.finditer(text))
