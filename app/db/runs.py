"""Runs of jobs, for people to see, and how a job goes through its items."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.session import db

K = TypeVar("K")
log = structlog.get_logger()

# Set when the worker is told to stop: jobs end after the item at hand.
stopping = Event()


class JobRun(Base):
    """One run of a job. `for_at` is the tick it answers; without `finished_at` it was broken off."""

    __tablename__ = "job_run"
    __table_args__ = (sa.Index("ix_job_run_name", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    for_at: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class Tally:
    """What a run did. `message` is the first fault, for the person who looks."""

    done: int = 0
    failed: int = 0
    message: str = ""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.done + other.done, self.failed + other.failed, self.message or other.message)


def each(keys: Iterable[K], do: Callable[[K], object]) -> Tally:
    """Do every item on its own: a bad one is logged and the rest go on. For jobs, with one `writing()` inside `do`.

    `do` may answer False (there was nothing to do) or a Tally; anything else counts as one done.
    """
    total = Tally()
    for key in keys:
        if stopping.is_set():
            break
        try:
            answer = do(key)
            total += answer if isinstance(answer, Tally) else Tally(done=0 if answer is False else 1)
        except Exception as fault:  # one bad item must not stop the others
            db.session.rollback()
            log.exception("job item failed", item=str(key))
            total += Tally(failed=1, message=f"{type(fault).__name__}: {fault}"[:500])
    return total
