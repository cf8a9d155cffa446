"""INSERT with «ON CONFLICT», which both databases know and SQLAlchemy has one by one."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.db.session import db


def insert(table: Any) -> Any:
    """An INSERT that can say what happens where the row is there already."""
    return _insert(table, db.engine.dialect.name)


def made_once(make: Callable[[Callable[[Any], Any]], Any]) -> Callable[[], Any]:
    """A statement built from such an INSERT, once for each kind of database, since building costs more than asking."""

    @cache
    def made(dialect: str) -> Any:
        return make(lambda table: _insert(table, dialect))

    return lambda: made(db.engine.dialect.name)


def _insert(table: Any, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
