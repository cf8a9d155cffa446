"""The outbox page: everything on its way out, and what a person may do when something was not sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db import writing
from app.db.clock import now
from app.dispatch import actions, composing, judgement, queries
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.values.language import N_
from app.values.wholenumber import small_number
from forms.dispatch import AgainForm, MendForm, ReaddressForm, mend_form

bp = Blueprint("dispatch", __name__, url_prefix="/utsendelser")

MANY = 50
Answer = Response | str | tuple[str, int]


@bp.get("")
@needs(Permission.READ_OUTBOX)
def outbox() -> str:
    """Letters and notices, newest first, filtered by status."""
    status, before = _status(request.args.get("status")), request.args.get("for", type=small_number)
    found = queries.page(status, before, MANY, current_actor())
    rows, more = found[:MANY], len(found) > MANY
    return render_template(
        "dispatch/outbox.html",
        rows=rows,
        status=status,
        statuses=[(each.value, gettext(each.word)) for each in Status],
        older=_address(status, rows[-1].id) if more else None,
        newer=_newer(status, rows[0].id if rows else before or 0) if before else None,
    )


@bp.get("/<public_id>")
@needs(Permission.READ_OUTBOX)
def show(public_id: str) -> str:
    """How the sending went, and the words and the PDF for those who may read them."""
    return _page(_found(public_id), ReaddressForm(formdata=None))


def _page(outgoing: Outgoing, form: ReaddressForm, mend: MendForm | None = None) -> str:
    actor = current_actor()
    form.version.data = outgoing.version
    case, party, document = queries.around(outgoing, actor)
    reads, failed = queries.is_read_by(outgoing, actor), outgoing.status is Status.FAILED
    mends = failed and not judgement.why_not_retry(outgoing, actor)
    # One form at a time: a letter that is not made goes to no address.
    texts = _mend_form(outgoing, mend) if mends and reads else None
    closed_address = judgement.not_readdressed(outgoing)
    return render_template(
        "dispatch/show.html",
        outgoing=outgoing,
        case=case,
        party=party,
        document=document,
        letter=composing.kept(outgoing.blocks) if reads and document is None else None,
        error=outgoing.last_error.partition("\n"),
        unmade=composing.composed(outgoing.facts)[1] if failed and outgoing.facts and not outgoing.blocks else [],
        offers=judgement.ways_out(outgoing, actor) if failed else [],
        reads=reads,
        form=form if mends and texts is None and not closed_address else None,
        closed_address=closed_address if mends else [],
        mend=texts,
    )


@bp.post("/<public_id>/prov-igjen")
@needs(Permission.REGISTER)
def retry(public_id: str) -> Response:
    """Send it again."""
    return _act(public_id, actions.retry, N_("Den blir sendt på nytt."))


@bp.post("/<public_id>/rett-adressen")
@needs(Permission.REGISTER)
def readdress(public_id: str) -> Answer:
    """Send it to another address."""
    form, outgoing = ReaddressForm(), _found(public_id)
    if not form.validate_on_submit():
        return _page(outgoing, form), 422
    with writing():
        actions.readdress(outgoing.id, form.seen_version, form.facts(), by=current_actor(), at=now())
    flash(N_("Den blir sendt til den nye adressen."), "success")
    return redirect(url_for("dispatch.show", public_id=public_id), 303)


@bp.post("/<public_id>/rett-teksten")
@needs(Permission.REGISTER)
def mend(public_id: str) -> Answer:
    """Correct what cannot be printed, make the letter and send it."""
    outgoing = _found(public_id)
    form = mend_form([text for _, text in composing.strange_texts(outgoing.facts or {})])()
    if not form.validate_on_submit():
        return _page(outgoing, ReaddressForm(formdata=None), form), 422
    places = [place for place, _ in composing.strange_texts(outgoing.facts or {})]
    texts = dict(zip(places, form.facts(), strict=True))
    with writing():
        actions.mend(outgoing.id, form.seen_version, texts, by=current_actor(), at=now())
    flash(N_("Teksten er rettet, og brevet blir sendt."), "success")
    return redirect(url_for("dispatch.show", public_id=public_id), 303)


def _mend_form(outgoing: Outgoing, typed: MendForm | None) -> MendForm | None:
    """The texts to correct; None when there are none, or nobody may."""
    strange = [text for _, text in composing.strange_texts(outgoing.facts or {})]
    if not strange or judgement.not_mendable(outgoing):
        return None
    form = typed or mend_form(strange)(formdata=None)
    form.version.data = outgoing.version
    return form


@bp.post("/<public_id>/merk-som-sendt")
@needs(Permission.REGISTER)
def settle(public_id: str) -> Response:
    """Say that it went after all."""
    return _act(public_id, actions.settle, N_("Den er merket som sendt."))


def _act(public_id: str, verb: Callable[..., None], said: str) -> Response:
    form, outgoing = AgainForm(), _found(public_id)
    if not form.validate_on_submit():
        abort(400)
    at: datetime = now()
    with writing():
        verb(outgoing.id, form.seen_version, by=current_actor(), at=at)
    flash(said, "success")
    return redirect(url_for("dispatch.show", public_id=public_id), 303)


def _found(public_id: str) -> Outgoing:
    outgoing = queries.by_public_id(public_id)
    if outgoing is None:
        abort(404)
    return outgoing


def _status(text: str | None) -> Status | None:
    return Status(text) if text in set(Status) else None


def _newer(status: Status | None, first: int) -> str:
    return _address(status, queries.first_of_next_newer(status, first, MANY))


def _address(status: Status | None, before: int | None) -> str:
    chosen: dict[str, Any] = {"status": status.value if status else None, "for": before}
    return url_for("dispatch.outbox", **chosen)
