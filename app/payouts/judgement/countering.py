"""Why a counter-claim («motkrav») is closed, or cannot be what it says."""

from app.access.domain import Actor, Permission
from app.budget.queries import ledger_of
from app.cases import queries as cases
from app.compensation.domain.reversing import Counter, sum_ore, taken_back, why_not_back
from app.compensation.models import Claim
from app.compensation.queries import lines_left
from app.compensation.workflow import CLAIM
from app.compensation.workflow import Status as ClaimStatus
from app.db import reference
from app.flow import Reason, not_impartial, why_not_hand
from app.payables.queries import bases_of
from app.payouts import queries
from app.payouts.workflow import REPAYMENT
from app.values.language import N_

APPROVED = (ClaimStatus.APPROVED, ClaimStatus.PARTLY_APPROVED, ClaimStatus.PAID)


def why_not_counter(claim: Claim, actor: Actor) -> list[Reason]:
    """Why this person may not propose a counter-claim on the claim now, whatever it says; empty when they may."""
    reasons = []
    if not actor.may(Permission.REVIEW_CLAIM):
        reasons.append(Reason(N_("Du har ikke tilgang til dette."), who=N_("saksbehandler")))
    if claim.party_id in actor.tied_to:
        reasons.append(Reason(N_("Du er knyttet til mottakeren. En annen må gjøre dette.")))
    reasons += not_impartial(cases.declared([claim.case_id], actor.id).get(claim.case_id))
    reasons += why_not_hand(REPAYMENT.name, "registered", claim.hands, actor)
    return reasons + why_not_reversed(claim)


def why_not_reversed(claim: Claim) -> list[Reason]:
    """Why nothing more of the claim can be taken back, whoever asks."""
    ref = reference(CLAIM.name, claim.id)
    if claim.status not in APPROVED:
        return [Reason(N_("Bare et krav som er godkjent, kan få et motkrav. Dette kan fortsatt avslås eller kuttes."))]
    if not bases_of([ref]):
        return [Reason(N_("Kravet er ikke betalt herfra. Ta det opp med Helfo."))]
    if not claim.net_ore:
        return [Reason(N_("Hele kravet er tatt tilbake."))]
    if queries.open_counter(ref):
        return [Reason(N_("Et motkrav på dette kravet venter på bekreftelse."), who=N_("leder med BDM"))]
    return []


def why_not_so(claim: Claim, counter: Counter) -> list[Reason]:
    """Why just this cannot be taken back: never more than is left of the claim, nor of what is promised on the case."""
    lines = lines_left(claim.id)
    if reasons := why_not_back(lines, counter):
        return reasons
    left_ore = ledger_of(claim.case_id).committed_ore - queries.claimed_ore(claim.case_id)
    if sum_ore(taken_back(lines, counter)) > left_ore:
        text = N_("Det kan kreves høyst %(left_ore)s tilbake i denne saken.")
        return [Reason(text, {"left_ore": max(left_ore, 0)})]
    return []
