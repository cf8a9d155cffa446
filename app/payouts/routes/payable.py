"""One payable with all its controls and vouchers."""

from flask import abort, current_app, render_template

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.access.queries import names
from app.db.clock import now
from app.payouts import actions, queries
from app.payouts.domain import checks
from app.payouts.routes import bp
from app.payouts.workflow import Status, Step
from app.values.clock import local_date
from forms.payouts import SendBackForm, TickedForm

_BACK = (Status.ATTESTED, Status.APPROVED)
_CANCELLED = (Status.READY, Status.REJECTED)


@bp.get("/linje/<public_id>")
@needs(Permission.READ_PAYOUTS)
def payable(public_id: str) -> str:
    """The line: amount, account, the nine controls, the hands, the vouchers, and the next step."""
    return draw(public_id)


def draw(public_id: str, back: SendBackForm | None = None) -> str:
    """The page; `back` is a send-back form to show again as it was filled in."""
    actor, at = current_actor(), now()
    row = queries.by_public_id(public_id, actor, local_date(at))
    if row is None:
        abort(404)
    line = row.payable
    step = queries.NEXT.get(line.status)
    hands = names({h for h in (line.attested_by, line.approved_by, line.authorised_by) if h is not None})
    return render_template(
        "payouts/payable.html",
        row=row,
        line=line,
        checks=checks(row.snapshot) if step else [],
        step=step,
        reasons=actions.reasons_against(step, row, actor, at) if step else [],
        may_back=line.status in _BACK and not actions.reasons_against(Step.SEND_BACK, row, actor, at),
        may_cancel=line.status in _CANCELLED and not actions.reasons_against(Step.CANCEL, row, actor, at),
        hands=hands,
        back=back or SendBackForm(formdata=None),
        form=TickedForm(formdata=None),
        claim_page="compensation.claim" in current_app.view_functions,
        list_number=queries.number_of(line.list_id),
    )
