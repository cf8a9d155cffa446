"""Why a claim that is its sender's own is not kept, corrected, taken back or documented."""

from collections.abc import Mapping

from app.access.domain import Actor, Permission
from app.cases.queries import on_case
from app.compensation import queries
from app.compensation.judgement.claims import why_not_under
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM, Step
from app.flow import Reason, why_not, wrong_status
from app.values.language import N_
from app.values.no_patients import holds_national_id


def why_not_keep(typed: Mapping[str, str]) -> list[Reason]:
    """Why what is typed in a claim is not kept: it tells of a patient."""
    if any(holds_national_id(text) for text in typed.values()):
        text = N_("Det ser ut som et fødselsnummer. Krav har bare antall, aldri noe om den enkelte pasienten.")
        return [Reason(text)]
    return []


def why_not_attach(claim: Claim, code: str, actor: Actor) -> list[Reason]:
    """Why this person may not lay a file by the claim for this price: only its own people, until it is confirmed."""
    reasons = why_not_own(Step.CORRECT, claim, actor)
    if not reasons and code not in {each.code for each in queries.asked_of([claim]).get(claim.id, ())}:
        reasons = [Reason(N_("Kravet trenger ikke vedlegg for dette."))]
    if not reasons and len(queries.attached_to(claim.id)) >= MOST_ATTACHED:
        reasons = [Reason(N_("Et krav kan ha høyst %(most)s vedlegg."), {"most": MOST_ATTACHED})]
    return reasons


MOST_ATTACHED = 20


def why_not_own(step: Step, claim: Claim, actor: Actor) -> list[Reason]:
    """Why this person may not correct the claim, or take it back: until it is confirmed, whoever may claim does."""
    if claim.status not in CLAIM.move(step).start and actor.may(Permission.CLAIM_OWN, party_id=claim.party_id):
        return [CONFIRMED] if claim.confirmed_at else [wrong_status(claim.status)]
    reasons = why_not(CLAIM, step, on_case(claim.standing(), claim.case_id, actor), actor)
    if step is Step.CORRECT and not reasons:
        reasons = why_not_under(queries.standing_of(claim.case_id, besides=claim.id))
    return reasons


CONFIRMED = Reason(
    N_("Kravet er bekreftet, og da endrer ingen det. Er noe feil, ta kontakt med utprøvingsområdet eller oss.")
)
