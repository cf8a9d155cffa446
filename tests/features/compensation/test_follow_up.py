"""A pilot area is followed up: its goal, checks that are followed, contact, and one reminder a quarter; on both."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.compensation import actions, queries, waiting
from app.compensation.domain import CheckFacts, ContactKind, middle, period_of
from app.compensation.models import AreaCheck, AreaContact, AreaGoal, Claim
from app.compensation.queries.area_gps import MOST
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.parties.models import Party, PilotArea
from tests import compensation_rows
from tests.factories import acting

AUGUST = datetime.fromisoformat("2025-08-05T09:00:00+00:00")
NOVEMBER = datetime.fromisoformat("2025-11-05T09:00:00+00:00")
TODAY = date(2025, 8, 5)
FOUND = CheckFacts(TODAY, "Bekreftelse av krav", "Ingen stedfortreder.", "Avtalt stedfortreder.", date(2025, 9, 1))


@pytest.fixture
def area_id(gp_house: Flask) -> int:
    """An area with a silent GP and one who has just claimed."""
    with gp_house.app_context():
        quiet = compensation_rows.agreement(hpr_no="1", gp_name="Lege Stille")
        lately = compensation_rows.agreement(hpr_no="2", gp_name="Lege Ivrig")
        compensation_rows.claim(quiet, {"start": 1}, at=AUGUST - timedelta(days=91))
        compensation_rows.claim(lately, {"start": 1}, at=AUGUST - timedelta(days=89))
        with writing():
            clock.start_at(AUGUST)
        found = quiet.area_id
        db.session.remove()
        return found


def test_the_newest_goal_holds(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        by = acting("officer1")
        for gps in (10, 12):
            with writing():
                actions.set_goal(area_id, gps, by=by, at=AUGUST)
        address = db.session.get_one(PilotArea, area_id).public_id
        goals = [found.goal_gps for year in (2025, 2024) if (found := queries.followed_up(address, year))]
        assert goals == [12, None]


def test_a_check_is_followed_once_and_never_edited(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        by = acting("officer1")
        with writing():
            first = actions.add_check(area_id, FOUND, by=by, at=AUGUST).id
        later = datetime.fromisoformat("2025-09-01T08:00:00+00:00")
        assert queries.due_checks(TODAY) == []
        (task,) = [each for each in waiting.waiting(by, later) if each.endpoint == "compensation.area_of"]
        assert task.due_on == date(2025, 9, 1)
        after = CheckFacts(date(2025, 9, 1), "Bekreftelse av krav", "På plass.", follows=first)
        with writing():
            actions.add_check(area_id, after, by=by, at=later)
        assert not [each for each in waiting.waiting(by, later) if each.endpoint == "compensation.area_of"]
        with pytest.raises(Stale), writing():
            actions.add_check(area_id, after, by=by, at=later)
        for act in (sa.update(AreaCheck).values(finding="Annet."), sa.delete(AreaCheck)):
            with pytest.raises(IntegrityError, match="append-only"), writing():
                db.session.execute(act)


def test_a_check_of_another_area_is_not_followed_here(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        by = acting("officer1")
        host = db.session.scalars(sa.select(PilotArea.host_party_id)).first()
        db.session.rollback()
        with writing():
            made = PilotArea(public_id="o" * 16, name="Et annet", health_community="Et annet", host_party_id=host)
            db.session.add(made)
            db.session.flush()
            other = made.id
            first = actions.add_check(other, FOUND, by=by, at=AUGUST).id
        with pytest.raises(Stale), writing():
            actions.add_check(area_id, CheckFacts(TODAY, "Rutine", "Funn.", follows=first), by=by, at=AUGUST)


def test_a_check_looks_back_and_the_next_ahead(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        by = acting("officer1")
        ahead = CheckFacts(date(2025, 8, 6), "Rutine", "Funn.", next_on=date(2025, 8, 6))
        with pytest.raises(Refused) as refused, writing():
            actions.add_check(area_id, ahead, by=by, at=AUGUST)
        assert [each.of for each in refused.value.reasons] == ["checked_on", "next_on"]


def test_the_silent_are_reminded_once_a_quarter_and_it_is_logged(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        by = acting("officer1")
        assert [each.agreement.gp_name for each in queries.silent(area_id, TODAY, AUGUST)] == ["Lege Stille"]
        with writing():
            assert actions.remind(area_id, by=by, at=AUGUST) == 1
        with pytest.raises(Refused, match="dette kvartalet"), writing():
            actions.remind(area_id, by=by, at=AUGUST)
        with writing():
            assert actions.remind(area_id, by=by, at=NOVEMBER) == 2
        sent = list(db.session.scalars(sa.select(Outgoing.subject).where(Outgoing.kind == "claim_reminder")))
        assert sorted(sent) == ["Kompensasjon for Lege Ivrig"] + ["Kompensasjon for Lege Stille"] * 2
        where = db.session.scalars(sa.select(Outgoing.address).where(Outgoing.kind == "claim_reminder")).all()
        assert all(where), "a practice without an address is reminded by those who sign for it"
        logged = db.session.scalars(sa.select(AreaContact).order_by(AreaContact.id)).all()
        assert [(each.kind, each.words) for each in logged] == [
            (ContactKind.REMINDER, "Lege Stille"),
            (ContactKind.REMINDER, "Lege Ivrig, Lege Stille"),
        ]


@pytest.mark.parametrize("who", ["area-nordland", "gp1", "decider", "finance1"])
def test_only_who_reviews_claims_writes_here(gp_house: Flask, area_id: int, who: str) -> None:
    with gp_house.app_context():
        by = acting(who)
        for verb, more in (
            (actions.set_goal, (3,)),
            (actions.add_check, (FOUND,)),
            (actions.add_contact, (ContactKind.PHONE, TODAY, "Ringt.")),
            (actions.remind, ()),
        ):
            with pytest.raises(Refused), writing():
                verb(area_id, *more, by=by, at=AUGUST)
        for model in (AreaGoal, AreaCheck, AreaContact):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0


def test_practices_and_days_are_told(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        (practice,) = queries.practices(area_id, TODAY, AUGUST)
        assert (practice.agreed, practice.started, practice.lately, practice.silent) == (2, 2, 1, 1)
        assert queries.days_taken(area_id) == ([], [])
        found = queries.followed_up(db.session.get_one(PilotArea, area_id).public_id, 2025)
        assert found is not None and found.coordinators == ["Randi Demo"]
        assert queries.followed_up("finnes-ikke", 2025) is None


def test_gps_are_told_by_the_municipality_of_their_practice(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        (nowhere,) = queries.by_municipality(area_id, TODAY, AUGUST)
        assert (nowhere.name, nowhere.practices, nowhere.agreed) == (None, 1, 2)
        host = db.session.scalars(sa.select(PilotArea.host_party_id)).first()
        named = db.session.get_one(Party, host)
        known = (named.display_name, named.municipality_no)
        db.session.rollback()
        with writing():
            db.session.execute(sa.update(Party).where(Party.orgnr == "312999021").values(municipality_no=known[1]))
        (place,) = queries.by_municipality(area_id, TODAY, AUGUST)
        assert (place.name, place.practices, place.agreed, place.silent) == (known[0], 1, 2, 1)


def test_more_silent_than_one_answer_takes_are_all_reminded(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        for nr in range(MOST):
            compensation_rows.agreement(hpr_no=str(100 + nr), gp_name=f"Lege {nr:02d}")
        by, told = acting("officer1"), []
        for _ in range(2):
            with writing():
                told.append(actions.remind(area_id, by=by, at=AUGUST))
        assert told == [MOST, 1]
        assert sum(each.reminded for each in queries.silent(area_id, TODAY, AUGUST)) == 25
        with pytest.raises(Refused, match="dette kvartalet"), writing():
            actions.remind(area_id, by=by, at=AUGUST)


def test_each_row_of_a_confirmation_has_its_answer(gp_house: Flask, area_id: int) -> None:
    with gp_house.app_context():
        coordinator = acting("area-nordland")
        first, second = db.session.scalars(sa.select(Claim.id).order_by(Claim.id)).all()
        db.session.rollback()
        with writing():
            left = actions.confirm_each({first: 1, second: 7}, by=coordinator, at=AUGUST)
        assert list(left) == [second] and left[second][0].text == "Kravet er endret etter at du så det."
        found = dict(db.session.execute(sa.select(Claim.id, Claim.status)).all())
        assert found == {first: Status.CONFIRMED, second: Status.SUBMITTED}
        db.session.rollback()
        with pytest.raises(Stale), writing():
            actions.confirm_each({first: 1}, by=coordinator, at=AUGUST)
        with pytest.raises(Refused), writing():
            actions.confirm_each({second: 1}, by=replace(coordinator, memberships=frozenset()), at=AUGUST)


def test_a_quarter_is_a_quarter_and_the_middle_is_the_middle() -> None:
    assert [period_of(date(2025, month, 1)) for month in (1, 3, 4, 12)] == ["2025-1", "2025-1", "2025-2", "2025-4"]
    assert (middle([]), middle([3, 1, 2]), middle([4, 1])) == (None, 2, 1)
