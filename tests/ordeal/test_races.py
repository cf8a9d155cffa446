"""Races on both databases: the last money, the next number, the same form twice, the same stream."""

from datetime import timedelta

import pytest
from flask import Flask

from app.audit import record
from app.audit.verify import faults
from app.budget import actions as budget
from app.budget import queries as budget_queries
from app.cases.actions import next_number
from app.db import db, writing
from app.db.session import once
from app.flow import Refused
from tests import factories
from tests.factories import AT
from tests.ordeal.racing import race

HANDS = 8
ROUNDS = 25


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


def test_case_numbers_are_given_once_and_without_gaps(house: Flask) -> None:
    def take(_: int) -> list[str]:
        numbers = []
        for _ in range(ROUNDS):
            with writing():
                numbers.append(next_number(2025))
        return numbers

    taken = [number for numbers in race(house, HANDS, take) for number in numbers]  # type: ignore[union-attr]
    assert sorted(taken) == [f"T25-{n:04d}" for n in range(1, HANDS * ROUNDS + 1)]


def test_the_same_form_sent_eight_times_makes_one_thing(house: Flask) -> None:
    made: list[int] = []

    def send(number: int) -> str:
        def make() -> str:
            made.append(number)
            record("system", "access.logged_in", {}, by=None, at=AT)
            return f"/made/{number}"

        return once("the-same-token", "the same answers", AT, make)

    places = race(house, HANDS, send)
    assert len({str(place) for place in places}) == 1, places
    assert str(places[0]).startswith("/made/")


def test_the_record_is_whole_after_a_crowd_wrote_in_one_stream(house: Flask) -> None:
    def write(number: int) -> None:
        for n in range(ROUNDS):
            with writing():
                record("system", "access.logged_in", {}, by=None, at=AT + timedelta(seconds=number * ROUNDS + n))

    assert race(house, HANDS, write) == [None] * HANDS
    with house.app_context():
        assert list(faults()) == []


def test_the_frame_is_never_overspent(house: Flask) -> None:
    """Eight deciders, each wanting 400 times what an eighth of the frame holds."""
    with house.app_context():
        frame_id = factories.frame(1_000_000_00)
        case_id = factories.recommended()
        db.session.remove()

    def promise(number: int) -> int:
        given = 0
        for n in range(ROUNDS):
            try:
                with writing():
                    budget.commit(frame_id, case_id, 7_000_00, f"race:{number}:{n}", by=None, at=AT)
                given += 1
            except Refused:
                pass
        return given

    given = [n for n in race(house, HANDS, promise) if isinstance(n, int)]
    assert len(given) == HANDS
    with house.app_context():
        frame = budget_queries.locked(frame_id)
        assert sum(given) == 142
        assert frame.committed_ore == 142 * 7_000_00 <= frame.frame_ore
