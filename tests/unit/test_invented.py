"""The demo's invented municipalities are nobody's: neither name nor number is a real one's."""

from app.demo.parties import PRACTICE, invented
from app.parties.register import load_counties, load_health_communities, load_municipalities
from app.values.identity import parse_orgnr


def test_no_invented_municipality_is_a_real_one() -> None:
    real = load_municipalities()
    names = {name.lower() for each in real for name in (each.name, each.seat, *(o.name for o in each.other_names))}
    numbers = {each.orgnr for each in (*real, *load_counties())} | {PRACTICE}
    made = invented()
    assert len({each.name for each in made}) == len(made) >= 39
    assert not names & {each.name.lower() for each in made}
    assert len({each.orgnr for each in made} - numbers) == len(made)
    assert all(each.orgnr == parse_orgnr(each.orgnr) and each.orgnr.startswith("312999") for each in made)
    assert all(each.number.startswith("99") for each in made)


def test_they_lie_in_every_county_but_oslo_and_in_real_health_communities() -> None:
    assert {each.county_no for each in invented()} == {each.number for each in load_counties()} - {"03"}
    assert {each.health_community for each in invented()} <= {each.name for each in load_health_communities()}
