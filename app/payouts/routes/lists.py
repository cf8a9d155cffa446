"""A locked list: its lines, its files and what came of it (pages.md 10)."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, TypeVar

from flask import abort, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names
from app.db import db, writing
from app.db.clock import now
from app.documents.queries import read
from app.flow import Refused
from app.payouts import actions, queries
from app.payouts.judgement import answered_for, reasons_against, why_not_take_file
from app.payouts.models import PayoutList
from app.payouts.routes import bp
from app.payouts.routes.impartiality import answered, form_for
from app.payouts.routes.lines import shown, versions_of
from app.payouts.workflow import HANDS, Status, Step
from app.spreadsheet import CSV_TYPE, XLSX_TYPE
from app.values.clock import local_date
from app.values.language import N_
from forms.payouts import ImpartialForm, PaidForm, RejectForm

_Key = TypeVar("_Key", str, tuple[str, int])
TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


def _list(number: str) -> PayoutList:
    found = queries.list_by_number(number)
    if found is None:
        abort(404)
    return found


@bp.get("/lister/<number>")
@needs(Permission.READ_PAYOUTS)
def payout_list(number: str) -> str:
    """Head, hands, sums, lines, files, and what came of it."""
    return _draw(_list(number))


@bp.post("/lister/<number>/habilitet")
@needs(*HANDS)
def declare_list(number: str) -> Response | tuple[str, int]:
    """One answer for every case on the list."""
    found = _list(number)
    asked = answered_for(queries.lines_of(found, current_actor(), local_date(now())))
    back = url_for("payouts.payout_list", number=number)
    return answered(lambda form: _draw(found, declare=form), asked, back)


def _draw(
    found: PayoutList,
    paid: PaidForm | None = None,
    rejected: RejectForm | None = None,
    declare: ImpartialForm | None = None,
) -> str:
    actor, at = current_actor(), now()
    seen = queries.lines_of(found, actor, local_date(at))
    rows = shown(seen, actor, at)
    lines = [row["row"].payable for row in rows]
    sent = [(row, reasons_against(Step.PAY, row["row"], actor, local_date(at))) for row in rows]
    sent = [(row, reasons) for row, reasons in sent if row["row"].payable.status is Status.SENT]
    hands = {h for line in lines for h in (line.attested_by, line.approved_by)} | {found.authorised_by}
    paid = paid or PaidForm(formdata=None)
    rejected = rejected or RejectForm(formdata=None)
    paid.whole.id, rejected.whole.id = "paid-whole", "rejected-whole"
    if paid.paid_on.data is None and not paid.errors:
        paid.paid_on.data = max(found.pay_on, local_date(at)) if found.pay_on <= local_date(at) else None
    return render_template(
        "payouts/list.html",
        found=found,
        rows=sorted(rows, key=lambda row: not row["notes"]),
        hands=names({h for h in hands if h is not None}),
        attesters={line.attested_by for line in lines},
        approvers={line.approved_by for line in lines},
        by_post=_sums(rows, lambda row: row["row"].chapter_post),
        by_scheme=_sums(rows, lambda row: (row["row"].case.scheme_code, row["row"].case.year)),
        waiting=[row for row, reasons in sent if not reasons],
        closed=next((reasons for _, reasons in sent if reasons), []),
        declare=form_for(seen, declare),
        declare_to=url_for("payouts.declare_list", number=found.number),
        takings=queries.takings(found),
        files=queries.files_of(found, actor),
        closed_file=why_not_take_file(seen, actor),
        paid=paid,
        rejected=rejected,
    )


def _sums(rows: Sequence[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], _Key]) -> list[tuple[_Key, int]]:
    sums: dict[_Key, int] = {}
    for row in rows:
        sums[key(row)] = sums.get(key(row), 0) + row["row"].payable.amount_ore
    return sorted(sums.items())


@bp.post("/lister/<number>/fil/<kind>")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def take_file(number: str, kind: str) -> Response:
    """Record who takes the file, then lead to it."""
    if kind not in TYPES:
        abort(404)
    found, actor, at = _list(number), current_actor(), now()
    with writing():
        actions.take_file(found.id, kind, by=actor, at=at)
    return redirect(url_for("payouts.file", number=number, kind=kind), 303)


@bp.get("/lister/<number>/utbetalingsliste.<kind>")
@needs(Permission.AUTHORISE_FILE)
def file(number: str, kind: str) -> Response:
    """The stored bytes: the same every time."""
    found, actor = _list(number), current_actor()
    documents = {d.filename.rsplit(".", 1)[-1]: d for d in queries.files_of(found, actor)}
    if kind not in TYPES or kind not in documents:
        abort(404)
    if reasons := why_not_take_file(queries.lines_of(found, actor, local_date(now())), actor):
        raise Refused(reasons)
    data = read(documents[kind].sha256)
    db.session.rollback()
    return send_file(BytesIO(data), TYPES[kind], as_attachment=True, download_name=documents[kind].filename)


@bp.post("/lister/<number>/betalt")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def paid(number: str) -> Response | tuple[str, int]:
    """Finance has booked the ticked lines."""
    form, found = PaidForm(), _list(number)
    form.limit(local_date(found.authorised_at), local_date(now()))
    if not form.validate_on_submit() or form.paid_on.data is None:
        return _draw(found, paid=form), 422
    versions, actor, at = versions_of(form.ticked), current_actor(), now()
    with writing():
        actions.register_paid(found.id, versions, form.paid_on.data, by=actor, at=at)
    flash(N_("Linjene er registrert som betalt."), "success")
    return redirect(url_for("payouts.payout_list", number=number), 303)


@bp.post("/lister/<number>/avvist")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def rejected(number: str) -> Response | tuple[str, int]:
    """The bank rejected the ticked lines."""
    form, found = RejectForm(), _list(number)
    if not form.validate_on_submit():
        return _draw(found, rejected=form), 422
    versions, actor, at = versions_of(form.ticked), current_actor(), now()
    with writing():
        actions.register_rejected(found.id, versions, str(form.reason.data), by=actor, at=at)
    flash(N_("Linjene er registrert som avvist."), "success")
    return redirect(url_for("payouts.payout_list", number=number), 303)
