"""A counter-claim on an approved claim: noted when it is proposed, and taken back of the claim when it is confirmed.

The debt is made by app.payouts, which calls these. The claim itself is never edited: it only counts what is taken back.
"""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor
from app.cases.queries import locked as locked_case
from app.compensation import queries
from app.compensation.actions.replies import COMPLAINT, REASON
from app.compensation.domain.reversing import Back, sum_ore
from app.compensation.models import Claim, CounterClaim, CounterLine
from app.compensation.queries import Countered
from app.db import db
from app.dispatch.actions import queue_notices
from app.dispatch.domain import Notice
from app.dispatch.words import say
from app.rules.queries import rules_of
from app.values.language import N_, Language

_SUBJECT = N_("Motkrav på kompensasjon for %(from_on)s til %(to_on)s")
_BODY = N_(
    "Vi har rettet kravet for %(gp)s for %(from_on)s til %(to_on)s. %(amount_ore)s skal betales tilbake. Vi trekker "
    "beløpet fra neste utbetaling til dere i ordningen. Enhetene kan kreves på nytt innenfor takene i avtalen."
)
_WHOLE = N_("Hele kravet er tatt tilbake, så dagene kan også kreves på nytt.")
_LINE = N_("%(words)s: %(units)s enheter, %(amount_ore)s")


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


def _tell(claim: Claim, countered: Countered, by: Actor, at: datetime) -> None:
    case, counter = locked_case(claim.case_id), countered.counter
    language = (case.party.language_decision.demands or Language.NB).value
    period = {"from_on": claim.from_on, "to_on": claim.to_on}
    gp = queries.gp_names([claim.agreement_id])[claim.agreement_id]
    names = {p.code: p.words.in_(Language(language)) for p in rules_of(claim.rule_version_id).unit_prices}
    parts = [say(language, _BODY, gp=gp, amount_ore=counter.amount_ore, **period)]
    if not claim.net_ore:
        parts.append(say(language, _WHOLE))
    parts += [
        say(language, _LINE, words=names.get(line.code, line.code), units=line.units, amount_ore=line.amount_ore)
        for line in countered.lines
    ]
    parts += [say(language, REASON, reason=counter.reason), say(language, COMPLAINT)]
    email = case.party.email or queries.emails_of({claim.submitted_by})[claim.submitted_by]
    notice = Notice(
        key=f"counter_claim:{counter.repayment_id}",
        case_id=case.id,
        party_id=claim.party_id,
        kind="counter_claim",
        address=email,
        language=language,
        subject=say(language, _SUBJECT, **period),
        body="\n\n".join(parts),
    )
    queue_notices([notice], by=by, at=at)
