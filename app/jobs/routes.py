"""The page about jobs: when each ran, how it went, and when it comes next."""

from flask import Blueprint, render_template

from app.access.domain import Permission
from app.access.guards import needs
from app.db.clock import now
from app.jobs import queries
from app.jobs.timetable import TIMETABLE

bp = Blueprint("jobs", __name__, url_prefix="/jobber")


@bp.get("")
@needs(Permission.READ_JOBS)
def home() -> str:
    """The timetable with the last run of each job, and the newest runs."""
    at, last = now(), queries.newest_of_each()
    table = [(job, last.get(job.name), job.when.following(at)) for job in TIMETABLE]
    return render_template(
        "jobs/home.html", table=table, runs=queries.newest(), words={j.name: j.words for j in TIMETABLE}
    )
