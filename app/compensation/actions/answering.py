"""What a practice is told of an agreement: that it waits for their signature, and our reasoned answer (domain B.3)."""

from datetime import datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import letter_facts, queries
from app.compensation.actions.replies import READ
from app.compensation.models import GpAgreement
from app.compensation.queries.closing import who_sign_for
from app.compensation.workflow import AgreementStatus
from app.dispatch.actions import queue_letters, queue_notices
from app.dispatch.domain import LetterToBe, Notice
from app.dispatch.words import say
from app.parties import queries as parties
from app.parties.models import Party
from app.values.clock import local_date
from app.values.language import N_

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
    """Tell the practice that an agreement waits for its signature: at its own address, else those who may sign."""
    payee = parties.get(agreement.payee_id)
    language, key = letter_facts.language_of(payee), f"agreement:{agreement.id}:to_sign"
    facts = {"gp": agreement.gp_name, "from_on": agreement.from_on, "to_on": agreement.to_on}
    subject = say(language, _TO_SIGN, gp=agreement.gp_name)
    body = say(language, _SIGN, area=parties.area(agreement.area_id).name, **facts)
    to = {key: payee.email} if payee.email else {f"{key}:{u.id}": u.email for u in who_sign_for(payee.id)}
    queue_notices(
        [
            Notice(each, None, payee.id, "agreement_to_sign", address, language, subject, body)
            for each, address in to.items()
            if address
        ],
        at=at,
        by=by,
    )


def reply_to_agreement(agreement: GpAgreement, case: Case, payee: Party, *, by: Actor, at: datetime) -> None:
    """Queue the letter with the answer, once."""
    language = letter_facts.language_of(payee)
    days = {"from_on": agreement.from_on, "to_on": agreement.to_on, "cap_ore": agreement.cap_ore}
    assert agreement.signed_by is not None
    decider = queries.people([by.id])[by.id]
    letter = LetterToBe(
        key=f"agreement:{agreement.id}:{agreement.status.value}",
        case_id=case.id,
        party_id=payee.id,
        kind=letter_facts.AGREEMENT,
        address=payee.email or queries.emails_of([agreement.signed_by])[agreement.signed_by],
        language=language,
        subject=say(language, _AGREEMENT, gp=agreement.gp_name),
        body=f"{say(language, _ANSWER[agreement.status], gp=agreement.gp_name, **days)} {say(language, READ)}",
        letter=letter_facts.AGREEMENT,
        facts=letter_facts.of_agreement(agreement, case, payee, decider, local_date(at)),
    )
    queue_letters([letter], by=by, at=at)


def agreement_keys(agreement_id: int) -> list[str]:
    """What the answer to its application may be queued under."""
    return [f"agreement:{agreement_id}:{status.value}" for status in _ANSWER]
