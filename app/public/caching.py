"""A visitor's browser keeps an open page and asks whether it has changed (RFC 9110, 8.8.3 and 13.1.2)."""

import hashlib
import re

from flask import Response, request, session

from app.access.guards import actor_or_none

# Signed anew on every page, and good for as long as the session's own token is the same.
_TOKEN = re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*')


def ask_again(response: Response) -> Response:
    """A tag of what the page says, and 304 to who has it already. A page for somebody logged in is never kept."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or actor_or_none() is not None:
        return response
    told = _TOKEN.sub(rb"\1", response.get_data())
    told += str(session.get("csrf_token", "")).encode()
    response.set_etag(hashlib.sha256(told).hexdigest()[:32], weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Language"))
    response.make_conditional(request)
    return response
