"""The scheme in figures: each GP is told once, each krone once, in few statements; on both databases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation import actions, queries
from app.compensation.domain import Period
from app.compensation.queries import AreaFigures
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.parties.models import PilotArea
from app.values.clock import local_date
from tests import compensation_rows
from tests.client import Client
from tests.compensation_rows import confirmed
from tests.factories import acting
from tests.features.desk.conftest import statements_of

AUGUST = datetime.fromisoformat("2025-08-05T09:00:00+00:00")


@pytest.fixture
def scheme(gp_house: Flask) -> Flask:
    """Four GPs: one is approved, one is silent, one has never claimed, and one was refused."""
    with gp_house.app_context():
        agreed = [compensation_rows.agreement(hpr_no=str(nr), gp_name=f"Lege {nr}") for nr in range(1, 5)]
        for made, verb, at in (
            (agreed[0], "approve", AUGUST - timedelta(days=20)),
            (agreed[1], "", AUGUST - timedelta(days=100)),
            (agreed[3], "refuse", AUGUST - timedelta(days=10)),
        ):
            claim = compensation_rows.claim(made, {"start": 1, "patient": 10}, at=at)
            by = acting("officer1")
            if verb:
                claim_id = confirmed(claim).id
                more = ("Utenfor ordningen.",) if verb == "refuse" else ()
                with writing():
                    getattr(actions, verb)(claim_id, 2, *more, by=by, at=AUGUST)
        with writing():
            clock.start_at(AUGUST)
        db.session.remove()
    return gp_house


def told(at: datetime = AUGUST) -> list[AreaFigures]:
    return queries.figures(local_date(at), at)


def test_each_gp_and_each_krone_is_told_once(scheme: Flask) -> None:
    with scheme.app_context():
        found = told()
        assert len(found) == len(list(db.session.scalars(sa.select(PilotArea.id))))
        with_gps = [each for each in found if each.agreed]
        (area,) = with_gps
        assert (area.agreed, area.started, area.lately, area.silent) == (4, 2, 1, 3)
        assert (area.approved_ore, area.paid_ore, area.pending_ore, area.waiting_ore) == (11_000_00, 0, 11_000_00, 0)
        assert area.counts == {Status.APPROVED: 1, Status.SUBMITTED: 1, Status.REFUSED: 1}
        assert area.months == {date(2025, 1, 1): 22_000_00}
        assert area.caps_left_ore == 4 * 30_000_00 - 11_000_00


def test_an_agreement_that_is_over_takes_no_part_and_another_year_is_not_this(scheme: Flask) -> None:
    with scheme.app_context():
        later = datetime.fromisoformat("2026-02-01T09:00:00+00:00")
        assert all((each.agreed, each.approved_ore, each.months) == (0, 0, {}) for each in told(later))


def test_a_young_agreement_is_not_silent(gp_house: Flask) -> None:
    with gp_house.app_context():
        compensation_rows.agreement(from_on=date(2025, 6, 1))
        assert sum(each.silent for each in told()) == 0
        assert sum(each.silent for each in told(AUGUST + timedelta(days=60))) == 1


def test_an_area_by_itself_has_the_same_figures(scheme: Flask) -> None:
    with scheme.app_context():
        for each in told():
            alone = queries.money_in(each.area, 2025)
            assert (alone.counts, alone.months) == (each.counts, each.months)
            assert (alone.approved_ore, alone.pending_ore) == (each.approved_ore, each.pending_ore)
            places = queries.by_municipality(each.area.id, local_date(AUGUST), AUGUST)
            names = ("agreed", "started", "lately", "silent")
            of_gps = [sum(getattr(place, name) for place in places) for name in names]
            assert of_gps == [each.agreed, each.started, each.lately, each.silent]


def test_the_page_says_it_in_few_statements(scheme: Flask, client_for: Callable[[str], Client]) -> None:
    office = client_for("officer1")
    with statements_of(scheme) as sent:
        page = office.see("/fastleger")
    assert page.status == 200 and "Prognose" in page.text
    assert len(sent) <= 8, [statement for statement, _ in sent]


def test_long_lists_have_pages_of_their_own(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        for nr in range(27):
            made = compensation_rows.agreement(hpr_no=str(1000 + nr), gp_name=f"Lege {nr:02d}")
            if nr < 26:
                compensation_rows.claim(made, {"start": 1}, period=Period(date(2025, 1, 1), date(2025, 1, 31)))
        with writing():
            clock.start_at(AUGUST)
        db.session.remove()
    first = client_for("officer1").see("/fastleger")
    assert "Lege 24" in first.links() and "Lege 25" not in first.links()
    second = client_for("officer1").see("/fastleger?side=2&avtaler=2")
    assert "Lege 25" in second.links() and "Lege 24" not in second.links()
    assert "Lege 01" in second.text and "Lege 02" not in second.text, "the two oldest agreements"
    for wrong in ("0", "-1", "x", "1e9", "99999999999"):
        assert client_for("officer1").see(f"/fastleger?side={wrong}").status == 200
