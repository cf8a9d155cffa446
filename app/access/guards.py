"""Who may open which page. Every view carries one of these marks; a test fails on one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from app.access import queries
from app.access.domain import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")
login_manager = LoginManager()


class Session(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Flask-Login's idea of a user: only carries the actor."""

    def __init__(self, actor: Actor, stamp: int) -> None:
        self.actor = actor
        self.stamp = stamp

    def get_id(self) -> str:
        """Key and stamp, so that a changed password closes old sessions."""
        return f"{self.actor.id}:{self.stamp}"


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
def _load(key: str) -> Session | None:
    user_id, _, stamp = key.partition(":")
    if not (user_id.isdigit() and stamp.isdigit()):
        return None
    actor = queries.actor(int(user_id), int(stamp))
    return Session(actor, int(stamp)) if actor else None


def current_actor() -> Actor:
    """The logged-in person as actions want them. Aborts 401 when nobody is."""
    actor: Actor | None = getattr(current_user, "actor", None)
    if actor is None:
        abort(401)
    return actor


def actor_or_none() -> Actor | None:
    """The logged-in person, or None on open pages."""
    return getattr(current_user, "actor", None)


def needs(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Open the page to people who hold one of these permissions, somewhere; the query and the action judge where."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return _to_login()
            actor = current_actor()
            if not any(actor.may(p) for p in permissions):
                g.needed = permissions
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = permissions  # type: ignore[attr-defined]  # the mark the test looks for
        return guarded

    return guard


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a page that anyone may see."""
    view.guard = ()  # type: ignore[attr-defined]  # the mark the test looks for
    return view


def _to_login() -> Response:
    session["next"] = request.full_path if request.method != "POST" else "/"
    return redirect(url_for("access.log_in"), 303)
