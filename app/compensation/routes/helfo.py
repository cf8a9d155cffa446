"""What Helfo is to pay: the page that tells what the file holds, and the file."""

from flask import Response, render_template

from app.access.domain import Permission
from app.access.guards import needs
from app.compensation import exports, queries
from app.compensation.exports import COLUMNS
from app.compensation.routes import bp
from app.db.clock import now
from app.spreadsheet import CSV_TYPE
from app.values.clock import local_date


@bp.get("/fastleger/helfo")
@needs(Permission.REVIEW_CLAIM)
def helfo() -> str:
    """The claims of this year that are approved and not paid here, and what stands in the file."""
    year = local_date(now()).year
    rows = queries.for_helfo(year)
    return render_template(
        "compensation/helfo.html",
        year=year,
        many=len(rows),
        sum_ore=sum(row.claim.approved_ore or 0 for row in rows),
        exported=bool(queries.exported_versions()),
        columns=[column.head for column in COLUMNS],
    )


@bp.get("/fastleger/helfo.csv")
@needs(Permission.REVIEW_CLAIM)
def helfo_file() -> Response:
    """The file, the whole year."""
    year = local_date(now()).year
    data = b"".join(exports.helfo_csv(queries.for_helfo(year)))
    named = {"Content-Disposition": f'attachment; filename="helfo-{year}.csv"'}
    return Response(data, mimetype=CSV_TYPE, headers=named)
