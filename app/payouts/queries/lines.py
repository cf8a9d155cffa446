"""The lines of a locked list as finance gets them (domain E.1)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.models import User
from app.budget.models import Frame
from app.cases.models import Case
from app.db import db
from app.parties.domain import Kind
from app.parties.models import BankAccount, Party, PartyKind
from app.payables.models import PaymentBasis
from app.payouts.domain import FileLine
from app.payouts.models import Payable, PayoutList
from app.values.clock import local_date
from app.values.dates import format_moment_short

# An organisation of two kinds is listed as the first of them: a municipality before a county.
_ORDER = tuple(Kind)


def lines_to_file(list_id: int) -> tuple[PayoutList, list[FileLine]]:
    """The list and its lines, in their order; three statements."""
    payout_list = db.session.get_one(PayoutList, list_id)
    attester, approver = aliased(User), aliased(User)
    query = (
        sa.select(Payable, Case, Party, Frame, BankAccount.account_no, PaymentBasis, attester.name, approver.name)
        .join(Case, Case.id == Payable.case_id)
        .join(Party, Party.id == Payable.party_id)
        .join(Frame, Frame.id == Payable.frame_id)
        .join(BankAccount, BankAccount.id == Payable.account_id)
        .join(attester, attester.id == Payable.attested_by)
        .join(approver, approver.id == Payable.approved_by)
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .where(Payable.list_id == list_id)
        .order_by(Payable.line_no)
    )
    rows = db.session.execute(query).all()
    kinds = _kinds({row[2].id for row in rows})
    return payout_list, [_line(payout_list, row, kinds) for row in rows]


def _kinds(party_ids: set[int]) -> dict[int, str]:
    found: dict[int, list[Kind]] = {}
    query = sa.select(PartyKind.party_id, PartyKind.kind).where(PartyKind.party_id.in_(party_ids))
    for party_id, kind in db.session.execute(query):
        found.setdefault(party_id, []).append(kind)
    return {party_id: min(kinds, key=_ORDER.index).word for party_id, kinds in found.items()}


def _line(payout_list: PayoutList, row: Any, kinds: dict[int, str]) -> FileLine:
    payable, case, party, frame, account_no, basis, attester, approver = row
    return FileLine(
        list_number=payout_list.number,
        line_no=payable.line_no,
        case_number=case.number,
        award_no=basis.promise_no,
        scheme=case.scheme_code.upper(),
        chapter_post=frame.chapter_post,
        budget_year=frame.year,
        recipient=party.display_name,
        orgnr=party.orgnr,
        account_no=account_no,
        amount_ore=payable.amount_ore,
        set_off_ore=payable.set_off_ore,
        due_on=payable.due_on,
        pay_on=payout_list.pay_on,
        text=payable.text,
        recipient_type=kinds.get(party.id, ""),
        instalment=f"{basis.nr}/{basis.of}",
        accepted_on=local_date(basis.accepted_at) if basis.accepted_at else None,
        attested_by=attester,
        attested_at=format_moment_short(payable.attested_at),
        approved_by=approver,
        approved_at=format_moment_short(payable.approved_at),
        decision=basis.decision_no,
    )
