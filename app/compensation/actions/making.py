"""Writing claims that are judged: the one place where a claim comes to be, one or a thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.audit import Entry, record_all
from app.cases.actions import public_id
from app.compensation import queries
from app.compensation.domain import Period, Reckoned
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.workflow import CLAIM
from app.db import db
from app.flow import inherit_hands, record_hands

_LINE: Any = ClaimLine.__table__


@dataclass(frozen=True)
class New:
    """A claim to be: judged, and reckoned. `over_fallen`: one on the same days that fell is the same matter.

    `is_imported`: the area lays it in for the GP.
    """

    agreement: GpAgreement
    rule_version_id: int
    party_id: int
    period: Period
    reckoned: Reckoned
    over_fallen: bool = True
    is_imported: bool = False
    late_reason: str = ""


def make(new: Sequence[New], *, by: Actor, at: datetime) -> list[Claim]:
    """Make these claims with their lines, hands and entries; a fixed number of statements, however many they are.

    Their agreements are locked and read anew, and judged. Raises Refused for who has had an opposing hand.
    """
    claims = [_claim(each, by, at) for each in new]
    db.session.add_all(claims)
    db.session.flush()
    for each, claim in zip(new, claims, strict=True):
        if each.over_fallen:
            inherit(claim, at)
    for hand in {claim.first_hand for claim in claims}:
        things = {claim.id: claim.case_id for claim in claims if claim.first_hand == hand}
        record_hands(CLAIM.name, things, hand, by=by, at=at)
    write_lines({claim.id: each.reckoned for each, claim in zip(new, claims, strict=True)})
    record_all([_entry(claim) for claim in claims], by=by, at=at)
    return claims


def inherit(claim: Claim, at: datetime) -> None:
    """What was done with a claim that is refused or withdrawn on the same days was done in the same matter."""
    inherit_hands(CLAIM.name, claim.id, {CLAIM.name: queries.fallen_over(claim)}, case_id=claim.case_id, at=at)


def write_lines(reckoned: Mapping[int, Reckoned]) -> None:
    """The lines of these claims, by claim."""
    if lines := [row for key, each in reckoned.items() for row in _lines(key, each)]:
        db.session.connection().execute(sa.insert(_LINE), lines)


def _claim(new: New, by: Actor, at: datetime) -> Claim:
    return Claim(
        public_id=public_id(),
        agreement_id=new.agreement.id,
        case_id=new.agreement.case_id,
        area_id=new.agreement.area_id,
        party_id=new.party_id,
        rule_version_id=new.rule_version_id,
        from_on=new.period.from_on,
        to_on=new.period.to_on,
        claimed_ore=new.reckoned.sum_ore,
        submitted_by=by.id,
        submitted_at=at,
        is_imported=new.is_imported,
        late_reason=new.late_reason,
    )


def _lines(claim_id: int, reckoned: Reckoned) -> list[dict[str, object]]:
    return [
        {
            "claim_id": claim_id,
            "code": line.code,
            "units": line.units,
            "paid_units": line.paid_units,
            "unit_price_ore": line.unit_price_ore,
            "amount_ore": line.amount_ore,
        }
        for line in reckoned.lines
    ]


def _entry(claim: Claim) -> Entry:
    told = {
        "amount_ore": claim.claimed_ore,
        "from_on": claim.from_on.isoformat(),
        "to_on": claim.to_on.isoformat(),
    }
    return Entry(claim.stream, "claim.submitted", told, claim.case_id)
