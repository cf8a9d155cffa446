"""Whoever has had a hand in many things leaves the next as quickly as the first: a file of claims is one person's."""

import sqlalchemy as sa
from flask import Flask

from app.db import db

# What the triggers ask, as app.flow writes it.
_HAD = (
    "SELECT 1 FROM hand AS had WHERE had.user_id = 7"
    " AND (had.kind = 'claim' AND had.thing_id = 8 OR had.case_id = 9 AND had.hand IN ('submitted'))"
)


def test_a_hand_is_looked_up_by_its_thing_and_its_case_and_not_among_all_the_persons(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        plan = [str(row[-1]) for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {_HAD}"))]
    assert any("MULTI-INDEX OR" in line for line in plan), plan
    assert not any("(user_id=?" in line for line in plan), plan
