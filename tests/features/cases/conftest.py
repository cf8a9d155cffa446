from collections.abc import Iterator

import pytest
from flask import Flask

from app.db import db
from app.rules.models import Call
from tests import factories, rounds


@pytest.fixture
def call(app: Flask) -> Iterator[Call]:
    """A published call, in the application's context."""
    with app.app_context():
        factories.people()
        yield rounds.published_call()
        db.session.remove()
