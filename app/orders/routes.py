"""Pages of orders: all of them, a new one, one with its rows, and its files."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db import db, writing
from app.db.clock import now
from app.documents.actions import take_upload
from app.documents.domain.files import FileType
from app.documents.domain.uploads import NotTaken
from app.flow import Refused
from app.intake import takes
from app.orders import actions, exports, judgement, queries
from app.orders.domain import Outcome, Phase, told
from app.orders.kinds import KINDS, Kind
from app.orders.models import WorkOrder
from app.orders.workflow import Step
from app.page_language import current_language
from app.spreadsheet import CSV_TYPE, XLSX_TYPE
from app.templating import reason, word
from app.values.clock import local_date
from app.values.language import N_
from app.values.wholenumber import format_whole_number, small_number
from forms.orders import MendForm, OrderForm, OrderStepForm, mend_form

bp = Blueprint("orders", __name__, url_prefix="/bestillinger")

_STEPS: dict[str, tuple[Step, Callable[..., None], str]] = {
    "gjennomfor": (Step.CARRY_OUT, actions.carry_out, N_("Importen er satt i gang.")),
    "stans": (Step.STOP, actions.stop, N_("Arbeidet er stanset. Det som er gjort, er gjort.")),
    "fortsett": (Step.RESUME, actions.resume, N_("Arbeidet fortsetter.")),
    "prov-igjen": (Step.TRY_AGAIN, actions.try_again, N_("Radene som ikke gikk, prøves igjen.")),
}
# What is shown first: what needs a person.
_SHOWN = (Outcome.WRONG, Outcome.READY, Outcome.MADE, Outcome.EXISTS, Outcome.READ)


@bp.get("")
@needs(Permission.PLACE_ORDER)
def home() -> str:
    """The orders the reader may see, and what they may order."""
    actor = current_actor()
    mine = [kind for kind in KINDS.values() if actor.may(kind.needs)]
    return render_template("orders/home.html", orders=queries.listed(actor), kinds=mine, words=KINDS)


@bp.route("/ny/<code>", methods=["GET", "POST"])
@needs(Permission.PLACE_ORDER)
@takes(megabytes=21)
def new(code: str) -> Response | str | tuple[str, int]:
    """Lay in a file; it is tried at once, and nothing is done until that is seen."""
    actor, at, kind = current_actor(), now(), _kind(code)
    if not actor.may(kind.needs):
        abort(403)
    form, areas = OrderForm(), queries.areas_of(actor)
    form.area.choices = [(area.public_id, area.name) for area in areas]
    if request.method != "POST":
        return _new(kind, form)
    known = {area.public_id: area.id for area in areas}
    area_id = known.get(str(form.area.data)) if kind.of_area else None
    if not kind.of_area:
        del form.area
    whole, chosen = form.validate_on_submit(), form.file.chosen
    if chosen is None:
        form.file.refuse(reason(N_("Velg en fil.")))
    if not whole or chosen is None:
        return _new(kind, form), 422
    db.session.rollback()
    token = form.token
    try:
        upload = take_upload(
            chosen.stream, chosen.filename or "", FileType.XLSX, FileType.CSV, at=at, counts_only=kind.counts_only
        )
    except NotTaken as refused:
        form.file.refuse(reason(refused.reason))
        return _new(kind, form), 422
    location = once(token, at, lambda: _address(actions.place(kind.code, upload, area_id, by=actor, at=at).public_id))
    return redirect(location, 303)


def _new(kind: Kind, form: OrderForm) -> str:
    return render_template(
        "orders/new.html", kind=kind, form=form, headings=kind.headings(), codes=kind.codes(), now_in=current_language()
    )


def _address(public_id: str) -> str:
    return url_for("orders.order", public_id=public_id)


@bp.get("/mal/<code>.<ending>")
@needs(Permission.PLACE_ORDER)
def template(code: str, ending: str) -> Response:
    """An empty file with the right headings."""
    kind, language = _kind(code), current_language()
    if ending == "csv":
        return _file([exports.template_csv(kind.headings(), language)], CSV_TYPE, f"{kind.file}.csv")
    if ending != "xlsx":
        abort(404)
    data = exports.template_xlsx(kind.file, kind.headings(), language, local_date(now()))
    return _file([data], XLSX_TYPE, f"{kind.file}.xlsx")


@bp.get("/<public_id>")
@needs(Permission.PLACE_ORDER)
def order(public_id: str) -> str:
    """How far it has come, and the rows by what came of them."""
    found, actor = _found(public_id), current_actor()
    counts = queries.counts(found.id)
    first = next((each for each in _SHOWN if counts.get(each)), Outcome.WRONG)
    shown = next((each for each in Outcome if each.value == request.args.get("utfall")), first)
    rows = queries.rows(found.id, shown, request.args.get("etter", 0, type=small_number))
    kind = KINDS[found.kind]
    who, area = queries.who_and_where(found)
    return render_template(
        "orders/order.html",
        order=found,
        kind=kind,
        who=who,
        area=area,
        counts={outcome.value: many for outcome, many in counts.items()},
        count_items=_count_items(found, counts),
        waits=counts.get(Outcome.READY if found.phase is Phase.CARRY_OUT else Outcome.READ, 0),
        reads=found.phase is Phase.READ,
        shown=shown,
        rows=rows[: queries.PAGE],
        after=rows[queries.PAGE - 1].row_no if len(rows) > queries.PAGE else None,
        headings=kind.headings(),
        now_in=current_language(),
        links=kind.where([row.thing for row in rows if row.thing]),
        told=told,
        steps={step.value: judgement.why_not_take_step(found, step, actor, counts) for step in Step},
        mends=shown in (Outcome.WRONG, Outcome.READ) and not judgement.why_not_mend(found, None, actor),
    )


def _count_items(found: WorkOrder, counts: dict[Outcome, int]) -> list[tuple[str, str, str, str]]:
    """The line of counts, each a link to its rows."""
    return [
        (
            format_whole_number(counts[each]),
            word(each).lower(),
            url_for("orders.order", public_id=found.public_id, utfall=each.value),
            "danger" if each is Outcome.WRONG else "neutral",
        )
        for each in _SHOWN
        if counts.get(each)
    ]


@bp.post("/<public_id>/steg/<step>")
@needs(Permission.IMPORT_CLAIMS, Permission.IMPORT_STATISTICS)
def take_step(public_id: str, step: str) -> Response:
    """Carry out, stop, go on, or try the failed rows again."""
    found, actor, at, form = _found(public_id), current_actor(), now(), OrderStepForm()
    if step not in _STEPS:
        abort(404)
    if not actor.may(KINDS[found.kind].needs):
        abort(403)
    if not form.validate_on_submit():
        abort(400)
    order_id = found.id
    _, verb, done = _STEPS[step]
    with writing():
        verb(order_id, form.seen_version, by=actor, at=at)
    flash(done, "success")
    return redirect(_address(public_id), 303)


@bp.route("/<public_id>/rad/<int:row_no>", methods=["GET", "POST"])
@needs(Permission.PLACE_ORDER, post=(Permission.IMPORT_CLAIMS, Permission.IMPORT_STATISTICS))
def mend(public_id: str, row_no: int) -> Response | str | tuple[str, int]:
    """Write what a row should have said."""
    found, actor, at = _found(public_id), current_actor(), now()
    if request.method == "POST" and not actor.may(KINDS[found.kind].needs):
        abort(403)
    row = queries.locked_row(found.id, row_no) if row_no < 10**9 else None
    if row is None:
        abort(404)
    headings = KINDS[found.kind].headings()
    form = mend_form(headings, current_language())()
    closed = judgement.why_not_mend(found, row, actor)
    if request.method != "POST":
        for each in headings:
            form[f"cell_{each.code}"].data = row.says.get(each.code, "")
        return _mend(found, row, form, closed)
    if closed:
        return _mend(found, row, form, closed), 409
    if not form.validate_on_submit():
        return _mend(found, row, form, closed), 422
    order_id, says = found.id, form.says()
    try:
        with writing():
            actions.mend(order_id, row_no, says, by=actor, at=at)
    except Refused as refused:
        return _mend(_found(public_id), row, form, refused.reasons), 409
    flash(N_("Raden er rettet. Trykk «Prøv igjen» når du er ferdig med å rette."), "success")
    return redirect(_address(public_id), 303)


def _mend(found: WorkOrder, row: Any, form: MendForm, closed: Any) -> str:
    fields = [form[f"cell_{code}"] for code in form.codes]
    return render_template("orders/mend.html", order=found, row=row, form=form, fields=fields, closed=closed, told=told)


@bp.get("/<public_id>/resultat.csv")
@needs(Permission.PLACE_ORDER)
def result(public_id: str) -> Response:
    """Every row, with what came of it and why."""
    found = _found(public_id)
    heads = [reason(each) for each in (N_("Rad"), N_("Hva skjedde"), N_("Begrunnelse"))]
    rows = queries.every_row(found.id)
    kind, language = KINDS[found.kind], current_language()
    told_rows = exports.result_csv(heads, kind.headings(), language, rows, lambda row: word(row.outcome), reason)
    return _file(stream_with_context(told_rows), CSV_TYPE, f"{kind.file}-{found.public_id}.csv")


def _file(chunks: Iterable[bytes], media: str, name: str) -> Response:
    return Response(chunks, mimetype=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _kind(code: str) -> Kind:
    if code not in KINDS:
        abort(404)
    return KINDS[code]


def _found(public_id: str) -> WorkOrder:
    found = queries.by_public_id(public_id, current_actor())
    if found is None:
        abort(404)
    return found
