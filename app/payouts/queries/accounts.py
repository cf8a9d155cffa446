"""Account numbers that wait for a call-back by a second person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User, UserMembership
from app.cases.models import TOLD, Case, Declaration
from app.cases.queries import own_answer
from app.compensation.models import GpAgreement
from app.db import db
from app.flow import Reason
from app.flow.models import Hand
from app.flow.opposed import THEIRS
from app.parties.models import BankAccount, Party
from app.payables.models import PaymentBasis
from app.payouts.domain import why_control
from app.payouts.models import Payable
from app.payouts.queries.control import Seen
from app.payouts.queries.ready_to_pay import may_be_paid_of
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


def accounts_to_control(lines: Iterable[Seen], party_id: int | None = None) -> list[NewAccount]:
    """What stops a line that waits for a hand, and numbers given later than the accepted one; oldest first.

    `party_id`: of this organisation only.
    """
    why = {
        row.account.id: reason
        for row in lines
        if row.payable.status in NEXT
        and row.snapshot.account_is_newest
        and not row.snapshot.account_denied
        and (reason := why_control(row.snapshot))
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
    if party_id is not None:
        query = query.where(BankAccount.party_id == party_id)
    rows = db.session.execute(query)
    return [NewAccount(account, party, name, count, why.get(account.id, NEWER)) for account, party, name, count in rows]


def any_uncontrolled() -> sa.ColumnElement[bool]:
    """Whether any open number is not controlled."""
    return sa.exists().where(BankAccount.controlled_at.is_(None), BankAccount.closed_at.is_(None))


@dataclass(frozen=True)
class Told:
    """Who ever gave, confirmed or controlled a number, by hand, and the person's answers on impartiality.

    The hands are of every row of the same organisation and number, and what the person has signed for the organisation
    on any case of it. `answers`: on each case of the organisation that the number can be paid to for, None where there
    is none, and on every other case of it where they have ever told of a tie or a doubt.
    """

    hands: Mapping[str, Collection[int]]
    answers: Collection[tuple[Case, str | None]]


def told_of(accounts: Collection[BankAccount], actor: Actor) -> dict[int, Told]:
    """What judges who may control each of these numbers; two reads."""
    hands = _hands([account.id for account in accounts], actor)
    answers = _answers({account.party_id for account in accounts}, actor)
    return {each.id: Told(hands.get(each.id, {}), answers.get(each.party_id, ())) for each in accounts}


def cases_of(party_id: int) -> list[int]:
    """The organisation's cases that are sent in."""
    return list(db.session.scalars(sa.select(Case.id).where(Case.party_id == party_id, Case.number.is_not(None))))


def to_warn(party_id: int) -> dict[str, str]:
    """Where those who can sign for the organisation are reached, and itself, by whom: each address once."""
    signs = [role for role, granted in GRANTS.items() if Permission.SIGN_OWN in granted]
    people = (
        sa.select(User.id, User.email)
        .join(UserMembership, UserMembership.user_id == User.id)
        .where(UserMembership.party_id == party_id, UserMembership.role.in_(signs), User.active)
        .order_by(User.id)
        .limit(MOST)
    )
    own = db.session.scalars(sa.select(Party.email).where(Party.id == party_id)).one()
    found = {own: "party"} if own else {}
    for user_id, email in db.session.execute(people):
        if email:
            found.setdefault(email, str(user_id))
    return {who: address for address, who in found.items()}


def _hands(account_ids: Collection[int], actor: Actor) -> dict[int, dict[str, set[int]]]:
    asked, same = aliased(BankAccount), aliased(BankAccount)
    of_number = (
        sa.select(asked.id, same.registered_by, same.confirmed_by, Hand.hand, Hand.user_id)
        .join(same, sa.and_(same.party_id == asked.party_id, same.account_no == asked.account_no))
        .outerjoin(Hand, sa.and_(Hand.kind == "account", Hand.thing_id == same.id))
        .where(asked.id.in_(account_ids))
    )
    nobody = sa.cast(sa.null(), same.registered_by.type)
    signed = (
        sa.select(asked.id, nobody, nobody, Hand.hand, Hand.user_id)
        .join(Case, Case.party_id == asked.party_id)
        .join(Hand, Hand.case_id == Case.id)
        .where(asked.id.in_(account_ids), Hand.user_id == actor.id, Hand.hand.in_(THEIRS))
    )
    found: dict[int, dict[str, set[int]]] = {}
    for account_id, registered_by, confirmed_by, hand, user_id in db.session.execute(sa.union_all(of_number, signed)):
        hands = found.setdefault(account_id, {})
        for name, person in (("typed", registered_by), ("confirmed", confirmed_by), (hand, user_id)):
            if person is not None:
                hands.setdefault(name, set()).add(person)
    return found


def _answers(party_ids: Collection[int], actor: Actor) -> dict[int, list[tuple[Case, str | None]]]:
    """Begun with the few cases that are looked for, not with all that the organisations ever had."""
    tied = sa.select(Declaration.case_id).where(Declaration.user_id == actor.id, sa.text(TOLD))
    query = (
        sa.select(Case, own_answer(actor.id))
        .where(Case.id.in_(sa.union(*may_be_paid_of(party_ids), tied)), Case.party_id.in_(party_ids))
        .order_by(Case.number)
    )
    found: dict[int, list[tuple[Case, str | None]]] = {}
    for case, answer in db.session.execute(query):
        found.setdefault(case.party_id, []).append((case, answer.value if answer else None))
    return found


def _newer() -> sa.ColumnElement[bool]:
    """An open number that no acceptance or agreement was made with, on an organisation that has one that was."""
    theirs = PaymentBasis.party_id == BankAccount.party_id
    accepted = sa.exists().where(theirs, PaymentBasis.account_id == BankAccount.id)
    agreed = sa.exists().where(GpAgreement.account_id == BankAccount.id)
    earlier = sa.exists().where(theirs, PaymentBasis.account_id < BankAccount.id)
    earlier_agreement = sa.exists().where(
        GpAgreement.payee_id == BankAccount.party_id, GpAgreement.account_id < BankAccount.id
    )
    return sa.and_(
        BankAccount.controlled_at.is_(None),
        BankAccount.closed_at.is_(None),
        sa.or_(earlier, earlier_agreement),
        sa.or_(~sa.or_(accepted, agreed), _held_up()),
    )


def _held_up() -> sa.Exists:
    """A payable waits with an older number of the same organisation."""
    return sa.exists().where(
        Payable.party_id == BankAccount.party_id,
        Payable.status.in_(list(NEXT)),
        Payable.account_id < BankAccount.id,
    )
