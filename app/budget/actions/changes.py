"""Change a frame: one proposes with the document, another confirms; only then the money is there (domain C.3, C.4)."""

from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.budget import judgement, queries
from app.budget.domain import ChangeFacts, ChangeKind
from app.budget.models import Frame, FrameChange
from app.budget.workflow import FRAME_CHANGE, ChangeStep
from app.db import db
from app.flow import Reason, Refused, Stale, advance
from app.rules.models import Pot
from app.values.clock import local_date
from app.values.language import N_


def propose(frame_id: int, facts: ChangeFacts, *, by: Actor, at: datetime) -> FrameChange:
    """Write down what the document says. Nothing changes before another has confirmed it. Raises Refused."""
    frame = queries.locked(frame_id)
    reasons = judgement.why_not_propose(frame, by) or judgement.why_not_so(facts, frame)
    if reasons:
        raise Refused(reasons)
    change = FrameChange(
        frame_id=frame.id,
        kind=facts.kind,
        amount_ore=facts.amount_ore,
        document=facts.document,
        document_on=facts.document_on,
        reason=facts.reason,
        from_year=facts.from_year,
        clearance=facts.clearance,
        clearance_on=facts.clearance_on,
        proposed_by=by.id,
        proposed_at=at,
    )
    db.session.add(change)
    db.session.flush()
    told = _told(frame, change) | {"document": change.document, "reason": change.reason}
    record(change.stream, "budget.change_proposed", told, by=by, at=at)
    return change


def confirm_change(change_id: int, version: int, *, by: Actor, at: datetime) -> FrameChange:
    """The second person has seen the document: the frame is changed, never below what is committed.

    Raises Refused or Stale.
    """
    change, frame = _locked(change_id, version)
    before_ore, after_ore = frame.frame_ore, frame.frame_ore + change.facts.signed_ore
    told = {**_named(frame), "before_ore": before_ore, "after_ore": after_ore, "document": change.document}
    stamp = {"settled_by": by.id, "settled_at": at, "before_ore": before_ore, "after_ore": after_ore}
    advance(
        change,
        FRAME_CHANGE,
        ChangeStep.CONFIRM,
        by=by,
        at=at,
        also=judgement.why_not_settle(ChangeStep.CONFIRM, change, frame, by, local_date(at)),
        facts=told,
        stamp=stamp,
    )
    if change.kind is ChangeKind.CARRY_OVER:
        frame.carried_in_ore += change.amount_ore
    else:
        frame.adjusted_ore += change.facts.signed_ore
    frame.frame_ore = after_ore
    db.session.flush()
    return change


def refuse_change(change_id: int, version: int, answer: str, *, by: Actor, at: datetime) -> FrameChange:
    """The frame stays as it is; whoever proposed it reads why. Raises Refused or Stale."""
    change, frame = _locked(change_id, version)
    if not answer.strip():
        raise Refused([Reason(N_("Skriv hvorfor endringen ikke kan bekreftes."), of="reason")])
    advance(
        change,
        FRAME_CHANGE,
        ChangeStep.REFUSE,
        by=by,
        at=at,
        also=judgement.why_not_settle(ChangeStep.REFUSE, change, frame, by, local_date(at)),
        facts=_told(frame, change) | {"reason": answer.strip()},
        stamp={"settled_by": by.id, "settled_at": at, "answer": answer.strip()},
    )
    return change


def _locked(change_id: int, version: int) -> tuple[FrameChange, Frame]:
    change, frame = queries.locked_change(change_id)
    if change.version != version:
        raise Stale
    return change, frame


def _told(frame: Frame, change: FrameChange) -> dict[str, object]:
    return {**_named(frame), "change_ore": change.facts.signed_ore}


def _named(frame: Frame) -> dict[str, object]:
    return {"pot": db.session.get_one(Pot, frame.pot_id).name_nb, "year": frame.year}
