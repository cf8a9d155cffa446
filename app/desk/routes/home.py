"""«Mine oppgaver»: what waits for this person, nearest deadline first."""

from typing import Any

from flask import render_template, url_for

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db.clock import now
from app.desk.queries import home, rounds
from app.desk.queries.timeline import told
from app.desk.routes.blueprint import bp
from app.values.clock import local_date


@bp.get("/mine-oppgaver", endpoint="home")
@needs(Permission.READ_CASES)
def home_page() -> str:
    """The day's work."""
    actor, at = current_actor(), now()
    today = local_date(at)
    cases = home.cases_of(actor)
    mine, others = home.waiting(actor, at, cases)
    days = [(task.due_on - today).days for task in mine if task.due_on]
    return render_template(
        "desk/home.html",
        tasks=[(task, url_for(task.endpoint, **dict[str, Any](task.values))) for task in mine],
        over=sum(left < 0 for left in days),
        week=sum(0 <= left <= 7 for left in days),
        waiting=others,
        free=cases.free,
        may_take=actor.may(Permission.ASSESS),
        may_distribute=actor.may(Permission.DISTRIBUTE),
        news=[(told(row), row.number, row.party_name) for row in home.news(actor, at)],
        rounds=rounds.left(),
        today=today,
        most=home.MOST,
    )
