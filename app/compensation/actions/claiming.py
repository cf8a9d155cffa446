"""Claim and confirm. The case's lock makes two claims of one agreement wait for each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.access.domain import Actor
from app.cases import queries as cases
from app.compensation import judgement, queries
from app.compensation.actions.drafting import let_go
from app.compensation.actions.making import New, make
from app.compensation.domain import ClaimFacts, Reckoned
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM, Step
from app.flow import Reason, Refused, Stale, advance_all, why_not
from app.values.clock import local_date
from app.values.language import N_


class Changed(Exception):
    """The sum is no longer what the GP saw; the page shows the new one before it is sent."""

    def __init__(self, reckoned: Reckoned) -> None:
        super().__init__(f"now {reckoned.sum_ore}")
        self.reckoned = reckoned


def submit(case_id: int, facts: ClaimFacts, *, by: Actor, at: datetime) -> Claim:
    """Send a claim in. Raises Refused, or Changed when the sum is not the one that was shown."""
    case = cases.locked(case_id)
    if reasons := judgement.why_not_claim(case, by):
        raise Refused(reasons)
    standing = queries.standing_of(case.id, lock=True)
    if reasons := judgement.why_not_under(standing):
        raise Refused(reasons)
    reckoned = judged(standing, facts, at)
    version, late = standing.version_on(facts.period.from_on), late_reason(standing, facts, at)
    new = New(standing.agreement, version, case.party_id, facts.period, reckoned, late_reason=late)
    return make(new, by=by, at=at)


def judged(standing: queries.Standing, facts: ClaimFacts, at: datetime) -> Reckoned:
    """What the claim gives now, when it can be sent. Raises Refused or Changed."""
    reckoned = standing.reckon(facts)
    if closed := standing.why_not(facts, local_date(at)):
        raise Refused([each.reason for each in closed])
    if facts.shown_ore is not None and facts.shown_ore != reckoned.sum_ore:
        raise Changed(reckoned)
    return reckoned


def late_reason(standing: queries.Standing, facts: ClaimFacts, at: datetime) -> str:
    """Why the claim is late; nothing of one that is not, whatever is typed."""
    return facts.late_reason.strip() if standing.is_late(facts.period.from_on, local_date(at)) else ""


def submit_parts(
    case_id: int, parts: Sequence[ClaimFacts], *, draft: int | None = None, by: Actor, at: datetime
) -> list[Claim]:
    """A claim for each part of a period that crosses a change of the rules, all or none.

    `draft`: the version of what was being written, which is let go. Raises Refused or Changed, and Stale where
    somebody has written in it since.
    """
    claims = [submit(case_id, facts, by=by, at=at) for facts in parts]
    if draft is not None:
        let_go(claims[0].agreement_id, draft)
    return claims


def confirm(versions: Mapping[int, int], *, by: Actor, at: datetime) -> list[Claim]:
    """The area confirms claims, all or none; not those its own host is paid (J.1.13). Raises Refused or Stale."""
    claims = _as_seen(versions)
    _confirm(claims, Step.CONFIRM, by, at)
    return claims


def confirm_each(versions: Mapping[int, int], *, by: Actor, at: datetime) -> Mapping[int, list[Reason]]:
    """The area confirms each of these claims that it may; gives why not of the others, by the claim's key.

    Raises Refused with the reasons when there is none, and Stale when all have changed.
    """
    if not versions:
        raise Refused([Reason(N_("Velg minst ett krav."))])
    claims = queries.locked(list(versions))
    same = [claim for claim in claims if claim.version == versions[claim.id]]
    if not same:
        raise Stale
    confirmers, standings = queries.confirmers([c.id for c in same]), queries.standings(same, by)
    lacks = queries.lacking(same)
    closed = {key: [Reason(N_("Kravet er endret etter at du så det."))] for key in versions}
    for claim in same:
        also = judgement.why_not_confirm(Step.CONFIRM, confirmers[claim.id], lacks.get(claim.id, ()))
        closed[claim.id] = why_not(CLAIM, Step.CONFIRM, standings[claim.id], by, also)
    taken = [claim for claim in same if not closed[claim.id]]
    if not taken:
        raise Refused([reason for claim in same for reason in closed[claim.id]])
    _confirm(taken, Step.CONFIRM, by, at)
    return {key: reasons for key, reasons in closed.items() if reasons}


def confirm_centrally(versions: Mapping[int, int], *, by: Actor, at: datetime) -> list[Claim]:
    """The directorate confirms claims whose area is hosted by the payee itself, or where nobody else there may;
    another officer then reviews them. Raises Refused or Stale.
    """
    claims = _as_seen(versions)
    _confirm(claims, Step.CONFIRM_CENTRALLY, by, at)
    return claims


def _as_seen(versions: Mapping[int, int]) -> list[Claim]:
    if not versions:
        raise Refused([Reason(N_("Velg minst ett krav."))])
    claims = queries.locked(list(versions))
    if len(claims) != len(versions) or any(c.version != versions[c.id] for c in claims):
        raise Stale
    return claims


def _confirm(claims: list[Claim], step: Step, by: Actor, at: datetime) -> None:
    confirmers = queries.confirmers([c.id for c in claims])
    lacks = queries.lacking(claims)
    also = {c.id: judgement.why_not_confirm(step, confirmers[c.id], lacks.get(c.id, ())) for c in claims}
    facts = {c.id: {"amount_ore": c.claimed_ore} for c in claims}
    standings = queries.standings(claims, by)
    stamp = {"confirmed_by": by.id, "confirmed_at": at}
    advance_all(claims, CLAIM, step, by=by, at=at, standings=standings, also=also, facts=facts, stamp=stamp)
