"""«Mine oppgaver»: what waits for this person, nearest deadline first."""

from typing import Any

from flask import current_app, render_template, url_for

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db.clock import now
from app.desk.queries import home
from app.desk.queries.case import told
from app.desk.routes.blueprint import bp
from app.templating import current_language
from app.values.clock import local_date
from app.values.language import Language


@bp.get("/mine-oppgaver", endpoint="home")
@needs(Permission.READ_CASES)
def home_page() -> str:
    """The day's work."""
    actor, at = current_actor(), now()
    today = local_date(at)
    free = home.unassigned() if actor.may(Permission.REGISTER) else []
    mine, others = home.waiting(actor, at, free)
    over, week = home.counts(actor, today)
    nn = current_language() is Language.NN
    return render_template(
        "desk/home.html",
        tasks=[(task, url_for(task.endpoint, **dict[str, Any](task.values))) for task in mine],
        over=_capped(over),
        week=_capped(week),
        waiting=others,
        free=free,
        may_take="cases.take" in current_app.view_functions and actor.may(Permission.ASSESS),
        may_distribute="cases.distribute" in current_app.view_functions and actor.may(Permission.DISTRIBUTE),
        news=[(told(row), row.number, row.party_name) for row in home.news(actor, at)],
        rounds=[(r.title_nn if nn else r.title_nb, r) for r in home.rounds(today)],
        today=today,
        most=home.MOST,
    )


def _capped(count: int) -> str:
    return f"{home.MOST_COUNTED}+" if count > home.MOST_COUNTED else str(count)
