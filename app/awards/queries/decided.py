"""Reading decisions and awards that are made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, overload

import sqlalchemy as sa
from sqlalchemy.orm import aliased, defer, load_only

from app.access.domain import Actor, Permission, Role
from app.access.models import User, UserMembership
from app.applications.models import Application, BudgetKind, BudgetLine
from app.awards.domain import INSTALMENT
from app.awards.models import Award, Decision, Instalment
from app.awards.workflow import Status
from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.db import db, reference
from app.dispatch import queries as dispatch
from app.dispatch.models import Outgoing
from app.dispatch.queries import Told
from app.documents.models import Document

MOST = 200
# How far sending may move a deadline on and still be found.
MOVES = timedelta(days=60)


@dataclass(frozen=True)
class Made:
    """A decision with the names of its hands, the award it gave (None: refused), and its letter on the way.

    `answered_by`: who said yes or no to the award for its recipient; told in a summary.
    """

    decision: Decision
    award: Award | None
    decided_by: str
    recommended_by: str
    outgoing: Outgoing | None
    answered_by: str = ""

    @property
    def told(self) -> Told:
        """When its recipient was told of it."""
        sent = self.outgoing
        return dispatch.told_as(sent.facts, sent.queued_at, sent.status, sent.sent_at) if sent else dispatch.UNTOLD


def decision_of(case_id: int) -> Made | None:
    """The decision that stands: the newest on the case."""
    row = db.session.execute(_made(), {"asked": case_id}).first()
    return Made(*row) if row else None


@cache
def _made() -> sa.Select[*tuple[Any, ...]]:
    decider, proposer = aliased(User), aliased(User)
    return (
        sa.select(Decision, Award, decider.name, proposer.name, Outgoing)
        .outerjoin(Award, Award.decision_id == Decision.id)
        .outerjoin(Outgoing, Outgoing.key == letter_key(Decision.id))
        .join(decider, decider.id == Decision.decided_by)
        .join(proposer, proposer.id == Decision.recommended_by)
        .where(Decision.case_id == sa.bindparam("asked"))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def summary_of(case_id: int) -> Made | None:
    """The same without what its letter says, which is long: that is read where it is asked for."""
    row = db.session.execute(_summary(), {"asked": case_id}).first()
    return Made(*row) if row else None


@cache
def _summary() -> sa.Select[*tuple[Any, ...]]:
    answerer = aliased(User)
    answered_by = sa.func.coalesce(Award.accepted_by, Award.declined_by)
    return (
        _made()
        .add_columns(sa.func.coalesce(answerer.name, ""))
        .outerjoin(answerer, answerer.id == answered_by)
        .options(
            load_only(Decision.outcome, Decision.amount_ore, Decision.decided_at),
            defer(Award.hands),
            load_only(Outgoing.facts, Outgoing.queued_at, Outgoing.status, Outgoing.sent_at),
        )
    )


_AWARD_OF = sa.select(Award).where(Award.case_id == sa.bindparam("asked")).order_by(Award.id.desc()).limit(1)


def award_of(case_id: int) -> Award | None:
    """The award that stands on a case, or None."""
    return db.session.scalar(_AWARD_OF, {"asked": case_id})


def told(decision_id: int) -> Told:
    """When the recipient was told of a decision."""
    return dispatch.told(letter_key(decision_id))


@overload
def letter_key(decision_id: int) -> str: ...
@overload
def letter_key(decision_id: Any) -> sa.ColumnElement[str]: ...
def letter_key(decision_id: Any) -> str | sa.ColumnElement[str]:
    """What makes the letter of a decision unique, and the sum it bound: of a key, or of a column with keys."""
    key: str | sa.ColumnElement[str] = reference("decision", decision_id)
    return key


def accept_by(award: Award) -> date | None:
    """The last day to accept as it runs: counted from when the letter was sent; None while it is not."""
    return accept_by_all([award])[award.id]


def accept_by_all(awards: Collection[Award]) -> dict[int, date | None]:
    """The same of many awards, in one read."""
    found = dispatch.told_all([letter_key(award.decision_id) for award in awards])
    return {award.id: found[letter_key(award.decision_id)].counted(award.accept_by_on) for award in awards}


def award_by_public_id(public_id: str, actor: Actor) -> tuple[Award, Case] | None:
    """The award of this address with its case, when it is given, and told, to an organisation the person acts for."""
    query = (
        sa.select(Award, Case)
        .join(Case, Case.id == Award.case_id)
        .where(Award.public_id == public_id, Award.party_id.in_(_parties(actor)))
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row and told(row[0].decision_id).told_on else None


def _parties(actor: Actor) -> list[int]:
    """Organisations in whose own pages the person may stand (a coordinator's membership gives none)."""
    return [party_id for party_id in sorted(actor.party_ids) if actor.may(Permission.OWN_PORTAL, party_id=party_id)]


def locked_award(award_id: int) -> Award:
    """The award as it is now, locked until the transaction ends. Its case is locked before it."""
    query = sa.select(Award).where(Award.id == award_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def locked_awards(instalment_ids: Collection[int]) -> Sequence[Award]:
    """The awards these instalments are of, locked until the transaction ends; their cases are locked before them."""
    which = sa.select(Instalment.award_id).where(Instalment.id.in_(instalment_ids))
    query = sa.select(Award).where(Award.id.in_(which)).order_by(Award.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def by_award(instalments: Mapping[int, int]) -> dict[int, int]:
    """What these instalments (key → øre) give each award, in øre."""
    found: dict[int, int] = {}
    query = sa.select(Instalment.id, Instalment.award_id).where(Instalment.id.in_(instalments))
    for row in db.session.execute(query):
        found[row.award_id] = found.get(row.award_id, 0) + instalments[row.id]
    return found


def paid_of(award_ids: Collection[int]) -> dict[int, int]:
    """What the ledger says is paid of each of these awards, in øre."""
    query = (
        sa.select(Instalment.award_id, sa.func.sum(LedgerEntry.amount_ore))
        .join(LedgerEntry, LedgerEntry.ref == reference(INSTALMENT, Instalment.id))
        .where(Instalment.award_id.in_(award_ids), LedgerEntry.kind == EntryKind.PAYMENT)
        .group_by(Instalment.award_id)
    )
    return {award_id: int(ore) for award_id, ore in db.session.execute(query)}


def case_of(award_id: int) -> int:
    """The case an award is on. Raises NoResultFound."""
    return db.session.scalars(sa.select(Award.case_id).where(Award.id == award_id)).one()


def lapsed_at(award_id: int) -> datetime:
    """When a grant lapsed: when its money went back to the frame. Raises NoResultFound."""
    given_back = LedgerEntry.ref == reference("lapse", award_id)
    return db.session.scalars(
        sa.select(LedgerEntry.at).where(LedgerEntry.kind == EntryKind.REDUCTION, given_back)
    ).one()


def instalments_of(award_id: int) -> Sequence[Instalment]:
    """The payment plan, in order."""
    query = sa.select(Instalment).where(Instalment.award_id == award_id).order_by(Instalment.nr).limit(MOST)
    return db.session.scalars(query).all()


def decision(decision_id: int) -> Decision:
    """The decision. Raises NoResultFound."""
    return db.session.scalars(sa.select(Decision).where(Decision.id == decision_id)).one()


def letter_of(decision_id: int) -> Document | None:
    """The letter of a decision; None while it is not made."""
    query = sa.select(Document).join(Outgoing, Outgoing.document_id == Document.id)
    return db.session.scalar(query.where(Outgoing.key == letter_key(decision_id)))


def application_of(case_id: int) -> Application:
    """The application the award rests on. Raises NoResultFound."""
    return db.session.scalars(sa.select(Application).where(Application.case_id == case_id)).one()


def budget_of(application_id: int, kind: BudgetKind) -> Sequence[BudgetLine]:
    """The budget applied with, or the revised one."""
    query = sa.select(BudgetLine).where(BudgetLine.application_id == application_id, BudgetLine.kind == kind)
    return db.session.scalars(query.order_by(BudgetLine.position).limit(MOST)).all()


def signer_names(party_id: int) -> list[str]:
    """Who can sign for the organisation, by name."""
    query = (
        sa.select(User.name)
        .join(UserMembership, UserMembership.user_id == User.id)
        .where(UserMembership.party_id == party_id, UserMembership.role == Role.SIGNER, User.active)
        .order_by(User.sort_key, User.id)
        .limit(20)
    )
    return list(db.session.scalars(query))


def officer_address(case: Case) -> str:
    """The e-mail address of whoever has the case; empty where nobody has it, or has none."""
    query = sa.select(User.email).where(User.id == case.officer_id, User.active)
    return db.session.scalar(query) or ""


def reminder_key(award_id: int, step: str) -> str:
    """What makes a reminder unique: one for each award and step."""
    return f"{reference('accept-reminder', award_id)}:{step}"


def awaiting_between(first_on: date, last_on: date, step: str) -> Sequence[int]:
    """Awards nobody has accepted, whose deadline as it runs lies in these days and who have not had this reminder.

    At most 100. Sending may have moved a day on, never back, so it is counted for each that the letter's own day lets.
    """
    key = reference("accept-reminder", Award.id) + sa.literal(f":{step}")
    query = (
        sa.select(Award)
        .where(
            Award.status == Status.AWAITING,
            Award.accept_by_on.between(first_on - MOVES, last_on),
            ~sa.exists().where(Outgoing.key == key),
        )
        .order_by(Award.accept_by_on, Award.id)
        .limit(MOST)
    )
    days = accept_by_all(db.session.scalars(query).all())
    return [award_id for award_id, on in days.items() if on is not None and first_on <= on <= last_on][:100]


def award_and_case(award_id: int) -> tuple[Award, Case]:
    """An award with its case. Raises NoResultFound."""
    row = db.session.execute(
        sa.select(Award, Case).join(Case, Case.id == Award.case_id).where(Award.id == award_id)
    ).one()
    return row[0], row[1]
