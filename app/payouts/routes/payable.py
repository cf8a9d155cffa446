"""One payable with all its controls and vouchers."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names
from app.db import writing
from app.db.clock import now
from app.payouts import actions, queries
from app.payouts.domain import checks, why_control
from app.payouts.domain.setting_off import by_line
from app.payouts.judgement import answered_for, reasons_against
from app.payouts.models import Payable
from app.payouts.routes import bp
from app.payouts.routes.impartiality import answered, form_for
from app.payouts.routes.lines import SIGNED_AT
from app.payouts.workflow import HANDS, NEXT, Status, Step
from app.values.clock import local_date
from app.values.language import N_
from forms.payouts import CheckForm, ImpartialForm, SendBackForm, TickedForm

_BACK = (Status.ATTESTED, Status.APPROVED)


@bp.get("/linje/<public_id>")
@needs(Permission.READ_PAYOUTS)
def payable(public_id: str) -> str:
    """The line: amount, account, the nine controls, the hands, the vouchers, and the next step."""
    return draw(public_id)


@bp.post("/linje/<public_id>/habilitet")
@needs(*HANDS)
def declare_line(public_id: str) -> Response | tuple[str, int]:
    """The answer for this case."""
    row = queries.by_public_id(public_id, current_actor(), local_date(now())) or abort(404)
    back = url_for("payouts.payable", public_id=public_id)
    return answered(lambda form: draw(public_id, declare=form), answered_for([row]), back)


@bp.post("/linje/<public_id>/avvisning")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def check_rejection(public_id: str) -> Response | tuple[str, int]:
    """A second person has looked at what the bank answered."""
    form = CheckForm()
    if not form.validate_on_submit():
        return draw(public_id, check=form), 422
    key = queries.ids_of([public_id]).get(public_id) or abort(404)
    (rejected, note), actor, at = form.facts(), current_actor(), now()
    with writing():
        actions.check_rejection({key: form.seen_version}, note, rejected=rejected, by=actor, at=at)
    done = N_("Avvisningen er bekreftet. En ny utbetaling lages når den er klar.")
    flash(done if rejected else N_("Linjen venter på utfallet igjen."), "success")
    return redirect(url_for("payouts.payable", public_id=public_id), 303)


def draw(
    public_id: str,
    back: SendBackForm | None = None,
    declare: ImpartialForm | None = None,
    check: CheckForm | None = None,
) -> str:
    """The page; `back`, `declare` and `check` are forms to show again as they were filled in."""
    actor, at = current_actor(), now()
    row = queries.by_public_id(public_id, actor, local_date(at))
    if row is None:
        abort(404)
    line = row.payable
    step, today = NEXT.get(line.status), local_date(at)
    had = (
        line.attested_by,
        line.approved_by,
        line.authorised_by,
        line.settled_by,
        line.checked_by,
        row.basis.accepted_by,
    )
    hands = names({each for each in had if each is not None})
    return render_template(
        "payouts/payable.html",
        row=row,
        line=line,
        set_off_ore=by_line(queries.offs_for([line.id])).get(line.id, 0) if step else line.set_off_ore,
        checks=checks(row.snapshot) if step else [],
        step=step,
        address=_address(step, line) if step else None,
        reasons=reasons_against(step, row, actor, today) if step else [],
        control=why_control(row.snapshot) if step else None,
        check=check or CheckForm(formdata=None, data={"version": line.version}),
        check_reasons=reasons_against(Step.CONFIRM_REJECTION, row, actor, today),
        may_back=line.status in _BACK and not reasons_against(Step.SEND_BACK, row, actor, today),
        may_cancel=line.status is Status.READY and not reasons_against(Step.CANCEL, row, actor, today),
        hands=hands,
        year=today.year,
        back=back or SendBackForm(formdata=None),
        declare=form_for([row], declare),
        declare_to=url_for("payouts.declare_line", public_id=public_id),
        form=TickedForm(formdata=None),
        list_number=queries.number_of(line.list_id),
    )


def _address(step: Step, line: Payable) -> str:
    """Where the next hand is sent; the list is made on a page that asks for the line by its address."""
    asked: dict[str, Any] = {"line": f"{line.public_id}.{line.version}"} if step.is_handing_over else {}
    return url_for(SIGNED_AT[step], **asked)
