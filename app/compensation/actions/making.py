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
from app.compensation.models.claims import first_hand
from app.compensation.workflow import CLAIM
from app.db import db
from app.flow import inherit_hands, record_hands

_LINE: Any = ClaimLine.__table__
_CLAIM: Any = Claim.__table__
_ADD = sa.insert(_CLAIM)


@dataclass(frozen=True)
class New:
    """A claim to be: judged, and reckoned. `over_fallen`: one on the same days that fell is the same matter.

    `is_imported`: the area lays it in for the GP. `mended_by`: who else there wrote what it says.
    """

    agreement: GpAgreement
    rule_version_id: int
    party_id: int
    period: Period
    reckoned: Reckoned
    over_fallen: bool = True
    is_imported: bool = False
    late_reason: str = ""
    mended_by: int | None = None

    @property
    def first_hand(self) -> str:
        """The hand of who lays it in, as the claim's own."""
        return first_hand(is_imported=self.is_imported)


def make(new: New, *, by: Actor, at: datetime) -> Claim:
    """Make this claim. Raises Refused for who has had an opposing hand."""
    (key,) = make_all([new], by=by, at=at)
    return db.session.get_one(Claim, key)


def make_all(new: Sequence[New], *, by: Actor, at: datetime) -> list[int]:
    """Make these claims with their lines, hands and entries, and give their keys in the same order.

    A fixed number of statements, however many they are. Their agreements are locked and read anew, and judged. Raises
    Refused for who has had an opposing hand.
    """
    rows = [_row(each, by, at) for each in new]
    db.session.flush()
    db.session.connection().execute(_ADD, rows)
    found = queries.keys_of([row["public_id"] for row in rows])
    keys = [found[row["public_id"]] for row in rows]
    things: dict[tuple[str, Actor], dict[int, int]] = {}
    for each, key in zip(new, keys, strict=True):
        if each.over_fallen:
            _inherit(key, each.agreement.case_id, queries.fallen_over(each.agreement.id, each.period), at)
        things.setdefault((each.first_hand, by), {})[key] = each.agreement.case_id
        if each.mended_by is not None:
            things.setdefault((each.first_hand, Actor(each.mended_by, "")), {})[key] = each.agreement.case_id
    for (hand, person), theirs in things.items():
        record_hands(CLAIM.name, theirs, hand, by=person, at=at)
    write_lines({key: each.reckoned for each, key in zip(new, keys, strict=True)})
    record_all([_entry(each) for each in new], by=by, at=at)
    return keys


def inherit(claim: Claim, at: datetime) -> None:
    """What was done with a claim that is refused or withdrawn on the same days was done in the same matter."""
    fallen = queries.fallen_over(claim.agreement_id, Period(claim.from_on, claim.to_on))
    _inherit(claim.id, claim.case_id, fallen, at)


def _inherit(claim_id: int, case_id: int, fallen: sa.Select[int], at: datetime) -> None:
    inherit_hands(CLAIM.name, claim_id, {CLAIM.name: fallen}, case_id=case_id, at=at)


def write_lines(reckoned: Mapping[int, Reckoned]) -> None:
    """The lines of these claims, by claim."""
    if lines := [row for key, each in reckoned.items() for row in _lines(key, each)]:
        db.session.connection().execute(sa.insert(_LINE), lines)


def _row(new: New, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "public_id": public_id(),
        "agreement_id": new.agreement.id,
        "case_id": new.agreement.case_id,
        "area_id": new.agreement.area_id,
        "party_id": new.party_id,
        "rule_version_id": new.rule_version_id,
        "from_on": new.period.from_on,
        "to_on": new.period.to_on,
        "claimed_ore": new.reckoned.sum_ore,
        "submitted_by": by.id,
        "submitted_at": at,
        "is_imported": new.is_imported,
        "late_reason": new.late_reason,
    }


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


def _entry(new: New) -> Entry:
    told = {
        "amount_ore": new.reckoned.sum_ore,
        "from_on": new.period.from_on.isoformat(),
        "to_on": new.period.to_on.isoformat(),
    }
    return Entry(new.agreement.stream, "claim.submitted", told, new.agreement.case_id)
