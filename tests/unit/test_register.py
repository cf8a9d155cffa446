"""The facts about municipalities, counties and health communities that the program carries."""

from collections import Counter

from app.parties.register import OtherName, load_counties, load_health_communities, load_municipalities
from app.values.identity import parse_orgnr
from app.values.language import LanguageDecision


def test_every_municipality_is_there_once_with_a_valid_organisation_number() -> None:
    everyone = load_municipalities()
    assert len(everyone) == len({one.number for one in everyone}) == len({one.orgnr for one in everyone}) == 357
    for one in everyone:
        assert parse_orgnr(one.orgnr) == one.orgnr
        assert len(one.number) == 4 and one.number.isdecimal()


def test_every_county_is_there_once_with_a_valid_organisation_number() -> None:
    counties = load_counties()
    assert len(counties) == len({county.number for county in counties}) == 15
    assert all(parse_orgnr(county.orgnr) == county.orgnr for county in counties)
    in_county = Counter(one.county_number for one in load_municipalities())
    assert {county.number: county.municipalities for county in counties} == in_county


def test_language_decisions_are_118_88_and_151() -> None:
    assert Counter(one.language_decision for one in load_municipalities()) == {
        LanguageDecision.BOKMAL: 118,
        LanguageDecision.NYNORSK: 88,
        LanguageDecision.NEUTRAL: 151,
    }


def test_oslo_is_municipality_and_county_with_one_organisation_number() -> None:
    municipalities = {one.orgnr: one for one in load_municipalities()}
    shared = {county.orgnr for county in load_counties()} & municipalities.keys()
    assert {municipalities[orgnr].name for orgnr in shared} == {"Oslo"}
    assert municipalities["958935420"].number == "0301"


def test_namesakes_are_told_apart_by_their_county() -> None:
    names = Counter(one.display_name for one in load_municipalities())
    assert max(names.values()) == 1
    assert {name for name in names if "(" in name} == {
        "Herøy (Møre og Romsdal)",
        "Herøy (Nordland)",
        "Våler (Innlandet)",
        "Våler (Østfold)",
    }


def test_names_in_sami_and_kven_carry_their_language() -> None:
    by_number = {one.number: one for one in load_municipalities()}
    assert by_number["5540"].other_names == (OtherName("se", "Gáivuotna"), OtherName("fkv", "Kaivuono"))
    assert by_number["5610"].official_name == "Kárášjohka - Karasjok"
    languages = {other.language for one in by_number.values() for other in one.other_names}
    assert languages == {"se", "sma", "smj", "fkv"}


def test_the_health_communities_share_the_municipalities_between_them() -> None:
    communities = load_health_communities()
    assert len(communities) == 19
    shared_out = [number for community in communities for number in community.municipality_numbers]
    assert sorted(shared_out) == [one.number for one in load_municipalities()]
    for one in load_municipalities():
        mine = next(community for community in communities if one.number in community.municipality_numbers)
        assert (one.health_community, one.health_region) == (mine.name, mine.health_region)


def test_inhabitants_are_known_for_three_years() -> None:
    oslo = load_municipalities()[0]
    assert dict(oslo.population) == {2024: 717710, 2025: 724290, 2026: 728714}
    assert all(len(one.population) == 3 and min(dict(one.population).values()) > 0 for one in load_municipalities())


def test_where_post_goes_is_known_wholly_or_not_at_all() -> None:
    assert all((one.postcode is None) == (one.post_town is None) for one in load_municipalities())
