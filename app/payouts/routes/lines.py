"""The lines that wait for one hand, with ticks; and the hands themselves."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Actor, Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import db, writing
from app.db.clock import now
from app.flow import Reason, Stale
from app.payouts import actions, queries
from app.payouts.domain import checks, due_day, why_control, why_not_pay_on, wrong_year
from app.payouts.domain.setting_off import by_line
from app.payouts.jobs import make_file
from app.payouts.judgement import answered_for, reasons_against
from app.payouts.models import Payable
from app.payouts.queries import Seen
from app.payouts.routes import bp
from app.payouts.routes.home import QUEUES
from app.payouts.routes.impartiality import answered, form_for
from app.payouts.workflow import HANDS, NEXT, Status, Step
from app.payouts.workflow import QUEUES as CODES
from app.values.clock import local_date
from app.values.language import N_
from forms.payouts import HandOverForm, ImpartialForm, LinesForm, SendBackForm

HANDING = CODES[Status.APPROVED]
# Where each hand is sent, and what its button says where lines are ticked.
SIGNED_AT = {Step.ATTEST: "payouts.attest", Step.APPROVE: "payouts.approve", Step.SEND: "payouts.new_list"}
_BUTTONS = {
    Step.ATTEST: N_("Attester valgte"),
    Step.APPROVE: N_("Godkjenn valgte"),
    Step.SEND: N_("Gå videre med valgte"),
}
_OTHER_SUMS = Reason(N_("Det som motregnes, er endret siden du åpnet siden. Se over de nye summene før du låser."))
QUEUE = {CODES[status]: (status, words, needed) for status, words, needed, _ in QUEUES}


def shown(rows: list[Seen], actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Rows as the pages draw them: the controls that hold, why this person may not sign, and what stands out.

    `set_off_ore`: what is set off in it; of one on no list yet, what would be if it came on one now.
    """
    shared = _shared_accounts(rows)
    ours = [row.payable.id for row in rows if row.payable.status in NEXT]
    expected = by_line(queries.offs_for(ours)) if ours else {}
    return [
        {
            "row": row,
            "ok": sum(check.ok for check in checks(row.snapshot)),
            "reasons": reasons_against(NEXT[row.payable.status], row, actor, local_date(at))
            if row.payable.status in NEXT
            else [],
            "notes": list(_notes(row, shared)),
            "set_off_ore": expected.get(row.payable.id, row.payable.set_off_ore),
        }
        for row in rows
    ]


def _shared_accounts(rows: list[Seen]) -> set[str]:
    """Account numbers that more than one recipient in these rows has given."""
    owners: dict[str, set[int]] = {}
    for row in rows:
        owners.setdefault(row.account_no, set()).add(row.party.id)
    return {number for number, parties in owners.items() if len(parties) > 1}


def _notes(row: Seen, shared: set[str]) -> Any:
    """What an eye should rest on first (pages.md 10)."""
    if not (row.snapshot.account_accepted and row.snapshot.account_as_applied):
        yield N_("Endret kontonummer")
    if row.account_no in shared:
        yield N_("Samme konto på to mottakere")
    if row.again:
        yield N_("Betales på nytt")
    if row.first_payment:
        yield N_("Første utbetaling")
    if row.is_last:
        yield N_("Siste rate")


@bp.get("/ko/<queue>")
@needs(Permission.READ_PAYOUTS)
def lines(queue: str) -> str:
    """The lines of a queue; those that can be signed by this person have a tick, kept when they come back to choose."""
    return _draw(queue, form=LinesForm(request.args))


@bp.post("/ko/<queue>/habilitet")
@needs(*HANDS)
def declare_queue(queue: str) -> Response | tuple[str, int]:
    """One answer for every case in the queue."""
    if queue not in QUEUE:
        abort(404)
    found = _waiting(queue) if current_actor().may(QUEUE[queue][2]) else []
    return answered(lambda form: _draw(queue, form), answered_for(found), url_for("payouts.lines", queue=queue))


def _waiting(queue: str) -> list[Seen]:
    return queries.seen(Payable.status == QUEUE[queue][0], actor=current_actor(), today=local_date(now()))


def _draw(queue: str, declare: ImpartialForm | None = None, form: LinesForm | None = None) -> str:
    if queue not in QUEUE:
        abort(404)
    status, words, needed = QUEUE[queue]
    actor, at = current_actor(), now()
    found = _waiting(queue)
    rows = shown(found, actor, at)
    rows.sort(key=lambda row: (not row["reasons"], not row["notes"]))
    return render_template(
        "payouts/lines.html",
        rows=rows,
        words=words,
        status=status,
        step=NEXT[status],
        action=url_for(SIGNED_AT[NEXT[status]]),
        button=_BUTTONS[NEXT[status]],
        accounts={row.account.id for row in found if why_control(row.snapshot) and not row.snapshot.account_denied},
        declare=form_for(found if actor.may(needed) else [], declare),
        declare_to=url_for("payouts.declare_queue", queue=queue),
        open_ids=[row["row"].payable.id for row in rows if not row["reasons"]],
        sum_ore=sum(row["row"].payable.amount_ore for row in rows),
        form=form or LinesForm(formdata=None),
        # The pay day as it was typed on the next page, kept while other lines are chosen.
        pay_on=request.values.get("pay_on", "")[:40],
    )


def versions_of(ticked: dict[str, int]) -> dict[int, int]:
    """Keys and versions seen of the ticked lines. Raises Stale for an address that is not there."""
    found = queries.ids_of(ticked.keys())
    db.session.rollback()
    if len(found) != len(ticked):
        raise Stale
    return {found[address]: version for address, version in ticked.items()}


