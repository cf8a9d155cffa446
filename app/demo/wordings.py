"""The words that applications, and what is said of them, share: picked by the application's number and filled in."""

import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from app.demo.parties import invented
from app.demo.stories import DATA, Told
from app.values.dates import format_date
from app.values.language import Language

# What each area is about, inside a sentence.
_SERVICE = {
    "pll": ("Pasientens legemiddelliste", "Pasientens legemiddelliste"),
    "pps": ("Pasientens prøvesvar", "Pasientens prøvesvar"),
    "pjd": ("deling av journaldokumenter", "deling av journaldokument"),
    "critical": ("kritisk informasjon", "kritisk informasjon"),
    "pmd": ("Pasientens måledata", "Pasientens måledata"),
}
Pair = Sequence[str]
"""Bokmål and nynorsk."""


@cache
def pool(name: str) -> dict[str, Any]:
    """The texts of app/demo/data/NAME.toml."""
    with DATA.joinpath(f"{name}.toml").open("rb") as lines:
        return tomllib.load(lines)


def one(pairs: Sequence[Pair], told: Told, turn: int = 0, **more: object) -> str:
    """One of these for this application, filled in; what names partners only where there are some."""
    fit = [pair for pair in pairs if told.partners or "{partners}" not in pair[0]]
    return fill(fit[(told.nr + turn) % len(fit)], told, **more)


def fill(pair: Pair, told: Told, **more: object) -> str:
    """The text in the applicant's language with what is known of the application in it."""
    return pair[told.language is Language.NN].format_map(facts(told) | more)


def facts(told: Told) -> dict[str, object]:
    """What texts may name."""
    service = _SERVICE[told.area][told.language is Language.NN]
    systems = pool("answers")["systems"]
    care = systems["care"][told.nr % len(systems["care"])]
    days = dict(zip(("d0", "d1", "d2", "d3"), _days(told), strict=True))
    return {
        "place": told.place,
        "year": told.year,
        "before": told.year - 1,
        "service": service,
        "service_first": service[:1].upper() + service[1:],
        "gps": told.gps,
        "willing": willing(told),
        "staff": told.staff,
        "community": told.community,
        "partners": _partners(told),
        "care": care,
        "system": care.partition(" (")[0],
        "practice": systems["practice"][told.nr % len(systems["practice"])],
        "small": f"{40 + told.nr * 7 % 90} 000",
        **days,
    }


def willing(told: Told) -> int:
    """GPs who have said that they will take part: the better the cooperation, the more."""
    return max(2, told.gps * (told.points[2] * 16 + told.nr % 5) // 100) if told.gps > 2 else told.gps


def _days(told: Told) -> list[str]:
    """Four days of the project, from near its beginning to near its end."""
    days = (told.ends_on - told.starts_on).days
    marks = [
        told.starts_on.toordinal() + days * part // 100
        for part in (5 + told.nr % 4, 32 + told.nr % 9, 58 + told.nr % 7, 94)
    ]
    return [format_date(told.starts_on.fromordinal(mark), told.language) for mark in marks]


def _partners(told: Told) -> str:
    names = [each.name for each in invented() if each.orgnr in told.partners]
    return " og ".join(names)
