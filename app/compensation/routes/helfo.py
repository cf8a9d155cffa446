"""What Helfo pays: the claims that are to be told, each file that was made, and what Helfo has paid of it."""

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names
from app.compensation import actions, exports, judgement, queries
from app.compensation.domain import statistics
from app.compensation.exports import COLUMNS
from app.compensation.queries.helfo import Exported
from app.compensation.routes import bp
from app.compensation.routes.paging import Lists
from app.db import db, writing
from app.db.clock import now
from app.documents.actions import store
from app.documents.queries import read
from app.flow import Refused
from app.page_language import current_language
from app.spreadsheet import CSV_TYPE
from app.values.clock import local_date
from app.values.language import N_
from app.values.wholenumber import small_number
from forms.helfo import ExportForm, HelfoPaidForm

_SEES = (Permission.REVIEW_CLAIM, Permission.READ_PAYOUTS)


@bp.get("/fastleger/helfo")
@needs(*_SEES)
def helfo() -> str:
    """The claims of the year that are approved and in no file yet, and the files that are made."""
    years = _years()
    year = _year(years)
    rows, made = queries.for_helfo(year), queries.exports_of(year)
    actor = current_actor()
    return render_template(
        "compensation/helfo.html",
        year=year,
        years=years,
        many=len(rows),
        sum_ore=sum(row.claim.approved_ore or 0 for row in rows),
        control=actions.control_of_these(rows),
        closed=judgement.why_not_export([row.claim for row in rows], actor),
        made=made,
        officer=actor.may(Permission.REVIEW_CLAIM),
        exported=bool(made or queries.exported_versions()),
        columns=[column.head for column in COLUMNS],
        by_statistics=year in queries.statistics_years(),
        months=queries.months_told(year),
        headings=[each.in_(current_language()) for each in statistics.HEADINGS],
    )


@bp.post("/fastleger/ny-fil-til-helfo")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def export_for_helfo() -> Response:
    """Make the file of what the page showed: kept as it is, each claim in it for good."""
    form, actor, at = ExportForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    year = _year(_years())
    data = b"".join(exports.helfo_csv(queries.for_helfo(year)))
    db.session.rollback()
    sha256, control = store(data, CSV_TYPE, at), str(form.control.data)
    with writing():
        number = actions.export_claims(year, control, sha256, by=actor, at=at).number
    flash(N_("Filen er laget. Kravene i den kommer ikke med i noen annen fil."), "success")
    return redirect(url_for("compensation.helfo_export", number=number), 303)


@bp.get("/fastleger/helfo/<number>")
@needs(*_SEES)
def helfo_export(number: str) -> Response | str:
    """One file: who made it, what is in it, and what Helfo has paid."""
    return _draw(_export(number), HelfoPaidForm(formdata=None))


@bp.get("/fastleger/helfo/<number>/fil.csv")
@needs(*_SEES)
def helfo_file(number: str) -> FlaskResponse:
    """The kept bytes: the same every time."""
    found = _export(number).export
    named = {"Content-Disposition": f'attachment; filename="{found.filename}"'}
    return FlaskResponse(read(found.sha256), mimetype=CSV_TYPE, headers=named)


@bp.post("/fastleger/helfo/<number>/betalt")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def helfo_paid(number: str) -> Response | str | tuple[Response | str, int]:
    """Helfo has paid what is left of the file, or all but some of it."""
    found, form, actor, at = _export(number), HelfoPaidForm(), current_actor(), now()
    form.limit(local_date(found.export.made_at), local_date(at))
    if reasons := judgement.why_not_register_paid(found.export, found.left_claims, actor):
        raise Refused(reasons)
    if not form.validate_on_submit():
        return _draw(found, form), 422
    export_id, told = found.export.id, form.facts()
    db.session.rollback()
    try:
        with writing():
            actions.register_helfo_paid(export_id, told, by=actor, at=at)
    except Refused as refused:
        form.tell(refused.reasons)
        return _draw(_export(number), form), 422
    flash(N_("Kravene er betalt, og mottakerne får beskjed."), "success")
    return redirect(url_for("compensation.helfo_export", number=number), 303)


def _draw(found: Exported, form: HelfoPaidForm) -> Response | str:
    lists, actor = Lists("compensation.helfo_export", "side", number=found.export.number), current_actor()
    rows = queries.claims_in(found.export.id, lists["side"])
    leaf = lists.leaf("side", len(rows), count=found.export.claims)
    if lists.is_beyond:
        return lists.back()
    payments = queries.payments_of(found.export.id)
    return render_template(
        "compensation/helfo_export.html",
        found=found,
        export=found.export,
        rows=rows,
        leaf=leaf,
        payments=payments,
        people=names({found.export.made_by} | {each.registered_by for each in payments}),
        closed=judgement.why_not_register_paid(found.export, found.left_claims, actor),
        finance=actor.may(Permission.AUTHORISE_FILE),
        form=form,
    )


def _export(number: str) -> Exported:
    return queries.export_numbered(number) or abort(404)


def _years() -> list[int]:
    this_year = local_date(now()).year
    earlier = {year for year in queries.statistics_years() if year < this_year}
    return sorted({*queries.exported_years(this_year), *earlier}, reverse=True)


def _year(years: list[int]) -> int:
    """The year that is asked for, else this one; 404 for a year without such rules."""
    asked = request.args.get("aar", years[0], type=small_number)
    return asked if asked in years else abort(404)
