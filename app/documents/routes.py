"""Opening a document: a page with one button, the POST that notes the first reading, and the file."""

from urllib.parse import quote

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, needs
from app.db import writing
from app.db.clock import now
from app.documents import actions, queries
from app.documents.domain.scopes import Verdict
from app.documents.models import Document

bp = Blueprint("documents", __name__, url_prefix="/dokumenter")

_READERS = (Permission.READ_CASES, Permission.OWN_PORTAL)
# A browser shows these by itself. PDF comes without `sandbox`, under which Chromium's reader stays blank; like the
# pictures it cannot reach the page's own scripts or session.
_SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "image/png": "default-src 'none'; sandbox",
    "image/jpeg": "default-src 'none'; sandbox",
    "text/plain": "default-src 'none'; sandbox",
}
_SAVED = "default-src 'none'; sandbox"


@bp.get("/<public_id>")
@needs(*_READERS)
def show(public_id: str) -> str:
    """What a mailed link leads to: the document's name and one button."""
    document = _found(public_id, current_actor())
    return render_template("documents/show.html", document=document, verdict=queries.verdict_on(document.sha256))


@bp.post("/<public_id>/apne")
@needs(*_READERS)
def open_document(public_id: str) -> Response:
    """Note the recipient's first reading, then lead to the file."""
    actor = current_actor()
    document = _found(public_id, actor)
    if _is_held(document):
        return redirect(url_for("documents.show", public_id=public_id), 303)
    if queries.is_first_reading(document, actor):
        with writing():
            actions.open_document(document, by=actor, at=now())
    return redirect(url_for("documents.file", public_id=public_id), 303)


@bp.get("/<public_id>/fil")
@needs(*_READERS)
def file(public_id: str) -> Response:
    """The bytes. A recipient who has not pressed the button yet is led to it: a GET notes nothing."""
    actor = current_actor()
    document = _found(public_id, actor)
    if _is_held(document) or queries.is_first_reading(document, actor):
        return redirect(url_for("documents.show", public_id=public_id), 303)
    media_type = queries.media_type(document.sha256)
    data = queries.read(document.sha256)
    response = Response(data, mimetype=media_type)
    how = "inline" if media_type in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f"{how}; {_named(document.filename)}"
    response.headers["Content-Security-Policy"] = _SHOWN.get(media_type, _SAVED)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _is_held(document: Document) -> bool:
    return queries.verdict_on(document.sha256) is not Verdict.CLEAN


def _found(public_id: str, actor: Actor) -> Document:
    document = queries.by_public_id(public_id, actor)
    if document is None:
        abort(404)
    return document


def _named(filename: str) -> str:
    """RFC 6266: plain letters for old programs, and the real name as RFC 8187 writes it."""
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    plain = "".join(sign if sign.isprintable() else "_" for sign in plain)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
