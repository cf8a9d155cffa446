"""A register of some cases, loaded quickly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from tests.bench.load import load


@pytest.fixture
def filled(app: Flask) -> Callable[[int], Flask]:
    """The program with this many cases."""

    def fill(cases: int) -> Flask:
        with app.app_context():
            load(cases)
        return app

    return fill


@contextmanager
def statements_of(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Every statement sent meanwhile, with its parameters; the clock's own look at its offset is left out."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and "clock_offset" not in statement:
            sent.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
