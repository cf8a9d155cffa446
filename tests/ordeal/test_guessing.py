"""Thirty guesses at once are no more than thirty in a row."""

from datetime import UTC, datetime
from unittest.mock import patch

from flask import Flask

from app.access import actions
from app.access.actions import entering
from app.access.domain import TRIES
from app.db import db
from tests import factories
from tests.ordeal.racing import race

HANDS = 30
AT = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)


def test_of_thirty_guesses_at_once_five_are_looked_at(app: Flask) -> None:
    looked: list[str] = []

    def fits(_stored: str | None, password: str) -> bool:
        looked.append(password)
        return False

    def guess(number: int) -> bool:
        try:
            actions.log_in("officer1", f"guess {number}", actions.Came("officer1", "192.0.2.1"), at=AT)
        except actions.TooMany:
            return False
        return True

    with app.app_context():
        factories.people()
        db.session.remove()
    with patch.object(entering, "fits", fits):
        answers = race(app, HANDS, guess)
    assert (answers.count(True), answers.count(False)) == (TRIES, HANDS - TRIES), answers
    assert len(looked) == TRIES
