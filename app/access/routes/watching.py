"""What happened at the door, for the administrator."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from app.access import queries
from app.access.domain import Happening, Permission
from app.access.guards import needs
from app.access.routes.blueprint import bp
from app.values.wholenumber import small_number

MANY = 50


@bp.get("/sikkerhet")
@needs(Permission.MANAGE_USERS)
def security() -> str:
    """Failed log-ins and closed doors, newest first."""
    asked, username = request.args.get("hva"), request.args.get("bruker", "")[:200]
    kind = Happening(asked) if asked in set(Happening) else None
    found = queries.happenings(kind, username, request.args.get("for", type=small_number), MANY)
    rows, more = found[:MANY], len(found) > MANY
    filters: dict[str, Any] = {"hva": kind.value if kind else None, "bruker": username or None}
    return render_template(
        "access/security.html",
        rows=rows,
        kind=kind,
        username=username,
        kinds_shown=[(each.value, gettext(each.word)) for each in Happening],
        older=url_for("access.security", **{**filters, "for": rows[-1][0].id}) if more else None,
        newest=url_for("access.security", **filters),
        paged="for" in request.args,
    )
