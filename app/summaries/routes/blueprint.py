"""What the room's pages share."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from app.page_language import current_language
from app.summaries import queries
from app.summaries.domain import Cell, Column, Difference, Figure, Kind, shown
from app.summaries.kinds import kind_of
from app.summaries.models import Summary

bp = Blueprint("summaries", __name__, url_prefix="/leveranser")
Answer = Response | str | tuple[str, int]


@bp.app_template_filter("figure")
def figure(of: Figure) -> str:
    """The value of a figure as people read it."""
    return shown(of.value, of.unit, current_language())


@bp.app_template_filter("cell_of")
def cell_of(value: Cell, of: Column | Difference) -> str:
    """A cell of a column, or one side of a difference."""
    return shown(value, of.unit, current_language())


def found(public_id: str) -> tuple[Summary, Kind]:
    """The version of this address. Aborts 404."""
    summary = queries.by_public_id(public_id) or abort(404)
    return summary, kind_of(summary.kind) or abort(404)
