"""What the rooms' tests share: the people, and the program's own context for what is made before pages are opened."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.db import db
from tests import compensation_rows, factories


@pytest.fixture
def ground() -> Callable[[], object]:
    """What a test's database begins with: the people, and what a file with more in common lays besides."""
    return factories.people


@pytest.fixture
def make(app: Flask, ground: Callable[[], object]) -> Callable[..., Any]:
    """Run something in the program's context and let go of what it read."""

    def run(verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with app.app_context():
            try:
                return verb(*given, **named)
            finally:
                db.session.remove()

    run(ground)
    return run


@pytest.fixture
def gp_house(app: Flask) -> Flask:
    """People, the season's rules and the GP pot's frame of 2025."""
    with app.app_context():
        compensation_rows.ground()
    return app
