"""Changing language, and back to the page the reader stood on."""

from urllib.parse import urlsplit

from flask import current_app, redirect, request, session
from werkzeug.wrappers import Response

from app.values.addresses import is_path
from app.values.language import Language

LANGUAGE_KEY = "language"


def switch_language() -> Response:
    """`POST /sprak`: remember the language in the session and go back to the page the reader stood on."""
    chosen = request.form.get("language", "")
    if chosen in set(Language):
        session[LANGUAGE_KEY] = chosen
    return redirect(_own_path(request.form.get("back", "")), code=303)


def way_back() -> str:
    """The address that shows this page again; of a page that answers to a form, the one the form stands on.

    That is the form's own address where it can be opened, else the page it was sent from, else the page above.
    """
    if request.method == "GET" or _opens(request.path):
        return request.full_path
    sender = urlsplit(request.referrer or "")
    if sender.netloc == request.host and _opens(sender.path):
        return f"{sender.path}?{sender.query}"
    above = request.path
    while above and not _opens(above):
        above = above.rpartition("/")[0]
    return above or "/"


def _opens(path: str) -> bool:
    return "GET" in current_app.url_map.bind("").allowed_methods(path)


def _own_path(address: str) -> str:
    """Only a path within this site: never send the reader elsewhere on the word of a form."""
    return address if is_path(address) else "/"
