"""Budget authority."""

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
) -> None:
    """Budget authority in writing, with dates and limit in øre (domain C.3)."""
    db.session.add(
        BudgetDelegation(
            user_id=user.id,
            given_by=given_by.id,
            from_on=from_on,
            to_on=to_on,
            limit_ore=limit_ore,
            reference=reference,
        )
    )
    facts = {
        "from_on": from_on.isoformat(),
        "to_on": to_on.isoformat(),
        "limit_ore": limit_ore,
        "given_by": given_by.name,
    }
    record(f"person:{user.id}", "access.budget_delegated", facts, by=by, at=at)
