"""Error pages. They ask nothing of what failed: the form is read only if it has been read, the frame of every page is
left out when it cannot be drawn, and when no page can be, plain words are said.
"""

import re
from typing import Any

import structlog
from flask import Flask, Response, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from app.access import actions, creating, devices, keeping
from app.access.domain import Happening
from app.access.guards import actor_or_none, to_log_in
from app.access.standing import RightsEndedError
from app.db import SentBefore, db
from app.flow import Refused, Stale
from app.intake import NoRoom
from app.templating import words
from app.values.addresses import parts_of
from app.values.clock import system_now
from app.values.language import N_

log = structlog.get_logger()

PAGES = (400, 403, 404, 405, 409, 413, 422, 429)
# The frame of every page asks the database who reads and what the clock says; this one asks nothing.
BARE = "errors/bare.html"
# Fields of the frame and of every form, what a page carries for itself, and whatever is named like something secret.
_NOT_SHOWN = re.compile(
    r"^(once|version|back|next|language|username|line|seen|asked|shown|letter_hash|pieces)$|pass|secret|token|hemmelig|otp|\bpin\b",
    re.IGNORECASE,
)
# Where no form tells which answers are typed: what a page carries looks like this, and no words do.
_CARRIED = re.compile(
    r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*[0-9_-])[A-Za-z0-9_-]{12,}(\.[0-9]+)?|(?=\S*[A-Za-z])[A-Za-z0-9_-]+\.[0-9]+"
)
_SHORT = 3
LOG_IN = "access.log_in"
TOO_OLD = N_("Siden hadde stått åpen for lenge. Logg inn en gang til.")
# Of an address that is told to the administrator.
LONGEST_PATH = 200
_LAST_WORDS = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>Noe gikk galt hos oss – Tilsagn</title></head>
<body><main><h1>Noe gikk galt hos oss</h1>
<p>Feilen er vår, ikke din. Den er skrevet ned. Vent et minutt og prøv igjen.</p>
<p>Referansenummer: {reference}</p></main></body></html>
"""


def install(flask: Flask) -> None:
    """Hang the pages on the application."""
    flask.register_error_handler(HTTPException, _http)
    flask.register_error_handler(CSRFError, _csrf)
    flask.register_error_handler(actions.Busy, _busy)
    flask.register_error_handler(NoRoom, _no_room)
    flask.register_error_handler(Refused, _refused)
    flask.register_error_handler(Stale, _stale)
    flask.register_error_handler(RightsEndedError, _rights_ended)
    flask.register_error_handler(SentBefore, _sent_before)
    flask.register_error_handler(NoResultFound, _gone)
    flask.register_error_handler(Exception, _bug)


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if isinstance(error, SecurityError):
        # Somebody else's host name: no page, for every link on it would lead there.
        words = f"Not a name of this installation. Reference {g.get('reference', '-')}.\n"
        return Response(words, 400, mimetype="text/plain")
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        # An error page could not be drawn either.
        return _bug(error.original_exception)
    if error.response is not None or code < 400:
        return error
    if code == 403:
        _door_closed()
    page = code if code in PAGES else 400 if code < 500 else 500
    answer = _page(page, error=error)
    answer.status_code = code
    # Such as `Allow`, which a 405 must carry (RFC 9110, 15.5.6).
    answer.headers.extend([each for each in error.get_headers(request.environ) if each[0] != "Content-Type"])
    return answer


def _csrf(error: CSRFError) -> Response:
    """A form of ours whose session is over is kept for whoever filled it in; anything else is only refused."""
    found = keeping.lost() or _unknown()
    return current_app.make_response(found) if found is not None else _page(400, error=error)


def _unknown() -> BaseResponse | None:
    """Nobody knows the session of a form that our own page sent: it is shown again to whoever is logged in."""
    if not _is_from_here():
        return None
    if request.endpoint == LOG_IN:
        flash(TOO_OLD, "info")
        return redirect(url_for(LOG_IN), 303)
    return creating.shown_as_sent() if _is_logged_in() and not keeping.is_known() else None


def _busy(error: actions.Busy) -> Response:
    return _page(503, error=error)


def _no_room(error: NoRoom) -> Response:
    return _page(503, error=error, full=True)


def _door_closed() -> None:
    """A person at a door that is not theirs is told to the administrator; the page comes whether or not that works."""
    try:
        actor = actor_or_none()
        actions.tell(
            Happening.DOOR_CLOSED,
            user_id=actor.id if actor else None,
            address=devices.address(),
            path=request.path[:LONGEST_PATH],
            at=system_now(),
        )
    except (SQLAlchemyError, RightsEndedError):
        log.exception("a closed door could not be noted", reference=g.get("reference"))


def _refused(error: Refused) -> Response:
    return _page(409, reasons=error.reasons)


def _stale(error: Stale) -> Response:
    return _page(409, reasons=None, conflict=error.conflict)


def _sent_before(_error: SentBefore) -> Response:
    """A form that was taken with other answers: the person has what they wrote, and sends it if they mean it."""
    return current_app.make_response(creating.shown_anew())


def _rights_ended(_error: RightsEndedError) -> Response:
    """As any form whose session is over: kept for the one who filled it in."""
    return current_app.make_response(to_log_in())


def _gone(error: NoResultFound) -> Response:
    return _page(404, error=error)


def _bug(error: BaseException) -> Response:
    """A bug, a full disk, a locked database: a reference for the person, the cause for the log."""
    if _bugs_are_raised():
        raise error
    log.error("error", reference=g.get("reference"), path=request.path, exc_info=error)
    return _page(500)


def _page(code: int, **facts: Any) -> Response:
    """The page of this code, in the best frame that can be drawn."""
    facts |= {"typed": _typed(), "reference": g.get("reference", "-")}
    _undo()
    for frame in (BARE,) if code == 500 else ("base.html", BARE):
        if frame == BARE:
            # Flask-Login tells every template who is logged in; it must not ask a database that is away.
            g.setdefault("_login_user", AnonymousUserMixin())
        try:
            page = render_template(f"errors/{code}.html", frame=frame, logged_in=_is_logged_in(), **facts)
            return Response(page, code)
        except Exception as error:  # whatever it was, the next frame needs less
            if _bugs_are_raised():
                raise
            log.error("error page", reference=g.get("reference"), path=request.path, exc_info=error)
            _undo()
    return Response(_LAST_WORDS.format(reference=facts["reference"]), code)


def _undo() -> None:
    try:
        db.session.rollback()
    except Exception:  # the database may be what failed; the page is shown all the same
        log.exception("rollback failed", reference=g.get("reference"))


def _bugs_are_raised() -> bool:
    return bool(current_app.config["TESTING"] and current_app.config.get("PROPAGATE_EXCEPTIONS", True))


def _typed() -> list[tuple[str, str]]:
    """What the reader had written, each with its question, to be copied: only to somebody logged in, from our form.

    A form that has not been read, since it was too large, say, is not read here.
    """
    form = request.__dict__.get("form")
    if not form or not (_is_logged_in() and _is_from_here()):
        return []
    sent = g.get("sent_form")
    shown = [(name, text) for name, text in form.items(multi=True) if _is_typed(name, text, sent)]
    # What was chosen from a list is sent as a code.
    return [(sent.question_of(name), words(sent.called(name, text))) if sent else ("", text) for name, text in shown]


def _is_typed(name: str, text: str, sent: Any) -> bool:
    """Whether a person wrote it, as the form tells; what no form knows is judged by its name and its look."""
    if _NOT_SHOWN.search(name) or len(text.strip()) <= _SHORT:
        return False
    told = sent.is_typed(name) if sent else None
    return bool(told) if told is not None else _CARRIED.fullmatch(text.strip()) is None


def _is_logged_in() -> bool:
    """By what is known already, else by the signed cookie alone: the database may be away."""
    known = g.get("_login_user")
    return bool(known.is_authenticated if known is not None else session.get("_user_id"))


def _is_from_here() -> bool:
    """Whether a page of this installation sent it, by what the browser says and no page can change."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = parts_of(sender)
    return parts is not None and parts.netloc == request.host
