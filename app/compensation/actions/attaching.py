"""Laying by what documents a claim."""

from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.compensation import judgement, queries
from app.compensation.models import ClaimAttachment
from app.compensation.workflow import CLAIM
from app.db import db
from app.documents.actions import Upload, add_document
from app.documents.domain.scopes import Scope
from app.documents.models import Direction
from app.flow import Refused, Stale, record_hand


def attach(claim_id: int, code: str, upload: Upload, *, by: Actor, at: datetime) -> None:
    """Lay a file that is taken by the claim, for one of its prices. Whoever does has a hand in it. Raises Refused."""
    claims = queries.locked([claim_id])
    if not claims:
        raise Stale
    claim = claims[0]
    if reasons := judgement.why_not_attach(claim, code, by):
        raise Refused(reasons)
    document = add_document(
        scope=Scope.CLAIM,
        case=None,
        direction=Direction.IN,
        kind=CLAIM.name,
        title=upload.filename,
        filename=upload.filename,
        sha256=upload.sha256,
        language="nb",
        to_party=False,
        by=by,
        at=at,
    )
    db.session.add(ClaimAttachment(claim_id=claim.id, document_id=document.id, code=code))
    db.session.flush()
    record_hand(CLAIM.name, claim.id, "submitted", case_id=claim.case_id, by=by, at=at)
    record(claim.stream, "claim.documented", {"file": upload.filename}, by=by, at=at, case_id=claim.case_id)
