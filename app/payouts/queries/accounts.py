"""Account numbers that wait for a call-back by a second person."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.models import User
from app.awards.models import Award
from app.compensation.models import GpAgreement
from app.db import db
from app.flow import Reason
from app.parties.models import BankAccount, Party
from app.payouts.domain import why_control
from app.payouts.models import Payable
from app.payouts.queries.control import Seen
from app.payouts.workflow import NEXT
from app.values.language import N_

MOST = 200
NEWER = Reason(N_("Mottakeren har oppgitt et nytt kontonummer."))


@dataclass(frozen=True)
class NewAccount:
    """An account number to control, why, and how many payments wait for it."""

    account: BankAccount
    party: Party
    registered_by: str
    waiting: int
    why: Reason


def accounts_to_control(lines: Iterable[Seen]) -> list[NewAccount]:
    """What stops a line that waits for a hand, and numbers given later than the accepted one; oldest first."""
    why = {
        row.account.id: reason
        for row in lines
        if row.payable.status in NEXT and row.snapshot.account_is_newest and (reason := why_control(row.snapshot))
    }
    waiting = (
        sa.select(sa.func.count())
        .select_from(Payable)
        .where(Payable.party_id == BankAccount.party_id, Payable.status.in_(list(NEXT)))
        .scalar_subquery()
    )
    query = (
        sa.select(BankAccount, Party, User.name, waiting)
        .join(Party, Party.id == BankAccount.party_id)
        .join(User, User.id == BankAccount.registered_by)
        .where(sa.or_(BankAccount.id.in_(why), _newer()))
        .order_by(BankAccount.id)
        .limit(MOST)
    )
    rows = db.session.execute(query)
    return [NewAccount(account, party, name, count, why.get(account.id, NEWER)) for account, party, name, count in rows]


def _newer() -> sa.ColumnElement[bool]:
    """An open number that no acceptance or agreement was made with, on an organisation that has one that was."""
    accepted = sa.exists().where(Award.account_id == BankAccount.id)
    agreed = sa.exists().where(GpAgreement.account_id == BankAccount.id)
    earlier_award = sa.exists().where(Award.party_id == BankAccount.party_id, Award.account_id < BankAccount.id)
    earlier_agreement = sa.exists().where(
        GpAgreement.payee_id == BankAccount.party_id, GpAgreement.account_id < BankAccount.id
    )
    return sa.and_(
        BankAccount.controlled_at.is_(None),
        BankAccount.closed_at.is_(None),
        sa.or_(earlier_award, earlier_agreement),
        sa.or_(~sa.or_(accepted, agreed), _held_up()),
    )


def _held_up() -> sa.Exists:
    """A payable waits with an older number of the same organisation."""
    return sa.exists().where(
        Payable.party_id == BankAccount.party_id,
        Payable.status.in_(list(NEXT)),
        Payable.account_id < BankAccount.id,
    )
