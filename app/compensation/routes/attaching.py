"""What documents a claim: laid by on its page, and read there by its GP's people, its area and the officers."""

from flask import abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.compensation import actions, judgement, queries
from app.compensation.queries import ClaimRow
from app.compensation.routes import bp
from app.compensation.routes.review import draw_claim
from app.db import db, writing
from app.db.clock import now
from app.documents.actions import take_upload
from app.documents.domain.files import FileType
from app.documents.domain.uploads import NotTaken
from app.documents.serving import as_file, is_held
from app.flow import Refused
from app.intake import takes
from app.templating import reason
from app.values.language import N_
from forms.compensation import AttachForm


def _claim(public_id: str) -> ClaimRow:
    """The claim, to those who read what documents it: finance, which pays it, does not."""
    actor = current_actor()
    row = queries.by_public_id(public_id, actor)
    if row is None:
        abort(404)
    theirs = row.claim.party_id in actor.party_ids or row.claim.area_id in actor.area_ids
    return row if theirs or actor.may(Permission.REVIEW_CLAIM) else abort(404)


@bp.post("/krav/<public_id>/vedlegg")
@takes(megabytes=21)
@needs(Permission.CLAIM_OWN)
def attach(public_id: str) -> Response | tuple[str, int]:
    """One file for one unit price; it goes through the house's door for uploads, and tells of no patient."""
    row, form, actor, at = _claim(public_id), AttachForm(), current_actor(), now()
    whole, chosen, claim_id, code = form.validate_on_submit(), form.file.chosen, row.claim.id, str(form.code.data)
    # Judged before the file is read: nothing is kept of what is not asked for.
    if shut := judgement.why_not_attach(row.claim, code, actor):
        raise Refused(shut)
    if chosen is None:
        form.file.refuse(reason(N_("Velg en fil.")))
    if not whole or chosen is None:
        return draw_claim(row, attached=form), 422
    db.session.rollback()
    types = (FileType.PDF, FileType.XLSX, FileType.CSV)
    try:
        upload = take_upload(chosen.stream, chosen.filename or "", *types, at=at, counts_only=True)
    except NotTaken as refused:
        form.file.refuse(reason(refused.reason))
        return draw_claim(_claim(public_id), attached=form), 422
    with writing():
        actions.attach(claim_id, code, upload, by=actor, at=at)
    flash(N_("Filen er lagt ved kravet."), "success")
    return redirect(url_for("compensation.claim", public_id=public_id), 303)


@bp.get("/krav/<public_id>/vedlegg/<document>")
@needs(Permission.REVIEW_CLAIM, Permission.CLAIM_OWN, Permission.CONFIRM_CLAIM)
def attachment(public_id: str, document: str) -> Response:
    """The file itself; one that waits for the virus check is not there yet."""
    row = _claim(public_id)
    found = next((each for _, each in queries.attached_to(row.claim.id) if each.public_id == document), None)
    if found is None:
        abort(404)
    if is_held(found):
        flash(N_("Filen venter på viruskontroll eller er stanset av den. Prøv igjen om litt."), "warning")
        return redirect(url_for("compensation.claim", public_id=public_id), 303)
    return as_file(found)
