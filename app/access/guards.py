"""Who may open which page. Every view carries one of these marks; a test fails on one that does not."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from flask import abort, current_app, flash, g, redirect, request, url_for
from flask_login import LoginManager
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.access import actions, keeping, onward, queries, standing
from app.access.current import Session, actor_or_none, current_actor, entered_or_none
from app.access.domain import Ended, Lives, Permission, holders
from app.config import Settings
from app.db import writing
from app.values.clock import system_now

P = ParamSpec("P")
R = TypeVar("R")
__all__ = ["actor_or_none", "current_actor", "entered_or_none", "fresh_password", "logged_in", "needs", "open_to_all"]
log = structlog.get_logger()
login_manager = LoginManager()
# A moved address is no sign of theft on a phone; the row on the server decides.
login_manager.session_protection = None


def lives() -> Lives:
    """How long sessions last in this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return Lives(
        idle_internal=timedelta(minutes=settings.idle_minutes),
        idle_recipient=timedelta(minutes=settings.idle_minutes_recipient),
        whole=timedelta(hours=settings.session_hours),
        password=timedelta(minutes=settings.password_minutes),
    )


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
def _load(token: str) -> Session | None:
    token_sha256 = actions.sha256(token)
    found = queries.entered(token_sha256)
    if found is None:
        return None
    # The wall's clock, not the program's: a demo that is walked a month ahead throws nobody out.
    g.session_over = found.over(lives(), system_now())
    if g.session_over is not None:
        g.session_of = found.actor.id
        return None
    standing.enter(found, token_sha256)
    return Session(found, token)


def note_use() -> None:
    """Before each request: write down now and then that the session is in use.

    Never fails a page: with a full disk people can still read, and some pages ask no database.
    """
    at = system_now()
    try:
        entered = entered_or_none()
        if entered is not None and at - entered.last_used_at >= actions.NOTED_EVERY:
            with writing():
                actions.keep_alive(entered.key, at=at)
    except SQLAlchemyError:
        log.warning("the use of a session could not be noted")


def needs(
    *permissions: Permission, post: tuple[Permission, ...] = ()
) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Open the page to people who hold one of these permissions, somewhere; the query and the action judge where.

    `post`: what sending the page's form asks for, where more people may read the page than may do its step.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if actor_or_none() is None:
                return to_log_in()
            actor, asked = current_actor(), (post or permissions) if request.method == "POST" else permissions
            if not any(actor.may(p) for p in asked):
                g.who = list(dict.fromkeys(role for permission in asked for role in holders(permission)))
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = permissions  # type: ignore[attr-defined]  # the mark the test looks for
        guarded.post_guard = post or permissions  # type: ignore[attr-defined]  # the same, of the form
        return guarded

    return guard


def logged_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Open the page to everybody who is logged in: it shows their own things only."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        return view(*args, **kwargs) if actor_or_none() is not None else to_log_in()

    guarded.guard = tuple(Permission)  # type: ignore[attr-defined]  # the mark the test looks for
    return guarded


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a page that anyone may see."""
    view.guard = ()  # type: ignore[attr-defined]  # the mark the test looks for
    return view


def fresh_password(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for the password before a step that binds, when it was last given a while ago (OWASP ASVS 4.0.3, 3.7.1).

    Stands under `needs`. What was sent is kept, and stands on the page again afterwards.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        entered = entered_or_none()
        stale = entered is None or system_now() - entered.password_given_at >= lives().password
        if request.method == "POST" and stale and not keeping.is_shown():
            kept = keeping.keep(current_actor().id)
            return redirect(url_for("access.password_again", til=kept), 303)
        return view(*args, **kwargs)

    guarded.asks_password = True  # type: ignore[attr-defined]  # the mark the test looks for
    return guarded


def to_log_in() -> Response:
    """To the log-in page, with the reason, and with what was being sent kept for whoever sent it."""
    why: Ended | None = g.get("session_over")
    if why is not None:
        flash(why.word, "info")
    if request.method != "POST":
        onward.remember()
    elif (owner := keeping.owner()) is not None:
        keeping.keep(owner)
        flash(keeping.KEPT, "info")
    else:
        keeping.not_kept()
    return redirect(url_for("access.log_in"), 303)
