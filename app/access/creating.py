"""A form that creates something is taken once: sent again it leads to the first result, and another form is told."""

import secrets
from collections.abc import Callable
from datetime import datetime

from flask import flash, get_flashed_messages, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.access import keeping
from app.access.actions import Sent, sha256
from app.access.current import current_actor
from app.db.session import made_by
from app.db.session import once as _once
from app.values.language import N_

TAKEN = N_(
    "Dette skjemaet er sendt før, med andre svar. Det du sendte nå, er ikke lagret, men det står her. "
    "Se om det første gjelder. Trykk en gang til hvis dette skal sendes i tillegg."
)


def once(token: str, at: datetime, make: Callable[[], str]) -> str:
    """Run `make` in one transaction and give its address; the same form of the same person gets the first one back.

    Raises SentBefore when the token was taken by another person, on another page or with other fields: what they
    sent now has come to nothing, and no page may say otherwise.
    """
    return _once(token, _sent(), at, make)


def is_repeated(token: str) -> bool:
    """Whether this very form is taken already: what it made itself is no reason against it. Raises SentBefore."""
    return made_by(token, _sent()) is not None


def _sent() -> str:
    """A hash of who sends what where."""
    said = [request.path, *(f"{name}={value}" for name, value in sorted(keeping.plain_fields()))]
    return sha256("\0".join([str(current_actor().id), *said]))


def shown_anew() -> Response:
    """The answer to SentBefore: the form as it was filled in, with a token of its own, and what has happened."""
    flash(TAKEN, "warning")
    return _filled_in(409)


def shown_as_sent() -> Response | None:
    """A form that cannot be taken since nobody knows its session: as it was filled in, to be sent once more.

    None where its page is not the reader's.
    """
    flash(keeping.SHOWN, "info")
    try:
        return _filled_in(400)
    except HTTPException:
        get_flashed_messages()  # told on no page
        return None


def _filled_in(status: int) -> Response:
    fresh = secrets.token_urlsafe(24)
    fields = [[name, fresh if name == "once" else value] for name, value in keeping.plain_fields()]
    sent = Sent(request.path, request.query_string.decode("utf-8", "replace"), request.path, fields, had_files=False)
    answer = keeping.filled_in(sent)
    answer.status_code = status
    return answer
