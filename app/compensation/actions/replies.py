"""The written, reasoned answer on a claim, with the right to complain, as a letter (domain B.3).

What the letter says is frozen here, with the answer; it is composed and printed by the job that sends it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import letter_facts, queries
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.dispatch.actions import queue_letters
from app.dispatch.domain import LetterToBe
from app.dispatch.words import say
from app.values.clock import local_date
from app.values.language import N_

_SUBJECT = N_("Svar på krav om kompensasjon for %(from_on)s til %(to_on)s")
_BODY = {
    Status.APPROVED: N_("Kravet er godkjent med %(amount_ore)s."),
    Status.PARTLY_APPROVED: N_("Kravet er godkjent i del, med %(amount_ore)s av %(claimed_ore)s."),
    Status.REFUSED: N_("Kravet på %(claimed_ore)s er avslått."),
}
READ = N_("I brevet står hva svaret bygger på, og hvordan dere kan klage. Logg inn for å lese det.")


def reply(claim: Claim, case: Case, *, by: Actor | None, at: datetime) -> None:
    """Queue the answer, once for each claim and outcome."""
    reply_all([(claim, case)], by=by, at=at)


def reply_all(answered: Sequence[tuple[Claim, Case]], *, by: Actor | None, at: datetime) -> None:
    """The same of many, with a fixed number of statements. `case.party` must be loaded."""
    emails = queries.emails_of({claim.submitted_by for claim, _ in answered})
    facts = letter_facts.of_claims(answered, local_date(at))
    letters = [_letter(claim, case, emails[claim.submitted_by], facts[claim.id]) for claim, case in answered]
    queue_letters(letters, by=by, at=at)


def claim_keys(claim_id: int) -> list[str]:
    """What its answer may be queued under."""
    return [f"claim:{claim_id}:{status.value}" for status in _BODY]


def _letter(claim: Claim, case: Case, email: str, facts: Mapping[str, Any]) -> LetterToBe:
    language = letter_facts.language_of(case.party)
    told = {"amount_ore": claim.approved_ore or 0, "claimed_ore": claim.claimed_ore}
    return LetterToBe(
        key=f"claim:{claim.id}:{claim.status.value}",
        case_id=case.id,
        party_id=claim.party_id,
        kind=letter_facts.CLAIM,
        address=case.party.email or email,
        language=language,
        subject=say(language, _SUBJECT, from_on=claim.from_on, to_on=claim.to_on),
        body=f"{say(language, _BODY[claim.status], **told)} {say(language, READ)}",
        letter=letter_facts.CLAIM,
        facts=facts,
    )
