"""Release claims that have waited for money: strictly in the order they came, each in full (domain B.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.domain import Actor
from app.budget import actions as budget
from app.budget.domain import Posting
from app.budget.models import Frame
from app.budget.queries import frame_of, purse
from app.budget.queries import locked as locked_frame
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.queries import declared, lock
from app.compensation import judgement, payables, queries
from app.compensation.actions.replies import reply_all
from app.compensation.domain import control_of, fits
from app.compensation.models import Claim, GpAgreement
from app.compensation.queries import ClaimRow
from app.compensation.workflow import CLAIM, Step
from app.db import db, reference
from app.flow import Reason, Refused, Stale, advance_all
from app.values.clock import local_date
from app.values.language import N_


@dataclass(frozen=True)
class Released:
    """How many were approved and for how much; why the next stayed, where it was not for money."""

    count: int
    sum_ore: int
    stopped: Sequence[Reason]


def release(pot_id: int, control: str, *, by: Actor, at: datetime) -> Released:
    """Approve the claims the page showed, from the first, as far as the money holds; where one is closed, it ends.

    `control`: the control sum of what the page showed. Raises Refused when none can be approved, and Stale when
    something else waits first now, or the money is another.
    """
    frame = frame_of(pot_id, local_date(at).year)
    if frame is None:
        raise Refused([Reason(N_("Det er ikke satt noen ramme for i år."), who=N_("leder med BDM"))])
    before = ready(pot_id, frame)
    queries.locked([row.claim.id for row in before])
    frame = locked_frame(frame.id)
    rows = ready(pot_id, frame)
    if control != control_of_rows(rows) or {row.claim.id for row in rows} != {row.claim.id for row in before}:
        raise Stale
    agreements = queries.counted_by({row.claim.agreement_id for row in rows})
    taken, stopped = _as_far_as_open(rows, agreements, by)
    if not taken:
        raise Refused(stopped or judgement.why_no_money(frame))
    _approve(taken, by, at)
    _bind(frame, taken, agreements, by, at)
    reply_all([(row.claim, row.case) for row in taken], by=by, at=at)
    return Released(len(taken), sum(row.claim.claimed_ore for row in taken), stopped)


def ready(pot_id: int, frame: Frame) -> list[ClaimRow]:
    """The claims that wait first and that the money holds, as many as one answer takes."""
    rows = queries.in_order(pot_id)
    return rows[: fits([row.claim.claimed_ore for row in rows], purse(frame).left_ore)]


def control_of_rows(rows: Sequence[ClaimRow]) -> str:
    """The control sum of these claims."""
    return control_of([(row.claim.id, row.claim.version, row.claim.claimed_ore) for row in rows])


def declare_all(pot_id: int, control: str, *, by: Actor, at: datetime) -> int:
    """The officer is impartial in the cases the page showed; gives how many were answered now. Raises Stale."""
    frame = frame_of(pot_id, local_date(at).year)
    rows = ready(pot_id, frame) if frame else []
    if control != control_of_rows(rows):
        raise Stale
    cases = {row.case.id: row.case for row in rows}
    lock(list(cases))
    answered = declared(list(cases), by.id)
    asked = [cases[key] for key in sorted(cases.keys() - answered.keys())]
    for case in asked:
        declare(case, Impartiality.IMPARTIAL, "", by=by, at=at)
    return len(asked)


def _as_far_as_open(
    rows: Sequence[ClaimRow], agreements: Mapping[int, GpAgreement], by: Actor
) -> tuple[list[ClaimRow], list[Reason]]:
    """Those this person may approve, up to the first they may not, and why not that one."""
    closed, taken = judgement.why_not_released(rows, agreements, by), list[ClaimRow]()
    for row in rows:
        if closed[row.claim.id]:
            return taken, closed[row.claim.id]
        taken.append(row)
    return taken, []


def _approve(taken: Sequence[ClaimRow], by: Actor, at: datetime) -> None:
    claims: list[Claim] = [row.claim for row in taken]
    for claim in claims:
        claim.approved_ore = claim.claimed_ore
    advance_all(
        claims,
        CLAIM,
        Step.APPROVE,
        by=by,
        at=at,
        standings=queries.standings(claims, by),
        facts={claim.id: {"amount_ore": claim.claimed_ore} for claim in claims},
        stamp={"reviewed_by": by.id, "reviewed_at": at},
    )


def _bind(
    frame: Frame, taken: Sequence[ClaimRow], agreements: Mapping[int, GpAgreement], by: Actor, at: datetime
) -> None:
    """The sums are bound in the agreements and in the frame, and each is to be paid."""
    postings = []
    for row in taken:
        agreements[row.claim.agreement_id].claimed_ore += row.claim.claimed_ore
        postings.append(Posting(row.case.id, row.claim.claimed_ore, reference("claim", row.claim.id)))
    db.session.flush()
    budget.commit_all(frame.id, postings, by=by, at=at)
    payables.add_many([(row.claim, row.case) for row in taken], at)
