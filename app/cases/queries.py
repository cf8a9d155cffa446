"""Reading cases, one at a time; lists stand with their readers (desk, portal, public)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User, UserRole
from app.cases.domain import Chore, Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import CASE, Status, Step
from app.db import db
from app.flow import Offer, Reason, Standing, why_not
from app.values.language import N_

# A round is read whole to be declared on and ranked; the largest known has far fewer.
MOST_IN_ROUND = 500
OPEN = (
    Status.SUBMITTED,
    Status.REGISTERED,
    Status.AWAITING_APPLICANT,
    Status.ASSESSING,
    Status.RECOMMENDED,
)

# Nothing is left to do with these; every other case that is sent in needs somebody.
_DONE = (Status.DRAFT, Status.WITHDRAWN, Status.CLOSED)

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


@contextmanager
def remembering(case_id: int, user_id: int) -> Iterator[None]:
    """While a page asks every room for its steps, the person's declaration on the case is read once."""
    token = _remembered.set((case_id, user_id, declared([case_id], user_id)))
    try:
        yield
    finally:
        _remembered.reset(token)


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


def in_doubt(case_id: int) -> list[tuple[User, str]]:
    """The people whose newest answer on this case is doubt, with what they wrote."""
    query = (
        sa.select(User, Declaration.answer, Declaration.reason)
        .join(User, User.id == Declaration.user_id)
        .where(Declaration.case_id == case_id)
        .order_by(Declaration.id)
    )
    newest = {user.id: (user, answer, reason) for user, answer, reason in db.session.execute(query)}
    return [(user, reason) for user, answer, reason in newest.values() if answer is Impartiality.IN_DOUBT]


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


def held_by(officer_id: int) -> list[Case]:
    """Every case this officer has that is not done, locked until the transaction ends."""
    query = (
        sa.select(Case)
        .where(Case.officer_id == officer_id, Case.status.not_in(_DONE))
        .order_by(Case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def held_numbers(officer_id: int) -> list[str]:
    """The numbers of the cases this officer has that are not done, in order."""
    query = (
        sa.select(Case.number)
        .where(Case.officer_id == officer_id, Case.status.not_in(_DONE), Case.number.is_not(None))
        .order_by(Case.number)
    )
    return [number for number in db.session.scalars(query) if number]


def assign_reasons(case: Case, officer_id: int, by: Actor) -> list[Reason]:
    """Why this person may not give the case to that officer. Taking one nobody has is open to those who register."""
    if case.status not in OPEN:
        return [Reason(N_("Saken er ferdig og kan ikke gis til noen."))]
    taking = officer_id == by.id and by.may(Permission.ASSESS) and case.officer_id in (None, by.id)
    if not taking and not by.may(Permission.DISTRIBUTE):
        return [Reason(N_("Bare fagansvarlig kan gi saken til en annen."), who=N_("fagansvarlig"))]
    if declared([case.id], officer_id).get(case.id) == Impartiality.PARTIAL:
        return [Reason(N_("Den som skal få saken, har meldt at de er inhabile."))]
    return []


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """Register, take, distribute, declare, settle a doubt and close. `at` is not needed yet."""
    del at
    if case.number is None or not actor.may(Permission.READ_CASES):
        return []
    return [*_moves(case, actor), *_chores(case, actor)]


def _moves(case: Case, actor: Actor) -> list[Offer]:
    now = standing(case, actor)
    values = {"number": str(case.number), "version": str(case.version)}
    steps = ((Step.REGISTER, "cases.register"), (Step.CLOSE, "cases.close"))
    return [
        Offer(step, tuple(why_not(CASE, step, now, actor)), endpoint, values, post=True)
        for step, endpoint in steps
        if case.status in CASE.move(step).start
    ]


def _chores(case: Case, actor: Actor) -> list[Offer]:
    if case.status not in OPEN:
        return []
    number = {"number": str(case.number)}
    found: list[Offer] = []
    if case.officer_id is None and actor.may(Permission.ASSESS):
        values = {**number, "version": str(case.version)}
        found.append(Offer(Chore.TAKE, tuple(assign_reasons(case, actor.id, actor)), "cases.take", values, post=True))
    if actor.may(Permission.DISTRIBUTE):
        found.append(Offer(Chore.DISTRIBUTE, (), "cases.distribute", number))
    acts = actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)
    if acts and declared([case.id], actor.id).get(case.id) is None:
        found.append(Offer(Chore.DECLARE, (), "cases.declare", number))
    if actor.may(Permission.DECIDE) and any(user.id != actor.id for user, _ in in_doubt(case.id)):
        found.append(Offer(Chore.SETTLE, (), "cases.settle", number))
    return found
