"""A new account number from the recipient, and its control by call-back by a second person (domain E.2)."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import record
from app.cases.actions import tell_account
from app.cases.models import Case
from app.cases.queries import lock, locked
from app.db import db
from app.flow import Reason, Refused, record_hand
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.parties.queries import last_account, locked_account
from app.payouts import queries
from app.payouts.actions.warning import DENIED, GIVEN, warn
from app.payouts.judgement import why_not_control, why_not_give, why_not_number
from app.payouts.models import Payable
from app.payouts.workflow import Status
from app.values.identity import mask_account
from app.values.language import N_


def give_account(case_id: int, account_no: str, *, by: Actor, at: datetime) -> BankAccount:
    """The recipient's signer gives another number on a case of theirs; nothing goes to it before it is controlled.

    All who can sign are told, for the one who gives it need not be who they say. Raises Refused.
    """
    party_id = db.session.get_one(Case, case_id).party_id
    lock(queries.cases_of(party_id))
    case = locked(case_id)
    if reasons := why_not_give(case, by) or why_not_number(last_account(party_id), account_no):
        raise Refused(reasons)
    account = tell_account(party_id, account_no, by=by, at=at)
    warn(account, GIVEN, by=by, at=at)
    return account


def control_account(account_id: int, note: str, *, by: Actor, at: datetime) -> BankAccount:
    """Confirm a number by calling the recipient back; what waits unsigned on an older one goes to it. Raises Refused.

    What is signed already keeps the old number, its controls fail, and it must be sent back first.
    """
    account = _rung(account_id, note, by)
    parties.control_account(account, note.strip(), by=by, at=at)
    record_hand("account", account.first_id, "controlled", case_id=None, by=by, at=at)
    db.session.flush()
    _move_ready(account, by, at)
    return account


def deny_account(account_id: int, note: str, *, by: Actor, at: datetime) -> BankAccount:
    """The recipient says, when rung back, that the number is wrong: it is closed, and they are asked for another.

    What waits for the recipient stands until one is given and controlled. Raises Refused.
    """
    account = _rung(account_id, note, by)
    record_hand("account", account.first_id, "controlled", case_id=None, by=by, at=at)
    parties.close_account(account, note.strip(), by=by, at=at)
    warn(account, DENIED, by=by, at=at)
    return account


def _rung(account_id: int, note: str, by: Actor) -> BankAccount:
    """The number, locked after the cases it can be paid to for, when this person may tell of a call-back."""
    lock(queries.cases_of(db.session.get_one(BankAccount, account_id).party_id))
    account = locked_account(account_id)
    closed = why_not_control(account, queries.told_of([account], by)[account.id], by)
    if not note.strip():
        closed.append(Reason(N_("Skriv hvem du ringte, på hvilket nummer, og hva de svarte.")))
    if closed:
        raise Refused(closed)
    return account


def _move_ready(account: BankAccount, by: Actor, at: datetime) -> None:
    moved = db.session.scalars(
        sa.update(Payable)
        .where(
            Payable.party_id == account.party_id,
            Payable.status == Status.READY,
            Payable.account_id < account.id,
        )
        .values(account_id=account.id, version=Payable.version + 1)
        .returning(Payable.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not moved:
        return
    facts = {"account": mask_account(account.account_no), "payables": len(moved)}
    record(f"party:{account.party_id}", "payout.account_moved", facts, by=by, at=at)
