"""Account numbers that wait for a call-back by a second person."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.payouts import actions, queries
from app.payouts.judgement import unanswered_for, why_not_control
from app.payouts.models import Payable
from app.payouts.routes import bp
from app.payouts.routes.impartiality import answered, form_of
from app.payouts.workflow import NEXT
from app.values.clock import local_date
from app.values.language import N_
from forms.payouts import ControlForm, ImpartialForm

_CLOSED = N_("Kontonummeret er stengt. Mottakeren er bedt om å oppgi et nytt.")


@bp.get("/kontonummer")
@needs(Permission.READ_PAYOUTS)
def accounts() -> str:
    """«Kontonummer til kontroll»."""
    return _draw()


@bp.post("/kontonummer/habilitet")
@needs(Permission.CONTROL_ACCOUNT)
def declare_accounts() -> Response | tuple[str, int]:
    """One answer for every case that these numbers can be paid to for."""
    told = queries.told_of([new.account for new in queries.accounts_to_control(_lines())], current_actor())
    asked = [case for each in told.values() for case, _ in each.answers]
    return answered(lambda form: _draw(declare=form), asked, url_for("payouts.accounts"))


def _draw(failed: int | None = None, form: ControlForm | None = None, declare: ImpartialForm | None = None) -> str:
    actor = current_actor()
    waiting = queries.accounts_to_control(_lines())
    told = queries.told_of([new.account for new in waiting], actor)
    rows = [
        {
            "new": new,
            "reasons": why_not_control(new.account, told[new.account.id], actor),
            "form": form if form is not None and failed == new.account.id else _form(new.account.id),
        }
        for new in waiting
    ]
    asked = form_of(unanswered_for(told.values(), actor), declare)
    return render_template(
        "payouts/accounts.html",
        rows=rows,
        failed=form or asked,
        declare=asked,
        declare_to=url_for("payouts.declare_accounts"),
    )


def _lines() -> list[queries.Seen]:
    return queries.seen(Payable.status.in_(list(NEXT)), actor=current_actor(), today=local_date(now()))


def _form(account_id: int) -> ControlForm:
    form = ControlForm(formdata=None)
    form.note.id = f"note-{account_id}"
    return form


@bp.post("/kontonummer/<int:account_id>")
@needs(Permission.CONTROL_ACCOUNT)
@fresh_password
def control(account_id: int) -> Response | tuple[str, int]:
    """Record the call-back: the number is right, or it is closed."""
    if account_id not in {new.account.id for new in queries.accounts_to_control(_lines())}:
        abort(404)
    form, actor, at = ControlForm(), current_actor(), now()
    form.note.id = f"note-{account_id}"
    if not form.validate_on_submit():
        return _draw(account_id, form), 422
    denied = request.form.get("answer") == "wrong"
    verb = actions.deny_account if denied else actions.control_account
    with writing():
        verb(account_id, str(form.note.data), by=actor, at=at)
    flash(_CLOSED if denied else N_("Kontonummeret er kontrollert."), "success")
    return redirect(url_for("payouts.accounts"), 303)
