"""Running one job, and the rows that tell people how it went."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

import structlog

from app.db import db, writing
from app.db.clock import now
from app.db.locks import alone
from app.db.runs import JobRun, Tally
from app.jobs import queries
from app.jobs.timetable import Job, job

log = structlog.get_logger()

# A job that finds nothing every few seconds tells that it lives once a minute, on the row of its last empty run.
SIGN_OF_LIFE = timedelta(minutes=1)


class Busy(Exception):
    """Another process is running this job now."""


def run(name: str, at: datetime, *, for_at: datetime | None = None) -> Tally:
    """Run a job as if it were `at`, alone on all machines, and leave a row. Raises KeyError or Busy.

    `for_at` is the moment of the timetable it answers; a letter sent after a night's stop is still told the morning.
    A fault of the job itself does not come out: it stands in the row and in the log.
    """
    found = job(name)
    with alone(f"job-{name}") as ours:
        if not ours:
            raise Busy(name)
        started_at = now()
        key = None if found.quiet else _start(found, for_at or at, started_at)
        tally = _do(found, at)
        _finish(key, found, tally, for_at or at, started_at)
    return tally


def function_of(found: Job) -> Callable[[datetime], int | Tally | None] | None:
    """What the job does; None while its room is not there."""
    module, _, name = found.does.rpartition(".")
    room = module.rpartition(".")[0]
    if find_spec(room) is None or find_spec(module) is None:
        return None
    return getattr(import_module(module), name, None)


def _do(found: Job, at: datetime) -> Tally:
    does = function_of(found)
    if does is None:
        return Tally()
    try:
        answer = does(at)
    except Exception as fault:  # the row and the log tell; the timetable goes on
        db.session.rollback()
        log.exception("job failed", job=found.name)
        return Tally(failed=1, message=f"{type(fault).__name__}: {fault}"[:500])
    return answer if isinstance(answer, Tally) else Tally(done=answer or 0)


def _start(found: Job, for_at: datetime, started_at: datetime) -> int:
    row = JobRun(name=found.name, for_at=for_at, started_at=started_at)
    with writing() as session:
        session.add(row)
    return row.id


def _finish(key: int | None, found: Job, tally: Tally, for_at: datetime, started_at: datetime) -> None:
    last = queries.last_of(found.name)
    if key is None and tally == Tally() and _told_lately(last, started_at):
        return
    # An empty run of a quiet job is written over the empty one before it.
    over = key or (last.id if last is not None and tally == Tally() and _empty(last) else None)
    with writing() as session:
        row = session.get(JobRun, over) if over else None
        if row is None:
            row = JobRun(name=found.name)
            session.add(row)
        row.for_at, row.started_at, row.finished_at = for_at, started_at, now()
        row.done, row.failed, row.message = tally.done, tally.failed, tally.message


def _told_lately(last: JobRun | None, at: datetime) -> bool:
    return last is not None and last.finished_at is not None and at - last.finished_at < SIGN_OF_LIFE


def _empty(last: JobRun) -> bool:
    return not (last.done or last.failed or last.message)
