"""What the controls see of a payable, in one statement whatever the number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Actor
from app.access.models import UserMembership, UserRole
from app.applications.models import Application
from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.cases.models import Case, Declaration
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as OutgoingStatus
from app.flow import Reason, Standing
from app.parties.models import BankAccount, Party
from app.payables.domain import Kind
from app.payables.models import PaymentBasis
from app.payouts.domain import Snapshot
from app.payouts.kinds import kind_of, named
from app.payouts.models import Payable, PayoutList
from app.payouts.queries.debts_beside import Answer, debts_beside, owes
from app.payouts.workflow import WAITS_FOR, Status, may_act
from app.reports.models import Report

MOST, MOST_IN_CASE = 500, 20
_SIGN = {EntryKind.COMMITMENT: 1, EntryKind.REDUCTION: -1, EntryKind.PAYMENT: -1}


@dataclass(frozen=True)
class Seen:
    """A payable with its snapshot and the names a page needs; read at one moment for one person.

    `pay_on`: the bank day of the list it stands on. `debts`: the other cases whose debts are set off in it, or would
    be, with the person's answer on each.
    """

    payable: Payable
    snapshot: Snapshot
    case: Case
    party: Party
    account: BankAccount
    basis: PaymentBasis
    chapter_post: str
    report_public_id: str | None
    first_payment: bool
    again: bool
    pay_on: date | None = None
    debts: Sequence[Answer] = ()

    @property
    def answers(self) -> list[Answer]:
        """The cases its reader answers for, with what they have answered: its own, and those of the debts."""
        return [(self.case, self.snapshot.declared), *self.debts]

    @property
    def what(self) -> Reason:
        """What the line is called: «Rate 1 av 2»."""
        return named(self.basis)

    def accepted(self, names: Mapping[int, str]) -> Reason:
        """Who said yes to what is paid, and when; `names` are people's, by key."""
        who, when = self.basis.accepted_by, self.basis.accepted_at
        return Reason(self.kind.accepted, {"who": names[who] if who else "", "when": when})

    @property
    def is_last(self) -> bool:
        """Whether it is the last of several parts."""
        return self.basis.nr == self.basis.of > 1

    @property
    def kind(self) -> Kind:
        """What its room says of such lines."""
        return kind_of(self.basis)

    @property
    def account_no(self) -> str:
        """The number the money goes to."""
        return self.account.account_no

    def standing(self) -> Standing:
        """What the table of moves judges, the reader's own declaration with it."""
        return replace(self.payable.standing(), declared=self.snapshot.declared)


def seen_of(payable_ids: Collection[int], actor: Actor | None, today: date) -> dict[int, Seen]:
    """The snapshots of these payables, by key."""
    rows = seen(Payable.id.in_(payable_ids), actor=actor, today=today, most=max(len(payable_ids), 1))
    return {row.payable.id: row for row in rows}


def anything(statuses: Collection[Status]) -> sa.ColumnElement[bool]:
    """Whether anything stands in these statuses."""
    return sa.exists().where(Payable.status.in_(statuses))


def waiting(*parts: Collection[Status], actor: Actor, today: date) -> list[Seen]:
    """What stands in these statuses, at most MOST of each part: one that can be much crowds out no other."""
    keys = [
        sa.select(
            sa.select(Payable.id).where(Payable.status.in_(part)).order_by(Payable.id).limit(MOST).subquery().c.id
        )
        for part in parts
        if part
    ]
    if not keys:
        return []
    return seen(Payable.id.in_(sa.union_all(*keys)), actor=actor, today=today, most=len(keys) * MOST)


def seen(*where: sa.ColumnElement[bool], actor: Actor | None, today: date, most: int = MOST) -> list[Seen]:
    """Payables with everything the controls and the pages need, oldest first."""
    return _read(_ordered(*where).limit(most), {}, actor, today)


