"""The written, reasoned answer on a claim, with the right to complain (domain B.3)."""

from datetime import datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import queries
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.values.language import N_, Language

_SUBJECT = N_("Svar på krav om kompensasjon for %(from_on)s til %(to_on)s")
_BODY = {
    Status.APPROVED: N_("Kravet er godkjent med %(amount_ore)s. Pengene blir utbetalt til kontoen i avtalen."),
    Status.PARTLY_APPROVED: N_("Kravet er godkjent i del, med %(amount_ore)s av %(claimed_ore)s."),
    Status.REFUSED: N_("Kravet på %(claimed_ore)s er avslått."),
}
_REASON = N_("Begrunnelse: %(reason)s")
_COMPLAINT = N_(
    "Dere kan klage til Helsedirektoratet innen tre uker fra dette brevet kom fram til dere. "
    "Dere kan også be om å få se dokumentene i saken."
)


def reply(claim: Claim, case: Case, *, by: Actor, at: datetime) -> None:
    """Queue the answer, once for each claim and outcome."""
    language = (case.party.language_decision.demands or Language.NB).value
    parts = [say(language, _BODY[claim.status], amount_ore=claim.approved_ore or 0, claimed_ore=claim.claimed_ore)]
    if claim.reason:
        parts += [say(language, _REASON, reason=claim.reason), say(language, _COMPLAINT)]
    queue_notice(
        key=f"claim:{claim.id}:{claim.status.value}",
        case=case,
        party_id=claim.party_id,
        kind="claim_answer",
        address=case.party.email or queries.email_of(claim.submitted_by),
        language=language,
        subject=say(language, _SUBJECT, from_on=claim.from_on, to_on=claim.to_on),
        body="\n\n".join(parts),
        at=at,
        by=by,
    )
