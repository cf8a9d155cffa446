"""The session, and `writing()`: the only place that commits."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, scoped_session

from app.db.base import Base

# Models stand on the plain Base, not on db.Model: Flask-SQLAlchemy is only the session and the engine.
db = SQLAlchemy(session_options={"expire_on_commit": False})


class OnceToken(Base):
    """What a creating form already made: the second POST of the same form is answered with the first result."""

    __tablename__ = "once_token"

    token: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str]
    at: Mapped[datetime]


_TOKENS: Any = OnceToken.__table__
_ONCE: sa.Select[Any] = sa.select(_TOKENS.c.location).where(_TOKENS.c.token == sa.bindparam("given"))


class OnlyLookingError(Exception):
    """Something meant to write while a page was only being shown."""


@contextmanager
def looking() -> Iterator[None]:
    """Show a page as it would answer, and let nothing be written. `writing()` raises OnlyLookingError meanwhile."""
    session = db.session
    session.info["looking"] = True
    try:
        yield
    finally:
        session.info.pop("looking", None)


@contextmanager
def writing() -> Iterator[scoped_session[Any]]:
    """One transaction that writes, committed at the end and undone on any error.

    What was read before is let go: the action reads again under the lock, and judges that. `session.info["held"]`
    keeps, as long as the transaction lasts, what has been read under a lock of its own.
    """
    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("writing() does not nest: one verb, one commit")
    if session.info.get("looking"):
        raise OnlyLookingError
    session.rollback()
    session.info["writing"] = True
    try:
        session.info["held"] = {}
        session.connection(execution_options={"writing": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        session.info.pop("held", None)


def once(token: str, at: datetime, make: Callable[[], str]) -> str:
    """Run `make` in one transaction and keep the address it gives; a repeated token gets the first address back."""
    try:
        with writing() as session:
            first: str | None = session.scalar(_ONCE, {"given": token})
            if first is not None:
                return first
            location = make()
            session.flush()
            session.execute(sa.insert(_TOKENS), {"token": token, "location": location, "at": at})
            return location
    except IntegrityError:
        # Two POSTs at the same moment: PostgreSQL lets the second wait at the unique key, then refuses it.
        made: str | None = db.session.scalar(_ONCE, {"given": token})
        if made is None:
            raise
        return made


def watch(engine: sa.Engine, lock_wait_ms: int = 15_000) -> None:
    """Make SQLite transactions real: our own BEGIN, IMMEDIATE when writing (the driver's default loses updates).

    `lock_wait_ms`: how long one writer waits for another.
    """
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"busy_timeout={lock_wait_ms}"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