def _sign(act: Callable[..., Any], done: str, queue: str) -> Response | tuple[str, int]:
    form = LinesForm()
    if not form.validate_on_submit():
        if form.errors.keys() != {"whole"}:
            # Not sent by our page: nothing there for a person to put right.
            abort(400)
        return _draw(queue, form=form), 422
    versions, actor, at = versions_of(form.ticked), current_actor(), now()
    with writing():
        act(versions, by=actor, at=at)
    flash(done, "success")
    return redirect(url_for("payouts.lines", queue=queue), 303)


@bp.post("/attester")
@needs(Permission.ATTEST)
def attest() -> Response | tuple[str, int]:
    """The first hand."""
    return _sign(actions.attest, N_("Linjene er attestert."), "til-attestasjon")


@bp.post("/godkjenn")
@needs(Permission.APPROVE_PAYOUT)
@fresh_password
def approve() -> Response | tuple[str, int]:
    """The second hand."""
    return _sign(actions.approve, N_("Linjene er godkjent."), "til-godkjenning")


@bp.post("/annuller")
@needs(Permission.APPROVE_PAYOUT)
def cancel() -> Response | tuple[str, int]:
    """Let go of lines that the controls stop."""
    return _sign(actions.cancel, N_("Linjene er annullert. En ny utbetaling lages når den er klar."), "til-attestasjon")


@bp.post("/send-tilbake")
@needs(Permission.APPROVE_PAYOUT)
def send_back() -> Response | tuple[str, int]:
    """Back to be attested anew, with the reason."""
    from app.payouts.routes.payable import draw

    form = SendBackForm()
    if not form.validate_on_submit():
        address = next(iter(form.ticked), "")
        return draw(address, back=form), 422
    versions, actor, at = versions_of(form.ticked), current_actor(), now()
    with writing():
        actions.send_back(versions, str(form.reason.data), by=actor, at=at)
    flash(N_("Linjen er sendt tilbake."), "success")
    return redirect(url_for("payouts.home"), 303)


@bp.route("/ny-liste", methods=["GET", "POST"])
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def new_list() -> Response | str | tuple[str, int]:
    """The page to confirm before a list is locked: the lines chosen, their sum, its effect; then the list itself."""
    actor, at = current_actor(), now()
    form = HandOverForm(request.form) if request.method == "POST" else HandOverForm(request.args, meta={"csrf": True})
    today = local_date(at)
    form.limit(today)
    keys = queries.ids_of(form.ticked.keys())
    rows = _approved(keys, actor, today)
    if request.form.get("do") == "choose":
        return _back_to_choose()
    if request.method == "POST" and form.validate_on_submit():
        pay_on = form.facts().pay_on
        years = {row.snapshot.frame_year: wrong_year(pay_on, row.snapshot.frame_year) for row in rows}
        form.tell([*why_not_pay_on(pay_on, today), *filter(None, years.values())])
        if not form.pay_on.errors:
            try:
                return _lock(form, actor, at)
            except actions.SetOffChanged:
                form.tell([_OTHER_SUMS])
                rows = _approved(keys, actor, today)
    if len(rows) != len(form.ticked):
        raise Stale
    if not rows:
        # Told where the lines are chosen, as where the other hands sign.
        return (_draw(HANDING, form=_chosen()), 422) if request.values else _draw(HANDING)
    if form.pay_on.data is None and not form.pay_on.errors and not request.values.get("pay_on"):
        form.pay_on.data = due_day(today, max((row.payable.due_on for row in rows), default=today))
        form.pay_on.raw_data = None
    drawn = shown(rows, actor, at)
    page = render_template(
        "payouts/new_list.html",
        form=form,
        rows=drawn,
        closed=next((row["reasons"] for row in drawn if row["reasons"]), []),
        chosen=[f"{row.payable.public_id}.{row.payable.version}" for row in rows],
        step=Step.SEND,
        sum_ore=sum(row.payable.amount_ore for row in rows),
        set_off_ore=sum(row["set_off_ore"] for row in drawn),
    )
    return (page, 422) if request.method == "POST" else page


def _approved(keys: dict[str, int], actor: Actor, today: date) -> list[Seen]:
    return queries.seen(Payable.id.in_(keys.values()), Payable.status == Status.APPROVED, actor=actor, today=today)


def _back_to_choose() -> Response:
    """To the queue with the ticks as they were, and the pay day that was typed."""
    kept = {"line": request.form.getlist("line"), "pay_on": request.form.get("pay_on", "")[:40]}
    return redirect(f"{url_for('payouts.lines', queue=HANDING)}?{urlencode(kept, doseq=True)}", 303)


def _chosen() -> LinesForm:
    """What was chosen on the page of the queue, with what was wrong in it."""
    form = LinesForm(request.form if request.method == "POST" else request.args, meta={"csrf": False})
    if not form.validate() and form.errors.keys() != {"whole"}:
        abort(400)
    return form


def _lock(form: HandOverForm, actor: Actor, at: datetime) -> Response:
    facts = form.facts()
    found = queries.ids_of(facts.versions.keys())
    versions = {found[address]: version for address, version in facts.versions.items() if address in found}
    shown = {found[address]: ore for address, ore in facts.set_off.items() if address in found}

    def make() -> str:
        made = actions.hand_over(versions, facts.pay_on, shown, by=actor, at=at)
        return url_for("payouts.payout_list", number=made.number)

    location = once(form.token, at, make)
    number = location.rsplit("/", 1)[-1]
    made = queries.list_by_number(number)
    if made is not None:
        # The job makes the files if this process dies here; they come from the locked rows either way.
        make_file(made.id, at)
    return redirect(location, 303)
