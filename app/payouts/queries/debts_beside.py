"""The cases of the debts that are set off in a line, or would be: who signs the line is impartial in those too."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Actor
from app.budget.models import Frame
from app.cases.models import Case
from app.cases.queries import own_answer
from app.db import db
from app.payables.models import PaymentBasis
from app.payouts.kinds import KINDS
from app.payouts.models import Payable, Repayment, SetOff
from app.payouts.workflow import DebtStatus

# A case, and what a person has answered on impartiality in it.
Answer = tuple[Case, str | None]


def owes() -> sa.ColumnElement[bool]:
    """Whether something is set off in the line, or its payee owes anything: no more is read of the others."""
    return sa.or_(Payable.set_off_ore > 0, Payable.party_id.in_(sa.select(Repayment.party_id).where(_open())))


def debts_beside(payable_ids: Collection[int], actor: Actor | None) -> dict[int, list[Answer]]:
    """The other cases of the debts that these lines, while they wait, would be set off against, and those that stand
    set off in them on a list; by line, with the person's answer. One read, none for no lines or for nobody.
    """
    if not payable_ids or actor is None:
        return {}
    paid_from, lent_from = aliased(Frame), aliased(Frame)
    stands = sa.exists().where(
        SetOff.payable_id == Payable.id, SetOff.repayment_id == Repayment.id, SetOff.undone_at.is_(None)
    )
    kinds = [PaymentBasis.ref.startswith(f"{kind.name}:") for kind in KINDS.values() if kind.sets_off]
    would = sa.and_(
        Payable.list_id.is_(None), _open(), paid_from.pot_id == lent_from.pot_id, sa.or_(sa.false(), *kinds)
    )
    query = (
        sa.select(Payable.id, Case, own_answer(actor.id).label("answer"))
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .join(paid_from, paid_from.id == Payable.frame_id)
        .join(Repayment, Repayment.party_id == Payable.party_id)
        .join(lent_from, lent_from.id == Repayment.frame_id)
        .join(Case, Case.id == Repayment.case_id)
        .where(Payable.id.in_(payable_ids), Repayment.case_id != Payable.case_id, sa.or_(stands, would))
        .order_by(Payable.id, Case.id)
    )
    found: dict[int, dict[int, Answer]] = {}
    for key, case, answer in db.session.execute(query):
        found.setdefault(key, {})[case.id] = (case, answer.value if answer else None)
    return {key: list(cases.values()) for key, cases in found.items()}


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(
        Repayment.status == DebtStatus.CONFIRMED, Repayment.back_ore + Repayment.held_ore < Repayment.amount_ore
    )
