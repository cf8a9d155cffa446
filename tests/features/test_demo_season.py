"""The demo tells the truth: what stands in it is what the plan and the published figures say, or marked as demo."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from app.db import db, writing
from app.demo import rules, season
from app.demo.participants import Participants
from app.demo.story import Story
from app.documents.models import Direction, Document, Opening
from app.rules import queries
from app.rules.models import Call, RuleVersion
from tests import factories
from tests.schema import SEASON_AT


def test_one_call_is_open_and_nothing_of_next_year_is_published(season: Flask) -> None:
    with season.app_context():
        years = set(db.session.scalars(sa.select(RuleVersion.year).union(sa.select(Call.year))))
        opened = [call.title_nb for call in queries.open_calls(SEASON_AT)]
        db.session.remove()
    assert years == {2024, 2025}
    assert opened == ["Restmidler 2025: Pasientens måledata"]


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
