"""What the rooms' tests share: the people, and the program's own context for what is made before pages are opened."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.db import db
from tests import factories


@pytest.fixture
def make(app: Flask) -> Callable[..., Any]:
    """Run something in the program's context and let go of what it read."""

    def run(verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with app.app_context():
            try:
                return verb(*given, **named)
            finally:
                db.session.remove()

    run(factories.people)
    return run
