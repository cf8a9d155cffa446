"""What happens round every request: a reference, security headers, and one log line."""

import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

import structlog
from flask import Flask, Request, Response, abort, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter

from app import errors
from app import log as logbook
from app.access.guards import actor_or_none
from app.intake import FULL, FewFields, NoRoom, limit_of
from app.page_output import PageEnvironment
from app.values.addresses import parts_of
from app.values.text import names_password, visible

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
# All that a browser sends from a form of ours; anything else is read by nobody.
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# Seconds until somebody who was told to wait may come back, where nobody has said it better (RFC 9110, 10.2.3).
_COME_BACK = {429: "60", 503: "30"}


class Plain(ImmutableMultiDict[str, Any]):
    """What was sent, without what no eye sees; every reader of addresses and forms gets it so.

    PostgreSQL stores no NUL, and a page that holds control signs is no HTML. A password is neither stored nor shown: it
    is what was typed, and another sign makes it another one.
    """

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(_plain(mapping.items(multi=True) if isinstance(mapping, MultiDict) else mapping or ()))


def _plain(pairs: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for name, value in pairs.items() if isinstance(pairs, dict) else pairs:
        if name is None:
            # A part that does not say what it answers: a broken body, as any other that cannot be read.
            raise ValueError("a part without a name")
        seen = visible(name)
        typed = not isinstance(value, str) or names_password(seen)
        yield seen, value if typed else visible(value)


class PlainRequest(Request):
    """A request whose form and query hold only what can be seen, in few fields."""

    parameter_storage_class = Plain
    form_data_parser_class = FewFields

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        plain = visible(self.path)
        self.is_odd, self.path = plain != self.path, plain

    @property
    def referrer(self) -> str | None:  # type: ignore[override]  # a property there too
        """The page this came from; None for what is no address, which whoever takes it apart would trip over."""
        told = self.headers.get("Referer")
        return told if told and parts_of(told) else None


class SmallNumber(IntegerConverter):
    """A number in an address; one that no database column holds is no address of ours (404)."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"max": 2**31 - 1, **named})


def prepare(flask: Flask) -> None:
    """What must be there before the first route is."""
    logbook.install()
    flask.request_class = PlainRequest
    flask.jinja_environment = PageEnvironment
    flask.url_map.converters["int"] = SmallNumber
    # Flask asks of every view and hook, for every request, whether it is a coroutine; none of ours is.
    flask.ensure_sync = lambda func: func  # type: ignore[method-assign]  # Flask's own way


def install(flask: Flask) -> None:
    """Hang them on the application."""
    flask.before_request(_begin)
    flask.after_request(_end)
    errors.install(flask)


def _begin() -> None:
    g.reference = secrets.token_hex(4)
    g.started = time.perf_counter()
    request.max_content_length = limit_of(current_app, request.endpoint)
    if f"HTTP_{FULL}" in request.environ:
        raise NoRoom
    if getattr(request, "is_odd", False):
        abort(404)
    if request.content_length and request.method == "POST" and request.mimetype not in _FORMS:
        abort(415)


def _end(response: Response) -> Response:
    told = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  (not a mapping: iterated, it gives pairs)
    every = headers(secure=current_app.config["SESSION_COOKIE_SECURE"])
    response.headers.extend([(name, value) for name, value in every.items() if name.lower() not in told])
    if response.status_code in _COME_BACK:
        response.headers.setdefault("Retry-After", _COME_BACK[response.status_code])
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
