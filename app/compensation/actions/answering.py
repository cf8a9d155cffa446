"""What a practice is told of an agreement: that it waits for their signature, and our reasoned answer (domain B.3)."""

from datetime import datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import queries
from app.compensation.actions.replies import COMPLAINT, REASON
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.parties import queries as parties
from app.parties.models import Party
from app.values.language import N_, Language

_TO_SIGN = N_("Avtale om kompensasjon for %(gp)s venter på signatur")
_SIGN = N_(
    "Det er registrert en avtale om kompensasjon for %(gp)s i %(area)s fra %(from_on)s til %(to_on)s. "
    "Logg inn, les avtalen og signer den under «Krav om kompensasjon»."
)
_AGREEMENT = N_("Svar på søknad om avtale om kompensasjon for %(gp)s")
_ANSWER = {
    AgreementStatus.ACTIVE: N_(
        "Avtalen for %(gp)s er godkjent. Den gjelder fra %(from_on)s til %(to_on)s, med et tak på %(cap_ore)s. "
        "Krav sendes inn under «Krav om kompensasjon»."
    ),
    AgreementStatus.REFUSED: N_("Søknaden om avtale for %(gp)s er avslått."),
}


def invite(agreement: GpAgreement, at: datetime, by: Actor) -> None:
    """Tell the practice that an agreement waits for its signature; without an address the area tells it itself."""
    payee = parties.get(agreement.payee_id)
    if not payee.email:
        return
    language = (payee.language_decision.demands or Language.NB).value
    facts = {"gp": agreement.gp_name, "from_on": agreement.from_on, "to_on": agreement.to_on}
    queue_notice(
        key=f"agreement:{agreement.id}:to_sign",
        case=None,
        party_id=payee.id,
        kind="agreement_to_sign",
        address=payee.email,
        language=language,
        subject=say(language, _TO_SIGN, gp=agreement.gp_name),
        body=say(language, _SIGN, area=parties.area(agreement.area_id).name, **facts),
        at=at,
        by=by,
    )


def reply_to_agreement(agreement: GpAgreement, case: Case, payee: Party, *, by: Actor, at: datetime) -> None:
    """Queue the answer on the application, once."""
    language = (payee.language_decision.demands or Language.NB).value
    facts = {"from_on": agreement.from_on, "to_on": agreement.to_on, "cap_ore": agreement.cap_ore}
    parts = [say(language, _ANSWER[agreement.status], gp=agreement.gp_name, **facts)]
    if agreement.reason:
        parts += [say(language, REASON, reason=agreement.reason), say(language, COMPLAINT)]
    assert agreement.signed_by is not None
    queue_notice(
        key=f"agreement:{agreement.id}:{agreement.status.value}",
        case=case,
        party_id=payee.id,
        kind="agreement_answer",
        address=payee.email or queries.emails_of([agreement.signed_by])[agreement.signed_by],
        language=language,
        subject=say(language, _AGREEMENT, gp=agreement.gp_name),
        body="\n\n".join(parts),
        at=at,
        by=by,
    )
