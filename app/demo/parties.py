"""Every real municipality and county, and the invented organisations that carry what no real one should."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.parties.actions import add_area, add_party
from app.parties.domain import Kind
from app.parties.models import Party, PilotArea
from app.parties.register import Municipality, load_counties, load_health_communities, load_municipalities
from app.values.language import LanguageDecision

# Late, refused and repaying cases use these (domain J.3). The numbers pass modulus 11 in a series kept for tests.
_DATA = Path(__file__).with_name("data")
PRACTICE = "312999021"


@dataclass(frozen=True)
class Invented:
    """A municipality that is none: laid in a real county and health community, so that a round is spread as real ones.

    Its number (99..) is no county's.
    """

    number: str
    name: str
    orgnr: str
    language: LanguageDecision
    county_no: str
    health_community: str
    account_no: str


@cache
def invented() -> tuple[Invented, ...]:
    """All of them, in the order of their numbers."""
    with _DATA.joinpath("municipalities.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Invented(language=LanguageDecision(row.pop("language")), **row) for row in csv.DictReader(lines))


def load(at: datetime) -> dict[str, Party]:
    """All organisations, by organisation number."""
    made = {m.orgnr: _municipality(m, at) for m in load_municipalities()}
    for county in load_counties():
        if county.orgnr in made:
            continue  # Oslo is municipality and county in one organisation
        made[county.orgnr] = add_party(
            county.orgnr,
            f"{county.name} fylkeskommune",
            [Kind.COUNTY],
            language=county.language_decision,
            county_no=county.number,
            postcode=county.postcode or "",
            post_town=county.post_town or "",
            by=None,
            at=at,
        )
    made |= {each.orgnr: _invented(each, at) for each in invented()}
    places = practice_places()
    for orgnr, name in agreements()["practices"].items():
        made[orgnr] = add_party(
            orgnr,
            name,
            [Kind.PRACTICE],
            municipality_no=places.get(orgnr),
            invented=True,
            postcode="9999",
            post_town="DEMO",
            by=None,
            at=at,
        )
    return made


def _invented(each: Invented, at: datetime) -> Party:
    return add_party(
        each.orgnr,
        f"{each.name} kommune",
        [Kind.MUNICIPALITY],
        language=each.language,
        municipality_no=each.number,
        county_no=each.county_no,
        health_community=each.health_community,
        invented=True,
        postcode="9999",
        post_town="DEMO",
        email=f"postmottak@{each.number}.example.invalid",
        by=None,
        at=at,
    )


def _municipality(m: Municipality, at: datetime) -> Party:
    kinds = [Kind.MUNICIPALITY, Kind.COUNTY] if m.number == "0301" else [Kind.MUNICIPALITY]
    shown = m.display_name
    return add_party(
        m.orgnr,
        f"{m.name} kommune",
        kinds,
        display_name=shown.replace(m.name, f"{m.name} kommune", 1),
        language=m.language_decision,
        municipality_no=m.number,
        county_no=m.county_number,
        health_community=m.health_community,
        population=m.population[-1][1] if m.population else None,
        postcode=m.postcode or "",
        post_town=m.post_town or "",
        email=f"postmottak@{m.number}.example.invalid",
        demo_fields=("email",),
        by=None,
        at=at,
    )


def load_areas(parties: dict[str, Party], at: datetime) -> dict[str, PilotArea]:
    """The pilot areas by name.

    «Primo 2025 piloted in five health communities in Helse Vest and Helse Nord» (domain B.1): here those of the five
    municipalities with money for it, which are their hosts.
    """
    return {
        name: add_area(name, area["community"], parties[area["host"]], by=None, at=at)
        for name, area in agreements()["areas"].items()
    }


@cache
def practice_places() -> dict[str, str]:
    """The municipality each practice is said to be in, by its organisation number: by turns among those of its area."""
    with _DATA.joinpath("pilot_gps.csv").open(encoding="utf-8", newline="") as lines:
        told = [*agreements()["agreement"], *csv.DictReader(lines)]
    communities = {each.name: each.municipality_numbers for each in load_health_communities()}
    places: dict[str, str] = {}
    turns: dict[str, int] = {}
    for row in told:
        numbers = communities[agreements()["areas"][row["area"]]["community"]]
        if row["payee"] in agreements()["practices"] and row["payee"] not in places:
            turn = turns[row["area"]] = turns.get(row["area"], -1) + 1
            places[row["payee"]] = numbers[turn % len(numbers)]
    return places


@cache
def agreements() -> dict[str, Any]:
    """Pilot areas, practices and agreements, as app/demo/data/agreements.toml tells them."""
    with _DATA.joinpath("agreements.toml").open("rb") as lines:
        return tomllib.load(lines)