def seen_in(case_id: int, actor: Actor, today: date) -> list[Seen]:
    """Those of a case that wait for a hand."""
    return _read(_in_case(), {"case": case_id}, actor, today)


@cache
def _in_case() -> sa.Select[Any]:
    waits = (Payable.case_id == sa.bindparam("case"), Payable.status.in_(WAITS_FOR))
    return _ordered(*waits).limit(MOST_IN_CASE)


def _ordered(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return _everything().where(*where).order_by(Payable.list_id, Payable.line_no, Payable.id)


def _read(query: sa.Select[Any], of: Mapping[str, Any], actor: Actor | None, today: date) -> list[Seen]:
    # An action judges what is stored now; a page keeps the case it has read, with its party.
    anew = {"populate_existing": bool(db.session.info.get("writing"))}
    known = {**of, "looking": actor.id if actor else -1}
    rows = db.session.execute(query, known, execution_options=anew).all()
    debts = debts_beside([row.Payable.id for row in rows if row.owes], actor)
    return [_seen(row, today, debts.get(row.Payable.id, ()), actor) for row in rows]


@cache
def _everything() -> sa.Select[Any]:
    """Made once: thirteen tables and a dozen subqueries are dearer to write than to read."""
    return (
        sa.select(
            Payable,
            Case,
            Party,
            Frame,
            BankAccount,
            PaymentBasis,
            LedgerEntry.amount_ore.label("bound_ore"),
            owes().label("owes"),
            *(column.label(name) for name, column in _subqueries().items()),
        )
        .join(Case, Case.id == Payable.case_id)
        .join(Party, Party.id == Payable.party_id)
        .join(Frame, Frame.id == Payable.frame_id)
        .join(BankAccount, BankAccount.id == Payable.account_id)
        .join(PaymentBasis, PaymentBasis.id == Payable.basis_id)
        .join(LedgerEntry, LedgerEntry.id == PaymentBasis.commitment_id)
    )


def _subqueries() -> dict[str, Any]:
    return {**_of_the_account(), **_of_the_money()}


def _of_the_account() -> dict[str, Any]:
    """What is known of the number it is paid to, and of those its recipient has given."""
    newest, used, last, shut = (aliased(BankAccount) for _ in range(4))
    earlier = aliased(Payable)
    return {
        "newest_id": sa.select(sa.func.max(newest.id))
        .where(newest.party_id == Payable.party_id, newest.closed_at.is_(None))
        .scalar_subquery(),
        "last_id": sa.select(sa.func.max(last.id)).where(last.party_id == Payable.party_id).scalar_subquery(),
        "closed_before": sa.exists().where(
            shut.party_id == Payable.party_id,
            shut.account_no == BankAccount.account_no,
            shut.closed_at.is_not(None),
        ),
        # What the recipient's own people gave is not as good when they confirm it themselves.
        "typed_by_us": sa.and_(
            sa.exists().where(UserRole.user_id == BankAccount.registered_by),
            ~sa.exists().where(
                UserMembership.user_id == BankAccount.registered_by, UserMembership.party_id == BankAccount.party_id
            ),
        ),
        "paid_earlier": sa.exists().where(
            earlier.party_id == Payable.party_id, earlier.status == Status.PAID, earlier.id != Payable.id
        ),
        "paid_to_number": sa.exists().where(
            earlier.party_id == Payable.party_id,
            earlier.status == Status.PAID,
            earlier.account_id == used.id,
            used.account_no == BankAccount.account_no,
        ),
        "applied_no": sa.select(Application.account_no).where(Application.case_id == Payable.case_id).scalar_subquery(),
    }


def _of_the_money() -> dict[str, Any]:
    """What binds it and what has been paid of the same, its letter and report, and the reader's own answer."""
    other, before, same = aliased(Payable), aliased(Payable), aliased(PaymentBasis)
    row = aliased(LedgerEntry)
    sign = sa.case(*((row.kind == kind, sign) for kind, sign in _SIGN.items()), else_=0)
    return {
        "letter_sent": sa.or_(
            PaymentBasis.letter_key.is_(None),
            sa.exists().where(Outgoing.key == PaymentBasis.letter_key, Outgoing.status == OutgoingStatus.SENT),
        ),
        "report_id": sa.select(Report.public_id)
        .where(Report.case_id == Payable.case_id, Report.kind == PaymentBasis.report)
        .order_by(Report.id.desc())
        .limit(1)
        .scalar_subquery(),
        "other_ore": sa.select(sa.func.coalesce(sa.func.sum(other.amount_ore), 0))
        .join(same, same.id == other.basis_id)
        .where(
            same.commitment_id == PaymentBasis.commitment_id, other.id != Payable.id, other.status != Status.CANCELLED
        )
        .scalar_subquery(),
        "left_ore": sa.select(sa.func.coalesce(sa.func.sum(row.amount_ore * sign), 0))
        .where(row.case_id == Payable.case_id)
        .scalar_subquery(),
        "paid_before": sa.exists().where(row.kind == EntryKind.PAYMENT, row.ref == PaymentBasis.ref),
        "pay_on": sa.select(PayoutList.pay_on).where(PayoutList.id == Payable.list_id).scalar_subquery(),
        "again": sa.exists().where(
            before.basis_id == Payable.basis_id,
            before.status == Status.CANCELLED,
            before.list_id.is_not(None),
            before.id < Payable.id,
        ),
        "declared": sa.select(Declaration.answer)
        .where(Declaration.case_id == Payable.case_id, Declaration.user_id == sa.bindparam("looking"))
        .order_by(Declaration.id.desc())
        .limit(1)
        .scalar_subquery(),
    }


def _seen(row: Any, today: date, debts: Sequence[Answer], actor: Actor | None) -> Seen:
    return Seen(
        payable=row.Payable,
        snapshot=_snapshot(row, today, signs=actor is not None and may_act(actor, row.Payable.status)),
        case=row.Case,
        party=row.Party,
        chapter_post=row.Frame.chapter_post,
        basis=row.PaymentBasis,
        report_public_id=row.report_id,
        account=row.BankAccount,
        first_payment=not row.paid_earlier,
        again=row.again,
        pay_on=row.pay_on,
        debts=debts,
    )


def _snapshot(row: Any, today: date, *, signs: bool) -> Snapshot:
    payable, account, basis = row.Payable, row.BankAccount, row.PaymentBasis
    hands = (payable.attested_by, payable.approved_by, payable.authorised_by)
    return Snapshot(
        amount_ore=payable.amount_ore,
        due_on=payable.due_on,
        today=today,
        frame_year=row.Frame.year,
        account_no=account.account_no,
        account_is_newest=row.newest_id == account.id,
        account_controlled=account.controlled_at is not None,
        account_rejected=account.is_rejected,
        account_denied=row.last_id != row.newest_id,
        account_closed_before=row.closed_before,
        account_confirmed=account.confirmed_by not in (None, account.registered_by) and row.typed_by_us,
        account_paid_before=row.paid_to_number,
        account_as_applied=basis.agreed or row.applied_no == account.account_no,
        declared=row.declared.value if row.declared else None,
        signs=signs,
        left_ore=int(row.left_ore),
        hands=tuple(hand for hand in hands if hand is not None),
        # A paid line is itself what the ledger tells of; the control is for those that still wait.
        paid_before=row.paid_before and payable.status is not Status.PAID,
        is_claim=basis.agreed,
        letter_sent=row.letter_sent,
        accepted=basis.accepted_at is not None,
        account_accepted=basis.account_id == account.id,
        trigger=basis.trigger,
        trigger_on=basis.from_on,
        report_approved=basis.released_at is not None,
        stopped=basis.stopped or basis.lapsed,
        total_ore=row.bound_ore,
        other_ore=int(row.other_ore),
    )
