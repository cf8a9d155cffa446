"""Whoever writes is read anew when the writing begins.

A page may have waited for a lock while an administrator ended the person, a role or an authority. The person's own row
is locked before anything else: whoever ends them waits until this writing is done, or this one sees the end. Those who
may change other people take the lock of `people.queries.locked` first, so that two of them never wait for each other
(docs/decisions, «A person is locked before anything else»).
"""

from flask import g, has_request_context
from werkzeug.exceptions import Conflict

from app.access import queries
from app.access.domain import Ended, Entered, Permission
from app.db.session import lock_rows, writing_began

CHANGE_PEOPLE = (Permission.MANAGE_USERS, Permission.CONFIRM_BUDGET)


class RightsEndedError(Exception):
    """What this person may do was changed while they did it; nothing is written."""


def enter(entered: Entered, token_sha256: str) -> None:
    """This session's person acts for the rest of the request."""
    g.acts = entered, token_sha256


def read_anew(_sender: object) -> None:
    """At the beginning of each writing. Raises RightsEndedError, and Conflict when only an authority was ended."""
    acts = g.get("acts") if has_request_context() else None
    if acts is None:
        return
    before, token_sha256 = acts
    if any(before.actor.may(each) for each in CHANGE_PEOPLE):
        lock_rows(queries.IN_TURN)
    # Two statements: what was waited for is seen by the next one only (PostgreSQL, READ COMMITTED).
    queries.lock_person(before.actor.id)
    now = queries.entered(token_sha256)
    if now is None or now.ended_why is not None or not (now.active and now.same_stamp):
        g.pop("acts")
        g.session_over = Ended.CHANGED
        raise RightsEndedError
    if not set(before.actor.delegations) <= set(now.actor.delegations):
        g.pop("acts")
        raise Conflict


def install() -> None:
    """From now on each writing begins so."""
    writing_began.connect(read_anew)
