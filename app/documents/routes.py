"""Opening a document: a page with one button, the POST that notes the first reading, and the file."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, needs
from app.db import writing
from app.db.clock import now
from app.documents import actions, queries
from app.documents.models import Document
from app.documents.serving import as_file, is_held

bp = Blueprint("documents", __name__, url_prefix="/dokumenter")

_READERS = (Permission.READ_CASES, Permission.OWN_PORTAL)


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
    if is_held(document):
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
    if is_held(document) or queries.is_first_reading(document, actor):
        return redirect(url_for("documents.show", public_id=public_id), 303)
    return as_file(document)


def _found(public_id: str, actor: Actor) -> Document:
    document = queries.by_public_id(public_id, actor)
    if document is None:
        abort(404)
    return document
