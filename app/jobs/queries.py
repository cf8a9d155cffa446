"""Reading the rows that tell how each job went."""

from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.db.runs import JobRun
from app.jobs.timetable import TIMETABLE

NEWEST = 200


def last_runs() -> dict[str, datetime]:
    """The moment each job last answered; a run that was broken off does not count."""
    query = sa.select(JobRun.name, sa.func.max(JobRun.for_at).label("at")).where(JobRun.finished_at.is_not(None))
    return {row.name: row.at for row in db.session.execute(query.group_by(JobRun.name))}


def newest() -> list[JobRun]:
    """The last runs, newest first."""
    return list(db.session.scalars(sa.select(JobRun).order_by(JobRun.id.desc()).limit(NEWEST)))


def newest_of_each() -> dict[str, JobRun]:
    """The last run of each job."""
    ids = sa.select(sa.func.max(JobRun.id)).where(JobRun.name.in_([j.name for j in TIMETABLE])).group_by(JobRun.name)
    return {run.name: run for run in db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(ids)))}


def last_of(name: str) -> JobRun | None:
    """The last run of this job."""
    return db.session.scalar(sa.select(JobRun).where(JobRun.name == name).order_by(JobRun.id.desc()).limit(1))
