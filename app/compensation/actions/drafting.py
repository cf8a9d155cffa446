"""What is typed in a claim is kept until it is sent. A draft is nobody's claim: it is judged when it is sent."""

from collections.abc import Mapping
from datetime import datetime

from app.access.domain import Actor
from app.cases import queries as cases
from app.compensation import judgement, queries
from app.compensation.models import ClaimDraft
from app.db import db
from app.flow import Refused, Stale


def keep_draft(case_id: int, typed: Mapping[str, str], rules: str, *, version: int, by: Actor, at: datetime) -> int:
    """Keep what is typed; gives the draft's new version. `version`: as the person saw it, 0 when there was none.

    Raises Refused, also for what looks like a patient's number, or Stale.
    """
    case = cases.locked(case_id)
    standing = queries.standing_of(case_id)
    reasons = judgement.why_not_under(standing) or judgement.why_not_claim(case, by) or judgement.why_not_keep(typed)
    if reasons:
        raise Refused(reasons)
    agreement_id = standing.agreement.id
    draft = queries.locked_draft(agreement_id)
    if (draft.version if draft else 0) != version:
        raise Stale
    if draft is None:
        draft = ClaimDraft(agreement_id=agreement_id)
        db.session.add(draft)
    draft.typed, draft.rules, draft.version = dict(typed), rules, version + 1
    draft.changed_by, draft.changed_at = by.id, at
    db.session.flush()
    return version + 1


def throw_draft(case_id: int, *, version: int, by: Actor) -> None:
    """Throw away what is typed, as it was seen. Raises Refused or Stale."""
    case = cases.locked(case_id)
    if reasons := judgement.why_not_claim(case, by):
        raise Refused(reasons)
    let_go(queries.standing_of(case_id).agreement.id, version)


def let_go(agreement_id: int, version: int) -> None:
    """The draft is a claim now, or nothing. Raises Stale where somebody has written in it since."""
    draft = queries.locked_draft(agreement_id)
    if (draft.version if draft else 0) != version:
        raise Stale
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()
