"""Where a person goes after logging in: to the page they asked for, when it is theirs to open."""

from flask import current_app, g, request, session
from werkzeug.exceptions import HTTPException

from app.access.domain import Actor


def remember() -> None:
    """Keep the address of the page that was asked for; after a session that is over, for its owner alone."""
    session["next"] = [request.full_path, g.get("session_of")]


def asked_for(actor: Actor) -> str | None:
    """That address; None when there is none, another person asked, or it is no page this person may open."""
    kept = session.get("next")
    # A cookie of an older version holds the bare address, and not whose it was.
    address, owner = kept if isinstance(kept, list) else ("", None)
    return address if owner in (None, actor.id) and _opens(address.partition("?")[0], actor) else None


def _opens(path: str, actor: Actor) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    guard = getattr(current_app.view_functions[endpoint], "guard", ())
    return any(actor.may(permission) for permission in guard)
