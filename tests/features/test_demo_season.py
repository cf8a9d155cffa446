"""The demo tells the truth: what stands in it is what the plan and the published figures say, or marked as demo."""

import re
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import joinedload

from app.assessments.queries import round_of
from app.audit.verify import faults
from app.budget.models import Frame
from app.compensation.domain import Employment
from app.compensation.domain.control import HeldFor
from app.compensation.models import Claim, GpAgreement
from app.compensation.queries import by_municipality
from app.compensation.workflow import Status as ClaimStatus
from app.db import db, writing
from app.demo import rules, season
from app.demo.participants import Participants
from app.demo.story import Story
from app.documents.models import Direction, Document, Opening
from app.parties.models import Party, PilotArea
from app.rules import queries
from app.rules.models import Call, Pot, RuleVersion
from tests import factories
from tests.schema import SEASON_AT

DUE = date(2025, 2, 15)


def test_one_call_is_open_and_nothing_of_next_year_is_published(season: Flask) -> None:
    with season.app_context():
        years = set(db.session.scalars(sa.select(RuleVersion.year).union(sa.select(Call.year))))
        opened = [call.title_nb for call in queries.open_calls(SEASON_AT)]
        assert list(faults()) == []
        db.session.remove()
    assert years == {2024, 2025}
    assert opened == ["Restmidler 2025: Pasientens måledata"]


def test_most_of_the_round_is_judged_some_is_not_and_the_line_falls_among_them(season: Flask) -> None:
    with season.app_context():
        query = sa.select(Call).options(joinedload(Call.pot)).where(Call.year == 2025, Call.answer_by_on == DUE)
        call = db.session.scalars(query).one()
        found = round_of(call, queries.rules_of(queries.newest_rules(call).id), factories.acting("lead"))
        real = set(db.session.scalars(sa.select(Party.display_name).where(~Party.invented)))
        frame, ranking, unfinished = found.frame, found.ranking, len(found.unfinished)
        db.session.remove()
    assert frame is not None and frame.committed_ore < frame.frame_ore < ranking.proposed_ore
    assert ranking.line_after is not None and 20 < ranking.line_after < len(ranking.rows) - 10
    below = {found.rows[row.candidate.case_id].case.party_name for row in ranking.rows if not row.within}
    assert not real & below
    assert len(ranking.rows) > 4 * unfinished > 20


def test_the_pilot_areas_have_sixty_gps_with_claims_in_every_state_and_one_area_is_silent(season: Flask) -> None:
    with season.app_context():
        areas = db.session.scalar(sa.select(sa.func.count(GpAgreement.area_id.distinct())))
        agreements = db.session.scalar(sa.select(sa.func.count()).select_from(GpAgreement))
        states = set(db.session.scalars(sa.select(Claim.status)))
        by_rule = db.session.scalar(sa.select(sa.func.count()).where(Claim.rule.is_not(None))) or 0
        held = set(db.session.scalars(sa.select(Claim.held_for).where(Claim.status == ClaimStatus.CONFIRMED)))
        latest = sa.select(PilotArea.name, sa.func.max(Claim.to_on)).join(Claim, Claim.area_id == PilotArea.id)
        silent = [name for name, on in db.session.execute(latest.group_by(PilotArea.name)) if on.year < 2025]
        salaried = db.session.scalar(sa.select(sa.func.count()).where(GpAgreement.employment == Employment.SALARIED))
        left_2024 = db.session.scalars(sa.select(Frame).join(Pot).where(Pot.code == "gp", Frame.year == 2024)).one()
        db.session.remove()
    assert (areas, agreements) == (6, 60)
    assert silent == ["PLL i demo – Demofjord"]
    assert by_rule > 40 and HeldFor.OUTLIER in held
    assert salaried == 2
    assert left_2024.frame_ore - left_2024.committed_ore >= 6_500_000_00, "what is carried over was not used"
    # The frame is never used up here, so nothing waits for money.
    assert states == set(ClaimStatus) - {ClaimStatus.AWAITING_FUNDS}


def test_the_money_of_the_gps_ends_before_december_unless_something_is_done(season_client_for) -> None:  # type: ignore[no-untyped-def]
    page = season_client_for("officer1").see("/fastleger").text
    told = re.search(r"Pengene tar slutt \d+\. (\w+) 2025", page)
    assert told is not None and told[1] in ("september", "oktober", "november")


def test_the_rules_of_2026_are_published_on_the_day_the_plan_says(app: Flask) -> None:
    with app.app_context():
        factories.people()
        with writing():
            pots = rules.load_pots(factories.AT)
        story = Story()
        season.tell_calls(story, Participants({}, {}, {}, pots), {})
        story.play(datetime(2025, 10, 31, 22, 59, tzinfo=UTC))
        assert queries.published_version(pots["samhandling"].id, 2026) is None
        story.play(datetime(2025, 11, 1, 12, 0, tzinfo=UTC))
        assert queries.published_version(pots["samhandling"].id, 2026) is not None
        db.session.remove()


def test_only_the_post_of_the_last_days_is_unread(season: Flask) -> None:
    with season.app_context():
        query = sa.select(Document.made_at).outerjoin(Opening, Opening.document_id == Document.id)
        letters = query.where(Document.to_party, Document.direction == Direction.OUT)
        unread = set(db.session.scalars(letters.where(Opening.document_id.is_(None))))
        read = db.session.scalar(sa.select(sa.func.count()).select_from(Opening))
        db.session.remove()
    assert unread and min(unread) > SEASON_AT - timedelta(days=11)
    assert read


def test_every_practice_of_the_demo_is_in_a_municipality_of_its_area(season: Flask) -> None:
    with season.app_context():
        keys = list(db.session.scalars(sa.select(PilotArea.id)))
        places = [place for key in keys for place in by_municipality(key, SEASON_AT.date(), SEASON_AT)]
        assert len(places) > len(keys) and all(place.name for place in places)
        db.session.remove()
