"""What happens round every request: a reference, security headers, one log line, and error pages in words."""

import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

import structlog
from flask import Flask, Request, Response, abort, current_app, g, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.routing import IntegerConverter

from app.access.guards import actor_or_none
from app.db import db
from app.flow import Refused, Stale
from app.values.text import visible

# Plain tracebacks: a frame's local values may hold a secret or what somebody wrote.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
)
log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PAGES = (400, 403, 404, 405, 413, 422, 429)


class Plain(ImmutableMultiDict[str, Any]):
    """What was sent, without what no eye sees; every reader of addresses and forms gets it so.

    PostgreSQL stores no NUL, and a page that holds control signs is no HTML.
    """

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(_plain(mapping.items(multi=True) if isinstance(mapping, MultiDict) else mapping or ()))


def _plain(pairs: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for name, value in pairs.items() if isinstance(pairs, dict) else pairs:
        yield visible(name), visible(value) if isinstance(value, str) else value


class PlainRequest(Request):
    """A request whose form and query hold only what can be seen."""

    parameter_storage_class = Plain

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        plain = visible(self.path)
        self.is_odd, self.path = plain != self.path, plain


class SmallNumber(IntegerConverter):
    """A number in an address; one that no database column holds is no address of ours (404)."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"max": 2**31 - 1, **named})


def prepare(flask: Flask) -> None:
    """What must be there before the first route is."""
    flask.request_class = PlainRequest
    flask.url_map.converters["int"] = SmallNumber


def install(flask: Flask) -> None:
    """Hang them on the application."""
    flask.before_request(_begin)
    flask.after_request(_end)
    flask.register_error_handler(HTTPException, _http)
    flask.register_error_handler(CSRFError, _csrf)
    flask.register_error_handler(Refused, _refused)
    flask.register_error_handler(Stale, _stale)
    flask.register_error_handler(NoResultFound, _gone)
    flask.register_error_handler(Exception, _bug)


def _begin() -> None:
    g.reference = secrets.token_hex(4)
    g.started = time.perf_counter()
    if getattr(request, "is_odd", False):
        abort(404)


def _end(response: Response) -> Response:
    for name, value in headers(secure=current_app.config["SESSION_COOKIE_SECURE"]).items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        # A page with a person's cases is never kept by a shared cache, nor shown by «back» after log-out.
        response.headers.setdefault("Cache-Control", "no-store")
        _tell(response.status_code)
    return response


def headers(*, secure: bool) -> dict[str, str]:
    """What every answer carries; over https a browser is told to never come without it."""
    return {**HEADERS, "Strict-Transport-Security": "max-age=31536000"} if secure else HEADERS


def _tell(status: int) -> None:
    """One line a request, who looked at which page; never what was written."""
    actor = actor_or_none() if "_login_user" in g else None
    log.info(
        "request",
        reference=g.get("reference"),
        method=request.method,
        path=request.path,
        status=status,
        person=actor.id if actor else None,
        ms=round(1000 * (time.perf_counter() - g.get("started", time.perf_counter()))),
    )


def _http(error: HTTPException) -> Response | HTTPException | tuple[str, int]:
    code = error.code or 500
    if isinstance(error, SecurityError):
        # Somebody else's host name: no page, for every link on it would lead there.
        words = f"Not a name of this installation. Reference {g.get('reference', '-')}.\n"
        return Response(words, 400, mimetype="text/plain")
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        # An error page could not be drawn either.
        return current_app.make_response(_bug(error.original_exception))
    if code not in PAGES:
        return error
    db.session.rollback()
    return render_template(f"errors/{code}.html", error=error), code


def _csrf(error: CSRFError) -> tuple[str, int]:
    return render_template("errors/400.html", error=error, expired=True), 400


def _refused(error: Refused) -> tuple[str, int]:
    db.session.rollback()
    return render_template("errors/409.html", reasons=error.reasons), 409


def _stale(error: Stale) -> tuple[str, int]:
    db.session.rollback()
    return render_template("errors/409.html", reasons=None, conflict=error.conflict), 409


def _gone(error: NoResultFound) -> tuple[str, int]:
    return render_template("errors/404.html", error=error), 404


def _bug(error: BaseException) -> tuple[str, int]:
    """A bug, a full disk, a locked database: a reference for the person, the cause for the log."""
    if current_app.config["TESTING"] and current_app.config.get("PROPAGATE_EXCEPTIONS", True):
        raise error
    log.error("error", reference=g.get("reference"), path=request.path, exc_info=error)
    try:
        db.session.rollback()
    except Exception:  # the database may be what failed; the page is shown all the same
        log.exception("rollback failed", reference=g.get("reference"))
    # Flask-Login tells every template who is logged in; it must not ask a database that is away.
    g.setdefault("_login_user", AnonymousUserMixin())
    return render_template("errors/500.html", reference=g.get("reference")), 500
