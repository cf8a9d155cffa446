"""Which rules a claim is judged by, and a period split where they change (domain J.1.6)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.compensation.domain import Holding, Period, holding_on, holdings, split
from app.demo.rules import gp_2025
from app.rules.domain import LegalForm

SIGNED = Holding(1, date(2025, 1, 1), gp_2025())
DECEMBER = Holding(2, date(2025, 12, 1), gp_2025())
DAYS = st.dates(date(2024, 12, 1), date(2026, 3, 1))


def under(form: LegalForm, clause: bool = False) -> list[int]:
    own = replace(SIGNED, rules=replace(SIGNED.rules, change_clause=clause))
    new = replace(DECEMBER, rules=replace(DECEMBER.rules, legal_form=form))
    return [each.version_id for each in holdings(own, [own, new])]


def test_the_legal_form_decides_whether_a_change_reaches_an_agreement_in_force() -> None:
    assert under(LegalForm.REGULATION) == [1, 2]
    assert under(LegalForm.AGREEMENT) == [1], "the terms stand as they were signed"
    assert under(LegalForm.AGREEMENT, clause=True) == [1, 2]


def test_an_agreement_does_not_go_back_to_what_held_before_it() -> None:
    own = replace(DECEMBER, rules=replace(DECEMBER.rules, change_clause=True))
    assert holdings(own, [SIGNED, own]) == (own,)


def test_of_two_versions_from_the_same_day_the_later_holds() -> None:
    own = replace(SIGNED, rules=replace(SIGNED.rules, change_clause=True))
    again = replace(DECEMBER, version_id=3)
    assert [each.version_id for each in holdings(own, [own, DECEMBER, again])] == [1, 3]


def test_a_period_over_the_change_is_split_there() -> None:
    parts = split(Period(date(2025, 11, 15), date(2025, 12, 14)), (SIGNED, DECEMBER))
    assert [(part.period, part.holding.version_id) for part in parts] == [
        (Period(date(2025, 11, 15), date(2025, 11, 30)), 1),
        (Period(date(2025, 12, 1), date(2025, 12, 14)), 2),
    ]


@given(DAYS, DAYS, st.lists(DAYS, max_size=4, unique=True))
def test_every_day_of_a_period_is_in_one_part_with_what_holds_that_day(a: date, b: date, changes: list[date]) -> None:
    period = Period(min(a, b), max(a, b))
    held = (
        SIGNED,
        *(Holding(2 + nr, on, SIGNED.rules) for nr, on in enumerate(sorted(changes)) if on > SIGNED.from_on),
    )
    parts = split(period, held)
    days = [period.from_on + timedelta(days=n) for n in range((period.to_on - period.from_on).days + 1)]
    told = [
        (part.period.from_on + timedelta(days=n), part.holding)
        for part in parts
        for n in range((part.period.to_on - part.period.from_on).days + 1)
    ]
    assert [day for day, _ in told] == days
    assert all(holding == holding_on(held, day) for day, holding in told)


def test_a_new_signature_takes_the_terms_from_its_day_and_brings_their_clause() -> None:
    clause = replace(DECEMBER, rules=replace(DECEMBER.rules, change_clause=True))
    later = replace(DECEMBER, version_id=3, from_on=date(2026, 2, 1))
    assert [each.version_id for each in holdings(SIGNED, [SIGNED, clause, later])] == [1]
    held = holdings(SIGNED, [SIGNED, clause, later], {2: date(2026, 1, 10)})
    assert [(each.version_id, each.from_on) for each in held] == [
        (1, SIGNED.from_on),
        (2, date(2026, 1, 10)),
        (3, date(2026, 2, 1)),
    ]
