"""Reading cases, one at a time; lists stand with their readers (desk, portal, public)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User, UserRole
from app.audit.models import AuditEntry
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration, SearchText
from app.cases.workflow import Status
from app.db import db
from app.db.session import lock_rows
from app.flow import Standing
from app.rules.models import Call
from app.rules.workflow import CallStatus

# A round is read whole to be declared on and ranked; the largest known has far fewer.
MOST_IN_ROUND = 500
MOST_ANSWERS = 500
MOST_ROUNDS = 10
MOST_IN_DOUBT = 30
OPEN = (
    Status.SUBMITTED,
    Status.REGISTERED,
    Status.AWAITING_APPLICANT,
    Status.ASSESSING,
    Status.RECOMMENDED,
)

# Nothing is left to do with these; every other case that is sent in needs somebody.
DONE = (Status.DRAFT, Status.WITHDRAWN, Status.CLOSED)

# Sending is a later room's, so its table is named here, not known: what was never told binds nobody.
OUTGOING = sa.table("outgoing", *map(sa.column, ("case_id", "kind", "document_id", "sent_at")))
_UNTOLD = sa.exists().where(
    OUTGOING.c.case_id == sa.bindparam("asked"), OUTGOING.c.kind == "decision", OUTGOING.c.sent_at.is_(None)
)

_remembered: ContextVar[tuple[int, int, dict[int, str]] | None] = ContextVar("remembered", default=None)


_LOCKED = (
    sa.select(Case)
    .where(Case.id == sa.bindparam("asked"))
    .options(joinedload(Case.party))
    .with_for_update(of=Case)
    .execution_options(populate_existing=True)
)


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Which cases a person may see: officers every case that is sent in, recipients their own."""
    own = Case.party_id.in_(actor.party_ids)
    if actor.may(Permission.READ_CASES):
        return sa.or_(Case.status != Status.DRAFT, own)
    return own


def by_number(number: str, actor: Actor) -> Case | None:
    """The case of this number, when the person may see it."""
    query = sa.select(Case).options(joinedload(Case.party)).where(Case.number == number, seen_by(actor))
    return db.session.scalar(query)


def by_public_id(public_id: str, actor: Actor) -> Case | None:
    """The case of this address (drafts have no number), when the person may see it."""
    query = sa.select(Case).options(joinedload(Case.party)).where(Case.public_id == public_id, seen_by(actor))
    return db.session.scalar(query)


def locked(case_id: int) -> Case:
    """The case as it is now, locked until the transaction ends; an action starts here."""
    return db.session.scalars(_LOCKED, {"asked": case_id}).one()


def lock(case_ids: Collection[int]) -> None:
    """Lock these cases, in one order, before what is judged of many is read."""
    lock_rows(sa.select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update())


@contextmanager
def remembering(case_id: int, user_id: int) -> Iterator[None]:
    """While a page asks every room for its steps, the person's declaration on the case is read once."""
    token = _remembered.set((case_id, user_id, declared([case_id], user_id)))
    try:
        yield
    finally:
        _remembered.reset(token)


# What gives a case to its officer; what moves it to them while they have it is told where it is read.
GIVEN = ("case.assigned", "case.taken", "case.handed_over")


def given_at(*also: sa.ColumnElement[bool]) -> sa.ScalarSelect[datetime]:
    """When the case of an enclosing statement last came to whoever has it: given to them, or by one of these events."""
    return (
        sa.select(sa.func.max(AuditEntry.at))
        .where(AuditEntry.case_id == Case.id, sa.or_(AuditEntry.event.in_(GIVEN), *also))
        .correlate(Case)
        .scalar_subquery()
    )


def declared(case_ids: Iterable[int], user_id: int) -> dict[int, str]:
    """The person's newest declaration of impartiality on each of these cases."""
    case_ids, known = list(case_ids), _remembered.get()
    if known and (case_ids, user_id) == ([known[0]], known[1]) and not db.session.info.get("writing"):
        return known[2]
    query = (
        sa.select(Declaration.case_id, Declaration.answer)
        .where(Declaration.case_id.in_(case_ids), Declaration.user_id == user_id)
        .order_by(Declaration.id)
    )
    return {case_id: answer.value for case_id, answer in db.session.execute(query)}


def standing(case: Case, actor: Actor | None) -> Standing:
    """What flow needs to judge this person on this case."""
    if actor is None or not actor.is_internal:
        return case.standing()
    return replace(case.standing(), declared=declared([case.id], actor.id).get(case.id))


def on_case(plain: Standing, case_id: int, actor: Actor | None) -> Standing:
    """The standing of a thing on a case, with the person's declaration on that case."""
    if actor is None or not actor.is_internal:
        return plain
    return replace(plain, declared=declared([case_id], actor.id).get(case_id))


def of_call(call_id: int, actor: Actor) -> list[Case]:
    """The cases sent in under a call that the person may see and that are not withdrawn, by the applicant's name."""
    query = (
        sa.select(Case)
        .where(Case.call_id == call_id, Case.status.not_in((Status.DRAFT, Status.WITHDRAWN)), seen_by(actor))
        .order_by(Case.party_sort, Case.id)
        .limit(MOST_IN_ROUND)
    )
    return list(db.session.scalars(query))


