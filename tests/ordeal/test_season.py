"""The demo season is played on both databases; the other tests play it on SQLite and lay its rows on PostgreSQL."""

import sqlalchemy as sa
from flask import Flask

from app.audit.verify import faults
from app.cases.models import Case
from app.db import db
from tests import schema


def test_it_is_played_on_both(app: Flask) -> None:
    with app.app_context():
        schema.play_season()
        assert list(faults()) == []
        assert (db.session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0) > 10
        db.session.remove()
