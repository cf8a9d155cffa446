"""Counting tries before they are checked, so that thirty at once are no more than thirty in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.access import queries
from app.access.domain import QUIET, Brake
from app.access.domain.tries import PLACE
from app.access.models import LoginBrake
from app.db import db, writing

_ROWS: Any = LoginBrake.__table__


class TooMany(Exception):
    """Too many tries have failed; the next may come after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True)
class Counted:
    """A try as it was counted, with the moment each row had before."""

    at: datetime
    brakes: Mapping[str, Brake]
    before: Mapping[str, datetime]


def count(brakes: Mapping[str, Brake], at: datetime) -> Counted:
    """Count a try as failed until it is known to be right. Commits. Raises TooMany, and then counts nothing."""
    # Always in the same order: two who wait for each other's rows would wait for ever.
    keys = sorted(brakes)
    with writing() as session:
        session.execute(_missing(), [{"key": key, "failures": 0, "last_at": at} for key in keys])
        rows = queries.locked_tries(keys)
        failed = {row.key: 0 if at - row.last_at >= QUIET else row.failures for row in rows}
        wait = max(row.last_at + brakes[row.key].wait(failed[row.key]) - at for row in rows)
        if wait > timedelta(0):
            raise TooMany(wait)
        session.execute(
            sa.update(_ROWS)
            .where(_ROWS.c.key == sa.bindparam("which"))
            .values(failures=sa.bindparam("so_many"), last_at=at),
            [{"which": key, "so_many": failed[key] + 1} for key in keys],
        )
        return Counted(at, brakes, {row.key: row.last_at for row in rows})


def take_out(counted: Counted) -> None:
    """It was no failure: its own place begins anew, and the rest stand as if it had not been. Commits."""
    with writing() as session:
        for key in sorted(counted.brakes):
            row = sa.update(_ROWS).where(_ROWS.c.key == key)
            if counted.brakes[key] is PLACE:
                session.execute(row.values(failures=0))
                continue
            fewer = sa.case((_ROWS.c.failures > 0, _ROWS.c.failures - 1), else_=0)
            since = sa.case((_ROWS.c.last_at == counted.at, counted.before[key]), else_=_ROWS.c.last_at)
            session.execute(row.values(failures=fewer, last_at=since))


def _missing() -> Any:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(_ROWS).on_conflict_do_nothing()
