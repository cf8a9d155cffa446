"""Giving and taking roles and memberships."""

from datetime import datetime

from sqlalchemy.exc import NoResultFound

from app.access import actions as access
from app.access.domain import GRANTS, Actor, Permission, Role
from app.flow import Refused
from app.people import judgement, queries
from app.people.actions.ending import Ended, hand_on


def give_role(user_id: int, role: Role, *, by: Actor, at: datetime) -> None:
    """One more role in the directorate. Raises Refused."""
    user = queries.locked(user_id)
    if reasons := judgement.why_not_give(user, role, queries.roles_of([user.id]).get(user.id, ()), by):
        raise Refused(reasons)
    access.give_roles(user, [role], by=by, at=at)


def take_role(user_id: int, role: Role, *, by: Actor, at: datetime) -> Ended:
    """The role is taken away, with BDM the authority that hangs on it, and with the last that handles cases the cases.

    They wait for the lead then. Raises Refused.
    """
    user = queries.locked(user_id)
    held = set(queries.roles_of([user.id]).get(user.id, ()))
    if reasons := judgement.why_not_take(user, role, held, queries.admins(), by):
        raise Refused(reasons)
    access.take_role(user, role, by=by, at=at)
    if role is Role.DECIDER:
        for each in queries.open_delegations(user.id):
            access.end_budget(each, by=by, at=at)
    handles = any(Permission.ASSESS in GRANTS[each] for each in held - {role})
    return Ended(0, 0) if handles else hand_on(user, None, by=by, at=at)


def give_membership(
    user_id: int, role: Role, *, party_id: int | None = None, area_id: int | None = None, by: Actor, at: datetime
) -> None:
    """A role for one organisation, or for one pilot area. Raises Refused."""
    user = queries.locked(user_id)
    places = (place.membership for place in queries.places_of([user.id]).get(user.id, ()))
    held = {(m.role, m.party_id, m.area_id) for m in places}
    if reasons := judgement.why_not_place(user, (role, party_id, area_id), held, by):
        raise Refused(reasons)
    access.give_membership(user, role, party_id=party_id, area_id=area_id, by=by, at=at)


def take_membership(user_id: int, membership_id: int, *, by: Actor, at: datetime) -> None:
    """They act for the organisation or area no more. Raises Refused, and NoResultFound when it is not theirs."""
    user = queries.locked(user_id)
    if reasons := judgement.why_not_manage(user, by):
        raise Refused(reasons)
    found = queries.membership(user.id, membership_id)
    if found is None:
        raise NoResultFound
    access.take_membership(user, found, by=by, at=at)
