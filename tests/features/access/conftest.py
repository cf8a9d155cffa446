"""People at the door, and the moments in a session's row moved back in place of waiting."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import LoginSession
from app.db import db, writing
from tests import factories


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


@pytest.fixture
def quick_passwords() -> Iterator[None]:
    """«demo» is everybody's password, looked at without the hashing that takes a tenth of a second on purpose."""

    def fits(stored: str | None, password: str) -> bool:
        return bool(stored) and password == "demo"

    with patch("app.access.actions.hashing.fits", fits), patch("app.access.actions.entering.fits", fits):
        yield


@pytest.fixture
def aged(house: Flask) -> Callable[..., None]:
    """Let time pass for every session: `aged(last_used_at=timedelta(minutes=31))`."""

    def age(**by: timedelta) -> None:
        with house.app_context():
            with writing() as session:
                for row in session.scalars(sa.select(LoginSession)):
                    for name, length in by.items():
                        setattr(row, name, getattr(row, name) - length)
            db.session.remove()

    return age


@pytest.fixture
def stored(house: Flask) -> Callable[[sa.Select[Any]], list[Any]]:
    """What stands in the database now."""

    def read(query: sa.Select[Any]) -> list[Any]:
        with house.app_context():
            found = list(db.session.scalars(query))
            db.session.remove()
            return found

    return read
