"""The session, and `writing()`: the only place that commits."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from blinker import Signal
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, scoped_session

from app.db.base import Base

# Models stand on the plain Base, not on db.Model: Flask-SQLAlchemy is only the session and the engine.
# What a statement carried (names, accounts, a password's hash) stays out of errors, and so out of the log.
db = SQLAlchemy(session_options={"expire_on_commit": False}, engine_options={"hide_parameters": True})
writing_began = Signal("A transaction that writes has begun and has read nothing yet; a receiver may raise.")
writing_ends = Signal("All of it is written but what a receiver adds: it is committed next, unless one raises.")


class OnceToken(Base):
    """What a creating form already made: the second POST of the same form is answered with the first result.

    `sent` is a hash of who sent what where; empty for what was sent before it was kept.
    """

    __tablename__ = "once_token"

    token: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str]
    at: Mapped[datetime]
    sent: Mapped[str] = mapped_column(server_default="")


_TOKENS: Any = OnceToken.__table__
_ONCE: sa.Select[Any] = sa.select(_TOKENS.c.location, _TOKENS.c.sent).where(_TOKENS.c.token == sa.bindparam("given"))


class SentBefore(Exception):
    """A form with this token is taken already, and it was another one: nothing is done, and that must be told."""


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

    What was read before is let go: the action reads again under the lock, and judges that. `session.info["told"]`
    keeps, as long as the transaction lasts, what the record is to tell of it.
    """
    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("writing() does not nest: one verb, one commit")
    if session.info.get("looking"):
        raise OnlyLookingError
    session.rollback()
    session.info["writing"] = True
    try:
        session.info["told"] = []
        session.connection(execution_options={"writing": True})
        writing_began.send(session)
        yield session
        session.flush()
        writing_ends.send(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        session.info.pop("told", None)


class _Undo(Exception):
    """What was tried is undone."""


@contextmanager
def trying() -> Iterator[scoped_session[Any]]:
    """As `writing()`, run to its end – every statement, check, trigger and seal – and then undone instead of kept."""
    with suppress(_Undo), writing() as session:
        yield session
        session.flush()
        writing_ends.send(session)
        raise _Undo


def lock_rows(query: sa.Select[Any], told: Mapping[str, Any] | None = None) -> None:
    """Lock what the query finds, FOR UPDATE, until the transaction ends.

    SQLite lets one write at a time, and that is we since `writing()` began: there is nothing to ask.
    """
    if db.engine.dialect.name != "sqlite":
        db.session.execute(query, told).all()


def once(token: str, sent: str, at: datetime, make: Callable[[], str]) -> str:
    """Run `make` in one transaction and keep the address it gives; a repeated token gets the first address back.

    `sent` tells apart what was sent (who, where, what). Raises SentBefore when the token was taken with another.
    """
    try:
        with writing() as session:
            if (first := made_by(token, sent)) is not None:
                return first
            location = make()
            session.flush()
            session.execute(sa.insert(_TOKENS), {"token": token, "sent": sent, "location": location, "at": at})
            return location
    except IntegrityError:
        # Two POSTs at the same moment: PostgreSQL lets the second wait at the unique key, then refuses it.
        if (made := made_by(token, sent)) is None:
            raise
        return made


def made_by(token: str, sent: str) -> str | None:
    """Where the first POST led; None when there was none. Raises SentBefore when it sent something else."""
    kept = db.session.execute(_ONCE, {"given": token}).first()
    if kept is not None and kept.sent != sent:
        raise SentBefore
    return kept.location if kept is not None else None


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
        # INSERT OR REPLACE takes a row away too: its triggers are asked only with this on.
        connection.execute("PRAGMA recursive_triggers=ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
