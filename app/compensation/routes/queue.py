"""Claims that wait for money: how many of them the money holds, and one answer for those, in the order they came."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.budget.queries import frames_of, purse
from app.cases.queries import declared
from app.compensation import actions, judgement, queries
from app.compensation.domain import MANY
from app.compensation.queries import ClaimRow, PotQueue
from app.compensation.routes import bp
from app.compensation.routes.moments import moment_of, told_as
from app.db import db, writing
from app.db.clock import now
from app.flow import Reason
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import QueueForm


@dataclass(frozen=True)
class Shown:
    """A pot's queue as the page shows it: who is first, how many the money holds, and why the first is closed."""

    queue: PotQueue
    rows: list[ClaimRow]
    ready: int
    ready_ore: int
    left_ore: int | None
    control: str
    closed: list[Reason]
    undeclared: bool


@bp.get("/fastleger/venter")
@needs(Permission.REVIEW_CLAIM)
def queue() -> str:
    """What waits, in order, and what the last answer did."""
    actor, at = current_actor(), now()
    frames = {frame.pot_id: frame for frame in frames_of(local_date(at).year)}
    shown = [_shown(each, frames.get(each.pot.id)) for each in queries.queues()]
    told = moment_of(request.args.get("svar", ""))
    return render_template(
        "compensation/queue.html",
        shown=shown,
        many=MANY,
        done=queries.released_at(told, actor.id) if told else [],
    )


def _shown(each: PotQueue, frame: Any) -> Shown:
    actor, rows = current_actor(), queries.in_order(each.pot.id)
    ready = actions.ready(each.pot.id, frame) if frame else []
    reasons = judgement.why_not_released(rows, {row.agreement.id: row.agreement for row in rows}, actor)
    closed = reasons[ready[0].claim.id] if ready else judgement.why_no_money(frame)
    answers = declared({row.case.id for row in ready}, actor.id) if ready else {}
    return Shown(
        each,
        rows,
        len(ready),
        sum(row.claim.claimed_ore for row in ready),
        purse(frame).left_ore if frame else None,
        actions.control_of_rows(ready),
        closed,
        any(row.case.id not in answers for row in ready),
    )


@bp.post("/fastleger/venter/<pot>/godkjenn")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def release(pot: str) -> Response:
    """Approve those the page showed, from the first."""
    pot_id, form, actor, at = _pot(pot), QueueForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    db.session.rollback()
    with writing():
        released = actions.release(pot_id, str(form.control.data), by=actor, at=at)
    if released.stopped:
        flash(
            N_("Noen krav er godkjent. Det første av resten kan du ikke godkjenne, og ingen går forbi det."), "warning"
        )
    else:
        flash(N_("Kravene er godkjent, og svarene blir sendt."), "success")
    return redirect(url_for("compensation.queue", svar=told_as(at)), 303)


@bp.post("/fastleger/venter/<pot>/habil")
@needs(Permission.REVIEW_CLAIM)
def declare_queue(pot: str) -> Response:
    """«Jeg er habil» in the cases the page showed; doubt is declared on the case's own page."""
    pot_id, form, actor, at = _pot(pot), QueueForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    db.session.rollback()
    with writing():
        actions.declare_all(pot_id, str(form.control.data), by=actor, at=at)
    flash(N_("Svaret om habilitet er lagret."), "success")
    return redirect(url_for("compensation.queue"), 303)


def _pot(code: str) -> int:
    found = queries.compensation_pot(code)
    return found.id if found else abort(404)
