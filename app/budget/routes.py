"""The frames of a year, what has changed them, and a change: proposed by one, settled by another."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.budget import actions, judgement, queries
from app.budget.queries import ChangeRow, FrameRow
from app.budget.workflow import ChangeStatus, ChangeStep
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.page_language import current_language
from app.values.clock import local_date
from app.values.language import N_
from forms.budget import ChangeForm, ConfirmChangeForm, RefuseChangeForm

bp = Blueprint("budget", __name__)


@bp.get("/rammer")
@bp.get("/rammer/<int:year>")
@needs(Permission.READ_CASES)
def home(year: int | None = None) -> str:
    """Every frame of a year, and what has changed them."""
    actor, years = current_actor(), queries.years()
    if year is None:
        this = local_date(now()).year
        year = this if this in years or not years else years[0]
    elif year not in years:
        abort(404)
    rows = queries.rows_of(year)
    changes = queries.changes_of(year)
    return render_template(
        "budget/home.html",
        year=year,
        years=years,
        rows=rows,
        waiting=[row for row in changes if row.change.status is ChangeStatus.PROPOSED],
        changes=[row for row in changes if row.change.status is not ChangeStatus.PROPOSED],
        may_propose=actor.may(Permission.PROPOSE_FRAME),
        names={row.pot.id: _name(row) for row in rows},
    )


@bp.route("/rammer/<int:year>/<pot>/endre", methods=["GET", "POST"])
@needs(Permission.PROPOSE_FRAME)
@fresh_password
def propose(year: int, pot: str) -> Response | str | tuple[str, int]:
    """What the document says is written down; a second person confirms."""
    actor, at = current_actor(), now()
    row = queries.frame_on(pot, year)
    if row is None:
        abort(404)
    form = ChangeForm()
    form.limit(year, local_date(at))
    frame_id = row.frame.id
    if request.method != "POST":
        return _ask(row, form)
    if not form.validate_on_submit():
        return _ask(row, form), 422

    def make() -> str:
        made = actions.propose(frame_id, form.facts(), by=actor, at=at)
        return url_for("budget.change", change_id=made.id)

    try:
        location = once(form.token, at, make)
    except Refused as refused:
        form.tell(refused.reasons)
        return _ask(row, form), 409
    flash(N_("Endringen er foreslått. Rammen endres når en annen har bekreftet den."), "success")
    return redirect(location, 303)


def _ask(row: FrameRow, form: ChangeForm) -> str:
    shut = judgement.why_not_propose(row.frame, current_actor())
    return render_template("budget/propose.html", row=row, form=form, shut=shut, name=_name(row))


@bp.get("/rammer/endringer/<int:change_id>")
@needs(Permission.READ_CASES)
def change(change_id: int) -> str:
    """One change: what the document says, what it does to the frame, and the second person's answer."""
    return _draw(_found(change_id))


@bp.post("/rammer/endringer/<int:change_id>/bekreft")
@needs(Permission.DECIDE)
@fresh_password
def confirm(change_id: int) -> Response:
    """The second person has seen the document."""
    _found(change_id)
    form, actor, at = ConfirmChangeForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    db.session.rollback()
    with writing():
        actions.confirm_change(change_id, form.seen_version, by=actor, at=at)
    flash(N_("Rammen er endret."), "success")
    return redirect(url_for("budget.change", change_id=change_id), 303)


@bp.post("/rammer/endringer/<int:change_id>/avsla")
@needs(Permission.DECIDE)
@fresh_password
def refuse(change_id: int) -> Response | tuple[str, int]:
    """Why it cannot be."""
    row, form = _found(change_id), RefuseChangeForm()
    actor, at = current_actor(), now()
    if not form.validate_on_submit():
        return _draw(row, form), 422
    db.session.rollback()
    with writing():
        actions.refuse_change(change_id, form.seen_version, str(form.reason.data), by=actor, at=at)
    flash(N_("Forslaget er avslått. Rammen er som før."), "success")
    return redirect(url_for("budget.change", change_id=change_id), 303)


def _draw(row: ChangeRow, refused: RefuseChangeForm | None = None) -> str:
    actor, today, change = current_actor(), local_date(now()), row.change
    is_open = change.status is ChangeStatus.PROPOSED
    return render_template(
        "budget/change.html",
        row=row,
        name=_name(row),
        is_open=is_open,
        after_ore=row.frame.frame_ore + change.facts.signed_ore,
        closed=judgement.why_not_settle(ChangeStep.CONFIRM, change, row.frame, actor, today),
        closed_refusal=judgement.why_not_settle(ChangeStep.REFUSE, change, row.frame, actor, today),
        refused=refused or RefuseChangeForm(formdata=None, version=change.version),
    )


def _name(row: FrameRow | ChangeRow) -> str:
    return row.pot.name_nn if current_language() == "nn" else row.pot.name_nb


def _found(change_id: int) -> ChangeRow:
    return queries.change_of(change_id) or abort(404)
