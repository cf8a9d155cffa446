"""Creating and changing people, and letting somebody in again."""

from datetime import datetime

from app.access import actions as access
from app.access.domain import Actor
from app.access.models import User
from app.audit import record
from app.db import db
from app.flow import Refused, Stale
from app.people import judgement, notices, queries
from app.people.domain import Detail, NewPerson, PersonFacts


def add_person(new: NewPerson, *, by: Actor, at: datetime) -> User:
    """A new person with their first roles, and no password until a link is used. Raises Refused."""
    if reasons := judgement.why_not_add(new, queries.by_username(new.username), by):
        raise Refused(reasons)
    facts = new.facts
    user = access.add_user(
        new.username,
        facts.name,
        access.NO_PASSWORD,
        title=facts.title,
        email=facts.email,
        phone=facts.phone,
        superior_id=facts.superior_id,
        by=by,
        at=at,
    )
    access.give_roles(user, new.roles, by=by, at=at)
    return user


def change_person(user_id: int, facts: PersonFacts, *, by: Actor, at: datetime, version: int) -> User:
    """Write the person's details anew. Raises Refused or Stale."""
    user = queries.locked(user_id)
    if user.version != version:
        raise Stale
    circle = judgement.why_not_superior(user.id, facts.superior_id, queries.lines())
    own = judgement.why_not_new_superior(user, facts.superior_id, by)
    if reasons := judgement.not_manager(by) + own + circle:
        raise Refused(reasons)
    before = user.email
    changed = [each for each in Detail if getattr(user, each.value) != getattr(facts, each.value)]
    for each in changed:
        setattr(user, each.value, getattr(facts, each.value))
    if changed:
        user.version += 1
        record(user.stream, "people.changed", {"what": [each.value for each in changed]}, by=by, at=at)
    if Detail.EMAIL in changed:
        user.email_changed_at = at
        notices.address_changed(user, before, at=at, by=by)
    if Detail.SUPERIOR in changed and facts.superior_id is not None:
        superior = db.session.get_one(User, facts.superior_id)
        record(user.stream, "people.superior", {"superior": superior.name}, by=by, at=at)
    return user


def reopen_person(user_id: int, *, by: Actor, at: datetime) -> User:
    """Let the person in again with the roles they had; budget authority and password are given anew. Raises Refused."""
    user = queries.locked(user_id)
    if reasons := judgement.why_not_reopen(user, by):
        raise Refused(reasons)
    access.reopen_user(user, by=by, at=at)
    return user
