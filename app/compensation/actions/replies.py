"""The written, reasoned answer on a claim, with the right to complain (domain B.3)."""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import queries
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.values.language import N_, Language

_SUBJECT = N_("Svar på krav om kompensasjon for %(from_on)s til %(to_on)s")
_BODY = {
    Status.APPROVED: N_("Kravet er godkjent med %(amount_ore)s. Pengene blir utbetalt til kontoen i avtalen."),
    Status.PARTLY_APPROVED: N_("Kravet er godkjent i del, med %(amount_ore)s av %(claimed_ore)s."),
    Status.REFUSED: N_("Kravet på %(claimed_ore)s er avslått."),
}
_BY_RULE = N_("Kravet er kontrollert automatisk etter regelverket. Dere kan be om at en saksbehandler ser på det.")
REASON = N_("Begrunnelse: %(reason)s")
COMPLAINT = N_(
    "Dere kan klage til Helsedirektoratet innen tre uker fra dette brevet kom fram til dere. "
    "Dere kan også be om å få se dokumentene i saken."
)


def reply(claim: Claim, case: Case, *, by: Actor | None, at: datetime) -> None:
    """Queue the answer, once for each claim and outcome."""
    reply_all([(claim, case)], by=by, at=at)


def reply_all(answered: Sequence[tuple[Claim, Case]], *, by: Actor | None, at: datetime) -> None:
    """The same of many, with a fixed number of statements. `case.party` must be loaded."""
    emails = queries.emails_of({claim.submitted_by for claim, _ in answered})
    queue_notices([_notice(claim, case, emails[claim.submitted_by]) for claim, case in answered], by=by, at=at)


def _notice(claim: Claim, case: Case, email: str) -> Notice:
    language = (case.party.language_decision.demands or Language.NB).value
    parts = [say(language, _BODY[claim.status], amount_ore=claim.approved_ore or 0, claimed_ore=claim.claimed_ore)]
    if claim.rule:
        parts.append(say(language, _BY_RULE))
    if claim.reason:
        parts += [say(language, REASON, reason=claim.reason), say(language, COMPLAINT)]
    return Notice(
        key=f"claim:{claim.id}:{claim.status.value}",
        case_id=case.id,
        party_id=claim.party_id,
        kind="claim_answer",
        address=case.party.email or email,
        language=language,
        subject=say(language, _SUBJECT, from_on=claim.from_on, to_on=claim.to_on),
        body="\n\n".join(parts),
    )
