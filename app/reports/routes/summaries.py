"""The summaries: per pot, year and kind; the same rows as page, print and files."""

from typing import Any

from flask import Response as FileResponse
from flask import abort, render_template, request, url_for
from flask_babel import gettext

from app.access.domain import Permission as P
from app.access.guards import needs
from app.db.clock import now
from app.page_language import current_language
from app.reports import queries
from app.reports.domain.summary import GOALS, Figure, name_of, rows_of, summarise, summary_due_on
from app.reports.exports import summary_csv, summary_xlsx
from app.reports.routes.blueprint import bp
from app.rules.domain import ReportKind
from app.spreadsheet import CSV_TYPE, XLSX_TYPE
from app.values.clock import local_date
from app.values.deadlines import last_working_day_before
from app.values.language import Language
from app.values.wholenumber import small_number

BASE = "/rapporter/<pot>/<int:year>/<kind>"
KINDS = {"statusrapport": ReportKind.STATUS, "arsrapport": ReportKind.YEAR, "sluttrapport": ReportKind.FINAL}
ADDRESS = {kind: word for word, kind in KINDS.items()}


@bp.get("/rapporter")
@needs(P.READ_CASES)
def summary_home() -> str:
    """Pots, years and kinds with reports, newest first, two years at a time."""
    page = queries.page(request.args.get("aar", type=small_number))
    return render_template(
        "reports/summaries.html",
        groups=page.groups,
        newer=page.newer and url_for("reports.summary_home", aar=page.newer),
        older=page.older and url_for("reports.summary_home", aar=page.older),
        address=ADDRESS,
        name_of=name_of,
        pot_name=_pot_name,
        Figure=Figure,
    )


@bp.get(BASE)
@needs(P.READ_CASES)
def summary(pot: str, year: int, kind: str) -> str:
    """The summary; with `vis` exactly the rows of one figure."""
    facts = _facts(pot, year, kind)
    chosen = _figure()
    facts["shown"] = rows_of(chosen, facts["rows"]) if chosen else facts["rows"]
    return render_template("reports/summary.html", chosen=chosen, **facts)


@bp.get(f"{BASE}/utskrift")
@needs(P.READ_CASES)
def summary_print(pot: str, year: int, kind: str) -> str:
    """One page written for print."""
    return render_template("reports/print.html", made_at=now(), **_facts(pot, year, kind))


@bp.get(f"{BASE}/oppsummering.<suffix>")
@needs(P.READ_CASES)
def summary_file(pot: str, year: int, kind: str, suffix: str) -> FileResponse:
    """The rows as a spreadsheet or as CSV; with `vis` those of one figure."""
    facts = _facts(pot, year, kind)
    chosen = _figure()
    rows = rows_of(chosen, facts["rows"]) if chosen else facts["rows"]
    if suffix == "csv":
        answer = FileResponse(summary_csv(rows, facts["numbers"]), mimetype=CSV_TYPE)
    elif suffix == "xlsx":
        made = summary_xlsx(_title(year, kind), rows, facts["numbers"], local_date(now()))
        answer = FileResponse(made, mimetype=XLSX_TYPE)
    else:
        abort(404)
    answer.headers["Content-Disposition"] = f'attachment; filename="rapporter-{pot}-{year}-{kind}.{suffix}"'
    return answer


def _facts(pot: str, year: int, kind: str) -> dict[str, Any]:
    if kind not in KINDS:
        abort(404)
    group = queries.group(pot, year, KINDS[kind])
    if group is None:
        abort(404)
    rows, numbers = queries.rows(group)
    due_on = summary_due_on(group.due_on)
    return {
        "group": group,
        "rows": rows,
        "numbers": numbers,
        "summary": summarise(rows),
        "figures": [figure for figure in Figure if figure not in GOALS],
        "goals": GOALS,
        "missing": rows_of(Figure.MISSING, rows),
        "due_on": due_on,
        "last_working_day": last_working_day_before(due_on),
        "pot_name": _pot_name(group),
        "language_now": current_language(),
        "name": name_of(group.kind),
        "here": {"pot": pot, "year": year, "kind": kind},
        "Figure": Figure,
    }


def _figure() -> Figure | None:
    asked = request.args.get("vis", "")
    return Figure(asked) if asked in set(Figure) else None


def _pot_name(group: queries.Group) -> str:
    return group.pot_nn if current_language() == Language.NN else group.pot_nb


def _title(year: int, kind: str) -> str:
    return f"{gettext(name_of(KINDS[kind]))} {year}"
