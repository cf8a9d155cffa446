"""What a closed practice closes: its agreements and the claims under them that are not settled."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.access.domain import GRANTS, Permission
from app.access.models import User, UserMembership
from app.compensation.models import Claim, GpAgreement
from app.compensation.queries.agreements import MOST, Agreed, agreed_rows
from app.compensation.queries.claims import OPEN, ClaimRow, emails_of, rows
from app.db import db
from app.parties.models import Party, PilotArea


def payee_by_address(public_id: str) -> Party | None:
    """The organisation of this address, when an agreement pays it or is to."""
    paid = sa.exists().where(GpAgreement.payee_id == Party.id)
    return db.session.scalar(sa.select(Party).where(Party.public_id == public_id, paid))


def closed_payees() -> Sequence[sa.Row[Party, int]]:
    """The organisations that agreements pay and that are closed, last closed first, each with how many agreements."""
    query = (
        sa.select(Party, sa.func.count(GpAgreement.id).label("agreements"))
        .join(GpAgreement, GpAgreement.payee_id == Party.id)
        .where(Party.closed_on.is_not(None))
        .group_by(Party.id)
        .order_by(Party.closed_on.desc(), Party.id)
    )
    return db.session.execute(query.limit(MOST)).all()


def agreements_with(party_id: int) -> list[Agreed]:
    """Its agreements, by GP."""
    query = agreed_rows().where(GpAgreement.payee_id == party_id).order_by(GpAgreement.gp_sort, GpAgreement.id)
    return [Agreed(*row) for row in db.session.execute(query.limit(MOST))]


def open_claims_of(party_id: int) -> list[ClaimRow]:
    """Its claims that are not settled, oldest first."""
    query = rows().where(Claim.party_id == party_id, Claim.status.in_(OPEN)).order_by(Claim.id).limit(MOST)
    return [ClaimRow(*row) for row in db.session.execute(query)]


def areas_of_payee(party_id: int) -> list[int]:
    """The areas its agreements are in."""
    return list(db.session.scalars(sa.select(GpAgreement.area_id).where(GpAgreement.payee_id == party_id).distinct()))


def who_confirm_for(area_ids: Collection[int]) -> list[tuple[User, Party]]:
    """Those who confirm for these areas, each once, with the host of the area: they are written to as it is."""
    query = (
        sa.select(User, Party)
        .join(UserMembership, UserMembership.user_id == User.id)
        .join(PilotArea, PilotArea.id == UserMembership.area_id)
        .join(Party, Party.id == PilotArea.host_party_id)
        .where(User.active, PilotArea.id.in_(area_ids))
        .order_by(User.id, PilotArea.id.desc())
    )
    found = {user.id: (user, host) for user, host in db.session.execute(query)}
    return list(found.values())


def who_sign_for(party_id: int) -> list[User]:
    """Those who may sign for the organisation."""
    signs = [role for role, granted in GRANTS.items() if Permission.CLAIM_OWN in granted]
    query = (
        sa.select(User)
        .join(UserMembership, UserMembership.user_id == User.id)
        .where(User.active, UserMembership.party_id == party_id, UserMembership.role.in_(signs))
    )
    return list(db.session.scalars(query.order_by(User.id).limit(MOST)))


def address_of(party: Party, signer: int | None) -> str:
    """Where a payee is written to: at its own address, else whoever signed, else the first who may sign; or nowhere."""
    if party.email:
        return party.email
    signed = emails_of([signer])[signer] if signer is not None else ""
    return signed or next((user.email for user in who_sign_for(party.id) if user.email), "")
