"""The program's clock: the system's, moved by the offset a demo keeps with its data."""

import time
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.session import db
from app.values.clock import system_now

CACHE_SECONDS = 1.0


class ClockOffset(Base):
    """One row, in demo mode only: how far ahead of (or behind) the system's clock the program runs."""

    __tablename__ = "clock_offset"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seconds: Mapped[int]


def now() -> datetime:
    """The moment it is, for the program, in UTC."""
    if not current_app.config["DEMO"]:
        return system_now()
    return system_now() + timedelta(seconds=_offset())


def was_demo() -> bool:
    """Whether this database ever was a demo: its clock is set before its first person is, and stays set."""
    return db.session.get(ClockOffset, 1) is not None


def start_at(moment: datetime) -> None:
    """Set the demo's clock at its first start; later starts keep what is stored."""
    if db.session.get(ClockOffset, 1) is None:
        seconds = int((moment - system_now()).total_seconds())
        db.session.add(ClockOffset(id=1, seconds=seconds))


def forward(by: timedelta) -> None:
    """Move the demo's clock ahead. Raises ValueError when asked to go back: what has happened, has happened."""
    if by <= timedelta(0):
        raise ValueError("the clock only goes forward")
    row = db.session.get(ClockOffset, 1, with_for_update=True)
    if row is None:
        row = ClockOffset(id=1, seconds=0)
        db.session.add(row)
    row.seconds += int(by.total_seconds())
    current_app.extensions.pop("tilsagn-clock", None)


def _offset() -> int:
    """The stored offset, read at most once a second: a page asks for the time many times."""
    kept: tuple[float, int] | None = current_app.extensions.get("tilsagn-clock")
    if kept is not None and time.monotonic() - kept[0] < CACHE_SECONDS:
        return kept[1]
    with db.engine.connect() as connection:
        seconds = connection.scalar(sa.select(ClockOffset.seconds)) or 0
    current_app.extensions["tilsagn-clock"] = (time.monotonic(), seconds)
    return seconds
