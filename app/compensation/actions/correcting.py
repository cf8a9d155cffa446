"""A claim that nobody has confirmed is its sender's own: corrected, or taken back."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.cases.queries import on_case
from app.compensation import judgement, queries
from app.compensation.actions.claiming import judged, late_reason
from app.compensation.actions.making import inherit, write_lines
from app.compensation.domain import ClaimFacts
from app.compensation.models import Claim, ClaimLine
from app.compensation.workflow import CLAIM, Step
from app.db import db
from app.flow import Refused, Stale, advance


def correct(claim_id: int, version: int, facts: ClaimFacts, *, by: Actor, at: datetime) -> Claim:
    """Let the claim say this instead: it counts as sent in now, by this person. Raises Refused, Stale or Changed.

    Days and prices are judged as those of a new claim, itself left out.
    """
    claim = _locked(claim_id, version)
    if reasons := judgement.why_not_own(Step.CORRECT, claim, by):
        raise Refused(reasons)
    standing = queries.standing_of(claim.case_id, lock=True, besides=claim.id)
    reckoned = judged(standing, facts, at)
    stamp = {
        "from_on": facts.period.from_on,
        "to_on": facts.period.to_on,
        "rule_version_id": standing.version_on(facts.period.from_on),
        "claimed_ore": reckoned.sum_ore,
        "late_reason": late_reason(standing, facts, at),
        "submitted_by": by.id,
        "submitted_at": at,
        # Their own words from now on, whoever laid it in.
        "is_imported": False,
    }
    told = {
        "amount_ore": reckoned.sum_ore,
        "from_on": facts.period.from_on.isoformat(),
        "to_on": facts.period.to_on.isoformat(),
    }
    place = on_case(claim.standing(), claim.case_id, by)
    advance(claim, CLAIM, Step.CORRECT, by=by, at=at, standing=place, facts=told, stamp=stamp)
    inherit(claim, at)
    db.session.execute(sa.delete(ClaimLine).where(ClaimLine.claim_id == claim.id))
    write_lines({claim.id: reckoned})
    return claim


def withdraw(claim_id: int, version: int, *, by: Actor, at: datetime) -> Claim:
    """Take the claim back: its days and units may be claimed anew. Raises Refused or Stale."""
    claim = _locked(claim_id, version)
    if reasons := judgement.why_not_own(Step.WITHDRAW, claim, by):
        raise Refused(reasons)
    place = on_case(claim.standing(), claim.case_id, by)
    stamp = {"withdrawn_by": by.id, "withdrawn_at": at}
    facts = {"amount_ore": claim.claimed_ore}
    advance(claim, CLAIM, Step.WITHDRAW, by=by, at=at, standing=place, facts=facts, stamp=stamp)
    return claim


def _locked(claim_id: int, version: int) -> Claim:
    claims = queries.locked([claim_id])
    if not claims or claims[0].version != version:
        raise Stale
    return claims[0]