def unanswered_rounds(actor: Actor) -> Sequence[Any]:
    """Rounds with cases to be decided that the person has not answered for: address, titles, deadline, and how many.

    Counted no further than a round is read.
    """
    lacks = (
        sa.select(Case.id)
        .where(
            Case.call_id == Call.id,
            Case.status.in_(OPEN),
            ~sa.exists().where(Declaration.case_id == Case.id, Declaration.user_id == actor.id),
        )
        .correlate(Call)
        .limit(MOST_IN_ROUND)
        .subquery()
    )
    count = sa.select(sa.func.count()).select_from(lacks).scalar_subquery().label("count")
    rounds = (
        sa.select(Call.public_id, Call.title_nb, Call.title_nn, Call.deadline_on, count)
        .where(Call.status == CallStatus.PUBLISHED)
        .order_by(Call.deadline_on.desc(), Call.id)
        .limit(MOST_ROUNDS)
        .subquery()
    )
    return db.session.execute(sa.select(rounds).where(rounds.c.count > 0)).all()


@dataclass(frozen=True)
class Answer:
    """What somebody answered on impartiality, newest last in a list; `settled_by` is the leader's name when theirs."""

    key: int
    user: User
    answer: Impartiality
    reason: str
    at: datetime
    settled_by: str | None


def answers(case_id: int) -> list[Answer]:
    """Every answer on impartiality ever given on this case, in the order they were given."""
    query = _answers().where(Declaration.case_id == case_id).order_by(Declaration.id).limit(MOST_ANSWERS)
    return [Answer(*row) for row in db.session.execute(query)]


def newest_answer(case_id: int, user_id: int) -> Answer | None:
    """What stands of this person's impartiality on the case."""
    query = _answers().where(Declaration.case_id == case_id, Declaration.user_id == user_id)
    row = db.session.execute(query.order_by(Declaration.id.desc()).limit(1)).first()
    return Answer(*row) if row else None


def _answers() -> sa.Select[*tuple[Any, ...]]:
    leader = aliased(User)
    return (
        sa.select(Declaration.id, User, Declaration.answer, Declaration.reason, Declaration.at, leader.name)
        .join(User, User.id == Declaration.user_id)
        .outerjoin(leader, leader.id == Declaration.settled_by)
    )


@dataclass(frozen=True)
class Colleague:
    """Someone a case can be given to: how many open cases they have, and their own answer on this one."""

    user: User
    load: int
    declared: str | None
    reason: str

    @property
    def tied(self) -> bool:
        """Whether they have told of a tie or a doubt."""
        return self.declared in (Impartiality.PARTIAL, Impartiality.IN_DOUBT)


def colleagues(case_id: int) -> list[Colleague]:
    """Everyone who may assess, by name, with load and declared ties. Three reads."""
    roles = [role for role, granted in GRANTS.items() if Permission.ASSESS in granted]
    users = db.session.scalars(
        sa.select(User)
        .where(User.active, User.id.in_(sa.select(UserRole.user_id).where(UserRole.role.in_(roles))))
        .order_by(User.sort_key, User.id)
    )
    counted = db.session.execute(
        sa.select(Case.officer_id, sa.func.count())
        .where(Case.status.in_(OPEN), Case.officer_id.is_not(None))
        .group_by(Case.officer_id)
    )
    loads = dict(counted.all())
    answers = db.session.execute(
        sa.select(Declaration.user_id, Declaration.answer, Declaration.reason)
        .where(Declaration.case_id == case_id)
        .order_by(Declaration.id)
    )
    told = {user_id: (answer.value, reason) for user_id, answer, reason in answers}
    return [Colleague(u, loads.get(u.id, 0), *told.get(u.id, (None, ""))) for u in users]


def is_untold(case_id: int) -> bool:
    """Whether a decision on the case waits to be sent."""
    return bool(db.session.scalar(sa.select(_UNTOLD), {"asked": case_id}))


def held_by(officer_id: int) -> list[Case]:
    """Every case this officer has that is not done, locked until the transaction ends."""
    query = (
        sa.select(Case)
        .where(Case.officer_id == officer_id, Case.status.not_in(DONE))
        .order_by(Case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def held_numbers(officer_id: int) -> list[str]:
    """The numbers of the cases this officer has that are not done, in order."""
    query = (
        sa.select(Case.number)
        .where(Case.officer_id == officer_id, Case.status.not_in(DONE), Case.number.is_not(None))
        .order_by(Case.number)
    )
    return [number for number in db.session.scalars(query) if number]


def in_doubt(actor: Actor) -> list[tuple[Case, datetime]]:
    """The cases where somebody else's answer is that they are in doubt, and since when; the oldest first."""
    any_told = aliased(Declaration)
    newest = (
        sa.select(sa.func.max(any_told.id))
        .where(any_told.case_id == Declaration.case_id, any_told.user_id == Declaration.user_id)
        .scalar_subquery()
    )
    query = (
        sa.select(Case, Declaration.at)
        .join(Declaration, Declaration.case_id == Case.id)
        .where(
            Declaration.answer == Impartiality.IN_DOUBT,
            Declaration.user_id != actor.id,
            Declaration.id == newest,
            Case.status.not_in(DONE),
        )
        .order_by(Declaration.id)
        .limit(MOST_IN_DOUBT)
    )
    return [(case, at) for case, at in db.session.execute(query)]


_TEXTS = sa.select(SearchText.part, SearchText.text).where(SearchText.case_id == sa.bindparam("asked"))


def found_by(case_id: int) -> dict[str, str]:
    """The words the case is found by, part by part."""
    return {row.part: row.text for row in db.session.execute(_TEXTS, {"asked": case_id})}
