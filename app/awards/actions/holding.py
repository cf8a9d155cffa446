"""Stop, resume and lapse: always a person's act, with a reason (domain J.1.11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.access.domain import Actor
from app.awards import payables, queries
from app.awards.domain import not_yet_past
from app.awards.models import Award
from app.awards.workflow import AWARD, Step
from app.budget import actions as budget
from app.budget import queries as ledger
from app.cases import queries as cases
from app.cases.models import Case
from app.db import reference
from app.flow import Reason, Refused, Stale, advance
from app.values.clock import local_date
from app.values.language import N_


def stop(award_id: int, reason: str, *, by: Actor, at: datetime, version: int) -> Award:
    """Stop further payment, on suspicion of misuse or a breach of the terms. Raises Refused or Stale."""
    case, award = _locked(award_id, version)
    stamp = {"stopped_by": by.id, "stopped_at": at, "stop_reason": reason.strip()}
    _step(case, award, Step.STOP, reason, by, at, stamp=stamp)
    return award


def resume(award_id: int, reason: str, *, by: Actor, at: datetime, version: int) -> Award:
    """Let payment go on; another than the one who stopped. Raises Refused or Stale."""
    case, award = _locked(award_id, version)
    step = resume_step(award.amount_ore, ledger.ledger_of(case.id).paid_ore)
    _step(case, award, step, reason, by, at, stamp={"stopped_by": None, "stopped_at": None, "stop_reason": ""})
    return award


def resume_step(amount_ore: int, paid_ore: int) -> Step:
    """To where the money stands: what was out at the stop may have been paid since."""
    if paid_ore >= amount_ore:
        return Step.RESUME_ALL
    return Step.RESUME_PART if paid_ore else Step.RESUME


def lapse(award_id: int, reason: str, *, by: Actor, at: datetime, version: int) -> Award:
    """Let a grant nobody accepted fall away, and give the money back to the frame. Raises Refused or Stale."""
    case, award = _locked(award_id, version)
    also = not_yet_past(queries.accept_by(award), local_date(at))
    _step(case, award, Step.LAPSE, reason, by, at, also=also, more={"amount_ore": award.amount_ore})
    give_back(case, award, "lapse", by=by, at=at)
    return award


def give_back(case: Case, award: Award, why: str, *, by: Actor, at: datetime) -> None:
    """Nothing comes of the grant: its money goes back to the frame, and the case waits for nobody. Raises Refused."""
    frame = ledger.frame_of(case.pot_id, case.year)
    if frame is None:
        raise Refused([Reason(N_("Det er ikke satt noen ramme for i år."))])
    budget.reduce(frame.id, case.id, award.amount_ore, reference(why, award.id), by=by, at=at)
    case.due_on = None


def _locked(award_id: int, version: int) -> tuple[Case, Award]:
    case = cases.locked(queries.case_of(award_id))
    award = queries.locked_award(award_id)
    if award.version != version:
        raise Stale
    return case, award


def _step(
    case: Case,
    award: Award,
    step: Step,
    reason: str,
    by: Actor,
    at: datetime,
    *,
    also: list[Reason] | None = None,
    stamp: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    told = [] if reason.strip() else [Reason(N_("Skriv hvorfor."))]
    advance(
        award,
        AWARD,
        step,
        by=by,
        at=at,
        standing=cases.on_case(award.standing(), case.id, by),
        also=[*(also or []), *told],
        facts={"reason": reason.strip(), **(more or {})},
        stamp=stamp,
    )
    payables.tell(award)
