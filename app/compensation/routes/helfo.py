"""What Helfo is to pay in a year: the page that tells what the file holds, and the file."""

from flask import Response, abort, render_template, request

from app.access.domain import Permission
from app.access.guards import needs
from app.compensation import exports, queries
from app.compensation.domain import control_of
from app.compensation.exports import COLUMNS
from app.compensation.routes import bp
from app.db.clock import now
from app.spreadsheet import CSV_TYPE
from app.values.clock import local_date
from app.values.wholenumber import small_number


@bp.get("/fastleger/helfo")
@needs(Permission.REVIEW_CLAIM)
def helfo() -> str:
    """The claims of the year that are approved and not paid here, and what stands in the file."""
    years = queries.exported_years(local_date(now()).year)
    year = _year(years)
    rows = queries.for_helfo(year)
    return render_template(
        "compensation/helfo.html",
        year=year,
        years=years,
        many=len(rows),
        sum_ore=sum(row.claim.approved_ore or 0 for row in rows),
        control=control_of([(row.claim.id, row.claim.version, row.claim.approved_ore or 0) for row in rows]),
        exported=bool(queries.exported_versions()),
        columns=[column.head for column in COLUMNS],
    )


@bp.get("/fastleger/helfo.csv")
@needs(Permission.REVIEW_CLAIM)
def helfo_file() -> Response:
    """The file, the whole year."""
    year = _year(queries.exported_years(local_date(now()).year))
    data = b"".join(exports.helfo_csv(queries.for_helfo(year)))
    named = {"Content-Disposition": f'attachment; filename="helfo-{year}.csv"'}
    return Response(data, mimetype=CSV_TYPE, headers=named)


def _year(years: list[int]) -> int:
    """The year that is asked for, else this one; 404 for a year without such rules."""
    asked = request.args.get("aar", years[0], type=small_number)
    return asked if asked in years else abort(404)
