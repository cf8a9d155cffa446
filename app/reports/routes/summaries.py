"""The summaries: per pot, year and kind; the same rows as page, print and files."""

from datetime import date
from typing import Any

from flask import Response as FileResponse
from flask import abort, render_template, request, url_for
from flask_babel import gettext

from app.access.domain import Permission as P
from app.access.guards import needs
from app.db.clock import now
from app.reports import queries
from app.reports.domain.summary import GOALS, Figure, SummaryRow, name_of, rows_of, summarise, summary_due_on
from app.reports.routes.blueprint import bp
from app.rules.domain import Answer, Question, ReportKind
from app.spreadsheet import CSV_TYPE, XLSX_TYPE, Cell, Kroner, csv_file, xlsx_file
from app.templating import current_language
from app.values.clock import local_date
from app.values.deadlines import last_working_day_before
from app.values.language import N_, Language
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
    heads, cells = _heads(facts["numbers"]), [_cells(row, facts["numbers"]) for row in rows]
    made_on: date = local_date(now())
    if suffix == "csv":
        answer = FileResponse(csv_file(heads, cells), mimetype=CSV_TYPE)
    elif suffix == "xlsx":
        answer = FileResponse(xlsx_file(_title(year, kind), heads, cells, made_on), mimetype=XLSX_TYPE)
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


def _heads(numbers: list[Question]) -> list[str]:
    own = [
        N_("Sak"),
        N_("Mottaker"),
        N_("Prosjekt"),
        N_("Status"),
        N_("Frist"),
        N_("Levert"),
        N_("Levert etter fristen"),
        N_("Innvilget"),
        N_("Budsjett"),
        N_("Mottatt"),
        N_("Brukt"),
        N_("Ubrukt"),
        N_("Egen vurdering av målet"),
        N_("Konklusjon om målet"),
    ]
    return [*map(gettext, own), *(question.words.in_(current_language()) for question in numbers)]


def _cells(row: SummaryRow, numbers: list[Question]) -> list[Cell]:
    return [
        row.case_number,
        row.party,
        row.title,
        gettext(row.status.word),
        row.due_on,
        row.delivered_on,
        gettext(N_("Ja")) if row.late else gettext(N_("Nei")),
        Kroner(row.award_ore),
        Kroner(row.budget_ore),
        Kroner(row.received_ore),
        _kroner(row.used_ore),
        _kroner(row.unused_ore),
        gettext(row.own_goal.word) if row.own_goal else None,
        gettext(row.conclusion.word) if row.conclusion else None,
        *(_number(question, row.numbers.get(question.code)) for question in numbers),
    ]


def _number(question: Question, value: int | None) -> int | None:
    return _kroner(value) if question.answer is Answer.MONEY else value


def _kroner(ore: int | None) -> Kroner | None:
    return None if ore is None else Kroner(ore)
