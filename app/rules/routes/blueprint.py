"""What the room's pages share."""

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from app.rules import queries
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
