"""Control of a changed account number by call-back, by a second person (domain E.2)."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.audit import record
from app.db import db
from app.flow import Reason, Refused
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.payouts import queries
from app.payouts.models import Payable
from app.payouts.workflow import Status
from app.values.identity import mask_account
from app.values.language import N_


def control_account(account_id: int, note: str, *, by: Actor, at: datetime) -> BankAccount:
    """Confirm a new number by calling the recipient back; what waits unsigned goes to it. Raises Refused.

    What is signed already keeps the old number, its controls fail, and it must be sent back first.
    """
    account = queries.locked_account(account_id)
    closed = why_not_control(account, by)
    if not note.strip():
        closed.append(Reason(N_("Skriv hvem du ringte, på hvilket nummer, og hva de svarte.")))
    if closed:
        raise Refused(closed)
    parties.control_account(account, note.strip(), by=by, at=at)
    db.session.flush()
    _move_ready(account, by, at)
    return account


def why_not_control(account: BankAccount, actor: Actor) -> list[Reason]:
    """Why this person may not control the number."""
    reasons = []
    if not actor.may(Permission.ATTEST):
        reasons.append(Reason(N_("Du har ikke tilgang til dette."), who=N_("økonomi")))
    if account.controlled_at is not None or account.closed_at is not None:
        reasons.append(Reason(N_("Kontonummeret er allerede kontrollert eller stengt.")))
    if actor.id in (account.registered_by, account.confirmed_by):
        reasons.append(Reason(N_("Du har selv registrert kontonummeret. En annen må kontrollere det.")))
    if account.party_id in actor.party_ids:
        reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
    return reasons


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
    facts = {"account": mask_account(account.account_no), "payables": len(moved)}
    record(f"party:{account.party_id}", "payout.account_moved", facts, by=by, at=at)
