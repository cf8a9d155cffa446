"""Budget authority: registered by one, in force when another has confirmed it, and ended (domain C.3)."""

from datetime import datetime

from sqlalchemy.exc import NoResultFound

from app.access import actions as access
from app.access import queries as people
from app.access.domain import Actor
from app.access.models import BudgetDelegation, User
from app.db import db
from app.flow import Refused
from app.people import judgement, queries
from app.people.domain import Authority, why_not_from, why_not_limit, why_not_to
from app.values.clock import local_date


def delegate(user_id: int, given: Authority, *, by: Actor, at: datetime) -> BudgetDelegation:
    """Register what stands in the written paper. It counts when a second person has confirmed it. Raises Refused."""
    user, giver = queries.locked(user_id), people.actor(given.giver_id)
    reasons = judgement.why_not_delegate(user, queries.roles_of([user.id]).get(user.id, ()), by)
    reasons += judgement.why_not_giver(given, user.id, queries.lines(), giver.delegations if giver else None)
    today = local_date(at)
    reasons += why_not_from(given.from_on, today) + why_not_to(given.from_on, given.to_on, today)
    reasons += why_not_limit(given.limit_ore)
    if reasons:
        raise Refused(reasons)
    return access.delegate_budget(
        user,
        given_by=db.session.get_one(User, given.giver_id),
        from_on=given.from_on,
        to_on=given.to_on,
        limit_ore=given.limit_ore,
        reference=given.reference,
        by=by,
        at=at,
    )


def confirm(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """A second person has seen the paper: the authority is in force, if it is its giver's still. Raises Refused."""
    delegation = _locked(delegation_id)
    of_givers = people.authority_of([delegation.given_by])
    if reasons := judgement.why_not_confirm(delegation, by, queries.lines(), of_givers):
        raise Refused(reasons)
    access.confirm_budget(delegation, by.id, by=by, at=at)


def end_authority(delegation_id: int, *, by: Actor, at: datetime) -> None:
    """The authority counts no more. Raises Refused."""
    delegation = _locked(delegation_id)
    if reasons := judgement.why_not_end_authority(delegation, by):
        raise Refused(reasons)
    access.end_budget(delegation, by=by, at=at)


def _locked(delegation_id: int) -> BudgetDelegation:
    """Its holder first: what they are deciding is done before this, or sees it (app.access.standing)."""
    queries.locked(db.session.get_one(BudgetDelegation, delegation_id).user_id)
    found = queries.delegation(delegation_id)
    if found is None:
        raise NoResultFound
    return found
