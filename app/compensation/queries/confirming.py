"""Who is to confirm a claim: somebody in its area, else the directorate."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import GRANTS, Permission
from app.access.models import User, UserMembership
from app.compensation.domain import Confirmer
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM, Status
from app.db import db
from app.flow.models import Hand
from app.flow.opposed import THEIRS, barring
from app.parties.models import PilotArea

_WHO: Any = sa.Enum(Confirmer, native_enum=False, values_callable=lambda codes: [each.value for each in codes])
_CONFIRMING = tuple(role for role, rights in GRANTS.items() if Permission.CONFIRM_CLAIM in rights)


def confirmers(claim_ids: Collection[int]) -> dict[int, Confirmer]:
    """Who is to confirm each of these claims, by its key."""
    query = sa.select(Claim.id, confirmer().label("who")).join(PilotArea, PilotArea.id == Claim.area_id)
    return {row.id: row.who for row in db.session.execute(query.where(Claim.id.in_(claim_ids)))}


def confirmer() -> sa.ColumnElement[Confirmer]:
    """The same as a column beside Claim and PilotArea; what is confirmed already, its area is told for."""
    waits = Claim.status == Status.SUBMITTED
    found = sa.case(
        (PilotArea.host_party_id == Claim.party_id, Confirmer.NOT_THE_HOST.value),
        (sa.and_(waits, nobody_there()), Confirmer.NOBODY_THERE.value),
        else_=Confirmer.AREA.value,
    )
    return sa.type_coerce(found, _WHO)


def nobody_there() -> sa.ColumnElement[bool]:
    """Whether all who confirm for the claim's area are barred: by a hand in it or for the recipient, or by a tie to it.

    The same ties as `Actor.tied_to`.
    """
    # By name: of itself a select sees no further than the one it stands in, and would look through every claim.
    place, hosted = aliased(UserMembership), aliased(PilotArea)
    tied = (
        sa.select(place.user_id)
        .outerjoin(hosted, hosted.id == place.area_id)
        .where(
            place.user_id == User.id,
            sa.or_(place.party_id == Claim.party_id, hosted.host_party_id == Claim.party_id),
        )
        .correlate(User, Claim)
        .exists()
    )
    had = (
        sa.exists()
        .where(
            Hand.user_id == User.id,
            sa.or_(
                sa.and_(
                    Hand.kind == CLAIM.name, Hand.thing_id == Claim.id, Hand.hand.in_(barring(CLAIM.name, "confirmed"))
                ),
                sa.and_(Hand.case_id == Claim.case_id, Hand.hand.in_(THEIRS)),
            ),
        )
        .correlate(User, Claim)
    )
    free = (
        sa.exists()
        .where(UserMembership.area_id == Claim.area_id, UserMembership.role.in_(_CONFIRMING))
        .where(User.id == UserMembership.user_id, User.active, sa.not_(had), sa.not_(tied))
    )
    return sa.not_(free)


def opposed_to_import(claim_ids: Collection[int], user_ids: Collection[int]) -> set[tuple[int, int]]:
    """Of these claims and people: in which claim who has had a hand that keeps them from laying it in anew."""
    bars = Hand.hand.in_(barring(CLAIM.name, "imported"))
    query = sa.select(Hand.thing_id, Hand.user_id).where(Hand.kind == CLAIM.name, Hand.thing_id.in_(claim_ids), bars)
    return {(row.thing_id, row.user_id) for row in db.session.execute(query.where(Hand.user_id.in_(user_ids)))}
