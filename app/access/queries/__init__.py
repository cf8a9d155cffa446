"""Reading people and what they may do, their sessions, and what happened at the door."""

from app.access.queries.entering import (
    entered,
    happenings,
    is_kept,
    kept,
    kept_keys,
    newest_kept,
    password_hash_of,
    session_of_form,
    sessions_of,
    told_since,
)
from app.access.queries.people import (
    IN_TURN,
    actor,
    authority_of,
    by_username,
    demo_accounts,
    lock_person,
    locked,
    names,
    title_of,
)

__all__ = [
    "IN_TURN",
    "actor",
    "authority_of",
    "by_username",
    "demo_accounts",
    "entered",
    "happenings",
    "is_kept",
    "kept",
    "kept_keys",
    "lock_person",
    "locked",
    "names",
    "newest_kept",
    "password_hash_of",
    "session_of_form",
    "sessions_of",
    "title_of",
    "told_since",
]
