"""Reading what people have answered on impartiality, and what follows from it for a step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User, UserRole
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.queries.reading import DONE, MOST_IN_ROUND, OPEN
from app.db import db
from app.flow import Standing
from app.rules.models import Call
from app.rules.workflow import CallStatus

MOST_ANSWERS = 500
MOST_ROUNDS = 10
MOST_IN_DOUBT = 30
_remembered: ContextVar[tuple[int, int, dict[int, str]] | None] = ContextVar("remembered", default=None)

_DECLARED = (
    sa.select(Declaration.case_id, Declaration.answer)
    .where(
        Declaration.case_id.in_(sa.bindparam("asked", expanding=True)), Declaration.user_id == sa.bindparam("person")
    )
    .order_by(Declaration.id)
)


@contextmanager
def remembering(case_id: int, user_id: int, known: Mapping[int, str] | None = None) -> Iterator[None]:
    """While a page asks every room for its steps, the person's declaration on the case is read once.

    `known`: what `declared` gives, where the page has read it with something else.
    """
    told = dict(known) if known is not None else declared([case_id], user_id)
    token = _remembered.set((case_id, user_id, told))
    try:
        yield
    finally:
        _remembered.reset(token)


def declared(case_ids: Iterable[int], user_id: int) -> dict[int, str]:
    """The person's newest declaration of impartiality on each of these cases."""
    case_ids, known = list(case_ids), _remembered.get()
    if known and (case_ids, user_id) == ([known[0]], known[1]) and not db.session.info.get("writing"):
        return known[2]
    rows = db.session.execute(_DECLARED, {"asked": case_ids, "person": user_id})
    return {case_id: answer.value for case_id, answer in rows}


def ties(user_id: int, party_ids: Iterable[int]) -> dict[int, str]:
    """The parties of these the person has told a tie or a doubt about that still stands, and a case where they did."""
    newer = aliased(Declaration)
    query = (
        sa.select(Case.party_id, Case.number)
        .join(Declaration, Declaration.case_id == Case.id)
        .where(
            Case.party_id.in_(list(party_ids)),
            Declaration.user_id == user_id,
            Declaration.answer != Impartiality.IMPARTIAL,
            ~sa.exists().where(newer.case_id == Case.id, newer.user_id == user_id, newer.id > Declaration.id),
        )
        .order_by(Case.id)
    )
    return {party_id: str(number) for party_id, number in db.session.execute(query)}


def own_answer(user_id: Any, case_id: Any = Case.id) -> sa.ScalarSelect[Impartiality]:
    """The person's newest declaration on a case, to be read in the same statement as what hangs on it."""
    own = aliased(Declaration)
    query = sa.select(own.answer).where(own.case_id == case_id, own.user_id == user_id)
    return query.order_by(own.id.desc()).limit(1).scalar_subquery()


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
        return self.is_partial or self.in_doubt

    @property
    def is_partial(self) -> bool:
        """Whether they have told of a tie."""
        return self.declared == Impartiality.PARTIAL

    @property
    def in_doubt(self) -> bool:
        """Whether they have told of a doubt."""
        return self.declared == Impartiality.IN_DOUBT


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


def in_doubt(actor: Actor) -> list[tuple[Case, datetime, str | None]]:
    """The cases where somebody else's answer is that they are in doubt, since when, and the reader's own answer; the
    oldest first.
    """
    any_told = aliased(Declaration)
    newest = (
        sa.select(sa.func.max(any_told.id))
        .where(any_told.case_id == Declaration.case_id, any_told.user_id == Declaration.user_id)
        .scalar_subquery()
    )
    query = (
        sa.select(Case, Declaration.at, own_answer(actor.id))
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
    return [(case, at, answer.value if answer else None) for case, at, answer in db.session.execute(query)]
