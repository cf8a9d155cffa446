"""Claims that are being written."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.models import User
from app.compensation.models import ClaimDraft
from app.db import db


@dataclass(frozen=True)
class Written:
    """A draft, and the name of who wrote in it last."""

    draft: ClaimDraft
    who: str


def draft_of(agreement_id: int) -> Written | None:
    """What is being written for this agreement."""
    return drafts_of([agreement_id]).get(agreement_id)


def drafts_of(agreement_ids: Collection[int]) -> dict[int, Written]:
    """The same of many, by agreement; those without are not there."""
    query = sa.select(ClaimDraft, User.name).join(User, User.id == ClaimDraft.changed_by)
    query = query.where(ClaimDraft.agreement_id.in_(agreement_ids))
    return {draft.agreement_id: Written(draft, who) for draft, who in db.session.execute(query)}


def locked_draft(agreement_id: int) -> ClaimDraft | None:
    """As it is now; who writes in it has locked its case."""
    query = sa.select(ClaimDraft).where(ClaimDraft.agreement_id == agreement_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).first()
