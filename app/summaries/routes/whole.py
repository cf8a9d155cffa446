"""The list of deliveries, a version with its text, figures and what has changed since, and its files."""

from flask import Response as FileResponse
from flask import abort, current_app, render_template, request

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.access.queries import names
from app.config import Settings
from app.db.clock import now
from app.spreadsheet import XLSX_TYPE
from app.summaries import judgement, queries
from app.summaries.domain import Counted, differences, filled, from_data
from app.summaries.exports import Sender, as_pdf, as_xlsx
from app.summaries.kinds import kinds_of
from app.summaries.models import Summary
from app.summaries.routes.blueprint import bp, found
from app.values.clock import local_date
from app.values.deadlines import last_working_day_before
from app.values.identity import format_orgnr
from app.values.wholenumber import small_number

PDF_TYPE = "application/pdf"


@bp.get("")
@needs(Permission.READ_CASES)
def home() -> str:
    """Every delivery of a year with its day, the last working day before it, its state and who has it."""
    today = local_date(now())
    years = queries.years(today.year)
    year = request.args.get("aar", type=small_number) or today.year
    if years and year not in years:
        abort(404)
    begun = queries.newest_of(year)
    actor = current_actor()
    rows = [
        {
            "kind": kind,
            "due_on": kind.due_on(year),
            "last_on": last_working_day_before(kind.due_on(year)),
            "summary": begun.get(kind.name),
            "open": not judgement.why_not_begin(kind, year, actor, today) if kind.name not in begun else False,
        }
        for kind in kinds_of(year)
    ]
    owners = names({each.drafted_by for each in begun.values()})
    return render_template("summaries/home.html", rows=rows, year=year, years=years, owners=owners)


@bp.get("/<public_id>")
@needs(Permission.READ_CASES)
def summary(public_id: str) -> str:
    """A version: as it is now while it is written, and as it was frozen, with what has changed since, afterwards."""
    shown, kind = found(public_id)
    fresh = queries.counted_now(shown.kind, shown.year, now())
    counted = _counted(shown, fresh)
    hands = names({hand for hand in (shown.drafted_by, shown.approved_by) if hand is not None})
    return render_template(
        "summaries/summary.html",
        summary=shown,
        kind=kind,
        counted=counted,
        texts={s.code: filled(str(shown.texts.get(s.code, "")), counted, shown.language) for s in kind.sections},
        differences=differences(counted, fresh) if shown.figures is not None else [],
        offers=judgement.offers(shown, kind, fresh, current_actor()),
        last_on=last_working_day_before(shown.due_on),
        versions=queries.versions(shown),
        history=queries.history(shown),
        hands=hands,
    )


@bp.get("/<public_id>/leveranse.<suffix>")
@needs(Permission.READ_CASES)
def file(public_id: str, suffix: str) -> FileResponse:
    """The delivery as tagged PDF or as a spreadsheet; a draft says that it is one."""
    shown, kind = found(public_id)
    today = local_date(now())
    counted = _counted(shown)
    if suffix == "pdf":
        answer = FileResponse(as_pdf(shown, kind, counted, _sender(), today), mimetype=PDF_TYPE)
    elif suffix == "xlsx":
        answer = FileResponse(as_xlsx(shown, kind, counted, today), mimetype=XLSX_TYPE)
    else:
        abort(404)
    name = f"{shown.kind}-{shown.year}-{shown.number}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _counted(shown: Summary, fresh: Counted | None = None) -> Counted:
    if shown.figures is not None:
        return from_data(shown.figures)
    return fresh or queries.counted_now(shown.kind, shown.year, now())


def _sender() -> Sender:
    settings: Settings = current_app.config["SETTINGS"]
    return Sender(settings.authority, format_orgnr(settings.authority_orgnr), settings.base_url, settings.demo)
