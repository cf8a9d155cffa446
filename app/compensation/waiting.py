"""What waits for a person in this room: claims to confirm for an area, to control, and to pay when there is money."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.budget.models import Frame
from app.budget.queries import frames_of
from app.compensation import judgement, queries
from app.compensation.queries import ClaimRow
from app.compensation.workflow import CLAIM, Status, Step
from app.flow import Reason, Standing, Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_

_VERBS = {
    Status.SUBMITTED: N_("Bekreft krav for området"),
    Status.CONFIRMED: N_("Kontroller krav"),
    Status.AWAITING_FUNDS: N_("Godkjenn krav som har ventet på midler"),
}


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    return queries.any_open() if actor.may(Permission.REVIEW_CLAIM) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each claim this person may take on. At most three reads."""
    rows = queries.at_the_directorate() if actor.may(Permission.REVIEW_CLAIM) else []
    if not rows:
        return []
    standings = queries.standings([row.claim for row in rows], actor)
    awaits = any(row.claim.status is Status.AWAITING_FUNDS for row in rows)
    frames = {frame.pot_id: frame for frame in (frames_of(local_date(at).year) if awaits else ())}
    return [
        Waiting(
            _VERBS[row.claim.status],
            "compensation.claim",
            {"public_id": row.claim.public_id},
            row.case.party_name,
            row.case.number or "",
            since=_since(row),
        )
        for row in rows
        if is_theirs(_closed(row, standings[row.claim.id], frames, actor))
    ]


def _closed(row: ClaimRow, standing: Standing, frames: Mapping[int, Frame], actor: Actor) -> list[Reason]:
    """A confirmed claim is judged by any of its answers: what cannot be approved in full is cut or refused."""
    if row.claim.status is Status.SUBMITTED:
        return why_not(CLAIM, Step.CONFIRM_CENTRALLY, standing, actor)
    if row.claim.status is Status.CONFIRMED:
        return why_not(CLAIM, Step.REFUSE, standing, actor)
    money = judgement.why_not_money(row.claim, frames.get(row.case.pot_id), row.agreement)
    return why_not(CLAIM, Step.APPROVE, standing, actor, money)


def _since(row: ClaimRow) -> date:
    return local_date(row.claim.confirmed_at or row.claim.submitted_at)
