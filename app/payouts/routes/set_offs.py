"""Setting off, seen from a GP's claim: what it was paid with less of, and how what it owes comes back."""

from flask import abort, render_template

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation.queries import by_public_id
from app.payouts import queries
from app.payouts.routes import bp


@bp.get("/motregning/<public_id>")
@needs(Permission.REVIEW_CLAIM, Permission.CLAIM_OWN, Permission.READ_PAYOUTS)
def set_offs(public_id: str) -> str:
    """For the payee's own people and for us."""
    actor = current_actor()
    row = by_public_id(public_id, actor) or abort(404)
    ours = actor.may(Permission.REVIEW_CLAIM) or actor.may(Permission.READ_PAYOUTS)
    if not ours and row.claim.party_id not in actor.party_ids:
        abort(404)
    offs = queries.told_offs(row.claim)
    return render_template(
        "payouts/set_offs.html",
        row=row,
        payments=queries.payments_of(row.claim),
        less=[off for off in offs if off.paying.id == row.claim.id],
        debts=[(debt, [off for off in offs if off.repayment_id == debt.id]) for debt in queries.debts_of(row.claim)],
        lists=actor.may(Permission.READ_PAYOUTS),
    )
