"""What the room's pages share."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.page_language import current_language
from app.rules import queries
from app.rules.domain import scheme_year
from app.rules.models import RuleVersion

bp = Blueprint("rules", __name__, url_prefix="/regelverk")
Answer = Response | str | tuple[str, int]
VERSION = "/<pot>/<int:year>/<int:number>"


def code() -> int:
    """A form that is shown again after a POST was not understood: 422."""
    return 422 if request.method == "POST" else 200


def found(pot: str, year: int, number: int) -> RuleVersion:
    """The version of this address. Aborts 404."""
    return queries.version_at(pot, year, number) or abort(404)


@bp.app_template_global("scheme_year")
def name_of_scheme_year(scheme_code: str, year: int) -> str:
    """What every page calls a scheme in a year, in the reader's language."""
    return scheme_year(queries.scheme_name(scheme_code).in_(current_language()), year)


def done(words: str, pot: str, year: int, number: int) -> Response:
    """Back to the version, which says so."""
    flash(words, "success")
    return redirect(url_for("rules.version", pot=pot, year=year, number=number), 303)
