"""A counter-claim on an approved claim: noted when it is proposed, and taken back of the claim when it is confirmed.

The debt is made by app.payouts, which calls these. The claim itself is never edited: it only counts what is taken back.
"""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor
from app.cases.queries import locked as locked_case
from app.compensation import letter_facts, queries
from app.compensation.actions.replies import READ
from app.compensation.domain.reversing import Back, sum_ore
from app.compensation.models import Claim, CounterClaim, CounterLine
from app.compensation.queries import Countered
from app.db import db
from app.dispatch.actions import queue_letters
from app.dispatch.domain import LetterToBe
from app.dispatch.words import say
from app.values.clock import local_date
from app.values.language import N_

_SUBJECT = N_("Motkrav på kompensasjon for %(from_on)s til %(to_on)s")
_BODY = N_("%(amount_ore)s av kravet for %(from_on)s til %(to_on)s er tatt tilbake.")


def note(repayment_id: int, claim: Claim, back: Sequence[Back], reason: str) -> None:
    """What the counter-claim of this debt takes back; nothing is taken back before it is confirmed."""
    db.session.add(CounterClaim(repayment_id=repayment_id, claim_id=claim.id, amount_ore=sum_ore(back), reason=reason))
    db.session.flush()
    db.session.add_all(
        CounterLine(
            repayment_id=repayment_id,
            code=each.code,
            units=each.units,
            unit_price_ore=each.unit_price_ore,
            amount_ore=each.amount_ore,
        )
        for each in back
    )
    db.session.flush()


def take_back(repayment_id: int, *, by: Actor, at: datetime) -> None:
    """It is confirmed: the claim counts what is taken back, the cap and the units have room again, the payee is told.

    The CHECKs on claim and line are the lock: never more than was paid. Its case and its frame are locked before.
    """
    countered = queries.counter_of(repayment_id)
    counter, units = countered.counter, {line.code: line.units for line in countered.lines}
    (claim,) = queries.locked([counter.claim_id])
    for line in queries.lines_now(claim.id):
        line.reversed_units += units.get(line.code, 0)
    claim.reversed_ore += counter.amount_ore
    counted = queries.counted_for(claim.agreement_id)
    counted.claimed_ore -= counter.amount_ore
    counter.confirmed_at = at
    db.session.flush()
    _tell(claim, countered, by, at)


def counter_keys(repayment_id: int) -> list[str]:
    """What its answer may be queued under."""
    return [f"counter_claim:{repayment_id}"]


def _tell(claim: Claim, countered: Countered, by: Actor, at: datetime) -> None:
    """Queue the letter that says what is taken back and why, once."""
    case, counter = locked_case(claim.case_id), countered.counter
    language, period = letter_facts.language_of(case.party), {"from_on": claim.from_on, "to_on": claim.to_on}
    decider = queries.people([by.id])[by.id]
    (key,) = counter_keys(counter.repayment_id)
    letter = LetterToBe(
        key=key,
        case_id=case.id,
        party_id=claim.party_id,
        kind=letter_facts.COUNTER,
        address=case.party.email or queries.emails_of({claim.submitted_by})[claim.submitted_by],
        language=language,
        subject=say(language, _SUBJECT, **period),
        body=f"{say(language, _BODY, amount_ore=counter.amount_ore, **period)} {say(language, READ)}",
        letter=letter_facts.COUNTER,
        facts=letter_facts.of_counter(claim, case, countered, decider, local_date(at)),
    )
    queue_letters([letter], by=by, at=at)
