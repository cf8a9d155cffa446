"""Budget authority in writing (domain C.3)."""

from datetime import date, datetime

from app.access.domain import Actor
from app.access.models import BudgetDelegation, User
from app.audit import record
from app.db import db


def delegate_budget(
    user: User,
    *,
    given_by: User,
    from_on: date,
    to_on: date,
    limit_ore: int,
    reference: str,
    by: Actor | None,
    at: datetime,
) -> BudgetDelegation:
    """Budget authority with dates and limit in øre; not in force before a second person has confirmed it."""
    made = BudgetDelegation(
        user_id=user.id,
        given_by=given_by.id,
        from_on=from_on,
        to_on=to_on,
        limit_ore=limit_ore,
        reference=reference,
        registered_by=by.id if by else None,
    )
    db.session.add(made)
    facts = {
        "from_on": from_on.isoformat(),
        "to_on": to_on.isoformat(),
        "limit_ore": limit_ore,
        "given_by": given_by.name,
    }
    record(user.stream, "access.budget_delegated", facts, by=by, at=at)
    return made


def confirm_budget(delegation: BudgetDelegation, confirmed_by: int, *, by: Actor | None, at: datetime) -> None:
    """A second person has seen the written authority: from now on it counts."""
    delegation.confirmed_by, delegation.confirmed_at = confirmed_by, at
    facts = {"limit_ore": delegation.limit_ore, "to_on": delegation.to_on.isoformat()}
    record(f"person:{delegation.user_id}", "access.budget_confirmed", facts, by=by, at=at)


def end_budget(delegation: BudgetDelegation, *, by: Actor, at: datetime) -> None:
    """The authority counts no more."""
    delegation.ended_by, delegation.ended_at = by.id, at
    facts = {"limit_ore": delegation.limit_ore, "to_on": delegation.to_on.isoformat()}
    record(f"person:{delegation.user_id}", "access.budget_ended", facts, by=by, at=at)
