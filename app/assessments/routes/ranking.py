"""The round within its frame."""

from datetime import date

from flask import abort, render_template, request

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.assessments import queries
from app.assessments.domain import TIE_BREAK
from app.assessments.routes.blueprint import bp
from app.db.clock import now
from app.rules.models import Call
from app.rules.queries import rules_of
from app.values.clock import local_date


def _at_hand(calls: list[Call], today: date) -> Call | None:
    """The round being handled: the newest whose deadline is past, else the first to come."""
    return next((c for c in calls if c.deadline_on < today), next(iter(calls), None))


@bp.get("/fordeling")
@needs(Permission.RECOMMEND, Permission.DECIDE)
def ranking() -> str:
    """The order of a round, the line where the frame is used up, and who is not finished."""
    calls = queries.calls()
    asked = request.args.get("utlysning")
    call = next((c for c in calls if c.public_id == asked), None) if asked else _at_hand(calls, local_date(now()))
    if call is None and asked:
        abort(404)
    found = queries.round_of(call, rules_of(call.rule_version_id), current_actor()) if call else None
    return render_template("assessments/ranking.html", calls=calls, round=found, tie_break=TIE_BREAK)
