"""Ending a person: the door is closed, the authority ended and the open cases handed over, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from app.access import actions as access
from app.access.domain import GRANTS, Actor, Permission
from app.access.models import User
from app.audit import record
from app.cases import actions as cases
from app.flow import Reason, Refused
from app.people import judgement, queries
from app.values.language import N_


@dataclass(frozen=True)
class Ended:
    """How many cases went to the colleague, and how many wait for the lead."""

    given: int
    left: int


def end_person(user_id: int, receiver_id: int | None, *, by: Actor, at: datetime) -> Ended:
    """End the person's access. A case goes to the receiver only where they have told of no tie; else to nobody.

    Raises Refused.
    """
    user = queries.locked(user_id)
    reasons = judgement.why_not_end(user, queries.admins(), by)
    receiver = queries.locked(receiver_id) if receiver_id is not None else None
    if receiver is not None and not _can_have_cases(receiver, user):
        reasons.append(Reason(N_("%(name)s kan ikke overta saker."), {"name": receiver.name}))
    if reasons:
        raise Refused(reasons)
    access.end_user(user, by=by, at=at)
    for each in queries.open_delegations(user.id):
        access.end_budget(each, by=by, at=at)
    return hand_on(user, receiver, by=by, at=at)


def hand_on(user: User, receiver: User | None, *, by: Actor, at: datetime) -> Ended:
    """Everything that was theirs alone, to the receiver or the lead. A report or a claim under control is nobody's own:
    whoever may control one finds them all, and goes on where the other left.
    """
    given, left = cases.hand_over_all(user, receiver, by=by, at=at)
    _tell(user, receiver, given, left, by, at)
    return Ended(given, left)


def _can_have_cases(receiver: User, leaver: User) -> bool:
    roles = queries.roles_of([receiver.id]).get(receiver.id, ())
    handles = any(Permission.ASSESS in GRANTS[role] for role in roles)
    return handles and receiver.active and receiver.id != leaver.id


def _tell(user: User, receiver: User | None, given: int, left: int, by: Actor, at: datetime) -> None:
    if receiver is not None and given:
        facts = {"given": given, "receiver": receiver.name, "left": left}
        record(user.stream, "people.cases_handed_over", facts, by=by, at=at)
    elif left:
        record(user.stream, "people.cases_left", {"left": left}, by=by, at=at)
