"""Every municipality, county and health community, read from the files beside (data/PROVENANCE.md says from where)."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.values.language import LanguageDecision

_DATA = Path(__file__).parent.joinpath("data")
POPULATION_YEARS = (2024, 2025, 2026)


@dataclass(frozen=True, slots=True)
class OtherName:
    """An official name in another language than Norwegian; `language` is its ISO 639 code, fit for a lang attribute."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by the 2024 numbering. `display_name` carries the county where two have the same name."""

    number: str
    name: str
    display_name: str
    official_name: str
    other_names: tuple[OtherName, ...]
    county_number: str
    county: str
    orgnr: str
    register_name: str
    language_decision: LanguageDecision
    population: tuple[tuple[int, int], ...]
    """Pairs of year and inhabitants on 1 January."""
    health_community: str
    health_region: str
    seat: str
    website: str
    postcode: str | None
    post_town: str | None


@dataclass(frozen=True, slots=True)
class County:
    """A county and its county authority; Oslo's is the municipality itself, with the same organisation number."""

    number: str
    name: str
    orgnr: str
    register_name: str
    language_decision: LanguageDecision
    municipalities: int
    postcode: str | None
    post_town: str | None


@dataclass(frozen=True, slots=True)
class HealthCommunity:
    """A helsefellesskap: a pilot area of municipalities, and no legal person (domain.md J.1 point 13)."""

    name: str
    health_region: str
    population_2026: int
    municipality_numbers: tuple[str, ...]


@cache
def load_municipalities() -> tuple[Municipality, ...]:
    """All 357, in the order of their numbers."""
    rows = list(_rows("municipalities.csv"))
    namesakes = Counter(row["name"] for row in rows)
    return tuple(_municipality(row, alone=namesakes[row["name"]] == 1) for row in rows)


@cache
def load_counties() -> tuple[County, ...]:
    """All 15, in the order of their numbers."""
    return tuple(
        County(
            number=row["number"],
            name=row["name"],
            orgnr=row["orgnr"],
            register_name=row["register_name"],
            language_decision=LanguageDecision(row["language_decision"]),
            municipalities=int(row["municipalities"]),
            postcode=row["post_postnr"] or None,
            post_town=row["post_poststed"] or None,
        )
        for row in _rows("counties.csv")
    )


@cache
def load_health_communities() -> tuple[HealthCommunity, ...]:
    """All 19, region by region."""
    return tuple(
        HealthCommunity(
            name=row["name"],
            health_region=row["health_region"],
            population_2026=int(row["population_2026"]),
            municipality_numbers=tuple(row["municipality_numbers"].split()),
        )
        for row in _rows("helsefellesskap.csv")
    )


def _rows(file: str) -> Iterator[dict[str, str]]:
    with _DATA.joinpath(file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _municipality(row: dict[str, str], *, alone: bool) -> Municipality:
    return Municipality(
        number=row["number"],
        name=row["name"],
        display_name=row["name"] if alone else f"{row['name']} ({row['county']})",
        official_name=row["official_name"],
        other_names=tuple(_other_names(row["other_names"])),
        county_number=row["county_number"],
        county=row["county"],
        orgnr=row["orgnr"],
        register_name=row["register_name"],
        language_decision=LanguageDecision(row["language_decision"]),
        population=tuple((year, int(row[f"population_{year}"])) for year in POPULATION_YEARS),
        health_community=row["health_community"],
        health_region=row["health_region"],
        seat=row["seat"],
        website=row["website"],
        postcode=row["post_postnr"] or None,
        post_town=row["post_poststed"] or None,
    )


def _other_names(field: str) -> Iterator[OtherName]:
    for named in filter(None, field.split(";")):
        language, _, name = named.partition(":")
        yield OtherName(language, name)
