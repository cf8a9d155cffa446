"""What every page of the room begins and ends with."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.access.guards import current_actor
from app.cases.models import Case
from app.cases.queries import by_number
from app.values.scores import format_score
from app.values.wholenumber import large_number

bp = Blueprint("assessments", __name__)
bp.add_app_template_filter(format_score, "score")
Page = Response | str | tuple[str, int]


def case_of(number: str) -> Case:
    """The case of this number, when the person may see it. Aborts 404."""
    return by_number(number, current_actor()) or abort(404)


def seen_version() -> int:
    """The version seen, from the button's hidden field or its address. Aborts 400."""
    seen: int | None = request.values.get("version", type=large_number)
    return abort(400) if seen is None else seen


def to_case(case: Case) -> Response:
    """On to the case page."""
    return redirect(f"{request.script_root}/saker/{case.number}", 303)


def to_sheet(case: Case) -> Response:
    """On to the assessment of the case."""
    return redirect(url_for("assessments.sheet", number=case.number), 303)
