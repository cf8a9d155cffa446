"""Reading organisations and accounts."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.db.session import lock_rows
from app.parties.domain import Kind, PaidTo
from app.parties.models import BankAccount, Party, PartyKind, PilotArea
from app.values.identity import mask_account

_NEWEST_ACCOUNT = (
    sa.select(BankAccount)
    .where(BankAccount.party_id == sa.bindparam("asked"), BankAccount.closed_at.is_(None))
    .order_by(BankAccount.id.desc())
    .limit(1)
)
_LAST_ACCOUNT = (
    sa.select(BankAccount)
    .where(BankAccount.party_id == sa.bindparam("asked"))
    .order_by(BankAccount.id.desc())
    .limit(1)
    .execution_options(populate_existing=True)
)


def by_orgnr(orgnr: str) -> Party | None:
    """The organisation with this number."""
    return db.session.scalar(sa.select(Party).where(Party.orgnr == orgnr))


def get(party_id: int) -> Party:
    """The organisation. Raises NoResultFound."""
    return db.session.scalars(sa.select(Party).where(Party.id == party_id)).one()


def kinds_of(party_id: int) -> set[Kind]:
    """What the organisation is."""
    return set(db.session.scalars(sa.select(PartyKind.kind).where(PartyKind.party_id == party_id)))


def area(area_id: int) -> PilotArea:
    """The pilot area. Raises NoResultFound."""
    return db.session.scalars(sa.select(PilotArea).where(PilotArea.id == area_id)).one()


def lock_party(party_id: int) -> None:
    """Who gives it a number and who refuses one wait for each other until the transaction ends."""
    lock_rows(sa.select(Party.id).where(Party.id == party_id).with_for_update())


def locked_account(account_id: int) -> BankAccount:
    """The account number, locked until the transaction ends. Raises NoResultFound."""
    query = sa.select(BankAccount).where(BankAccount.id == account_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def newest_account(party_id: int) -> BankAccount | None:
    """The account number given last and not closed."""
    return db.session.scalar(_NEWEST_ACCOUNT, {"asked": party_id})


def last_account(party_id: int) -> BankAccount | None:
    """The account number given last, closed or not."""
    return db.session.scalar(_LAST_ACCOUNT, {"asked": party_id})


def account_numbers(account_ids: Collection[int]) -> dict[int, str]:
    """The number of each of these rows."""
    query = sa.select(BankAccount.id, BankAccount.account_no).where(BankAccount.id.in_(account_ids))
    return {row.id: row.account_no for row in db.session.execute(query)}


def same_number(party_id: int, account_no: str) -> list[BankAccount]:
    """Every row of the organisation's with this number, the first first; a number given anew is a new row."""
    query = sa.select(BankAccount).where(BankAccount.party_id == party_id, BankAccount.account_no == account_no)
    return list(db.session.scalars(query.order_by(BankAccount.id)))


def rejected_at(party_id: int, account_no: str) -> datetime | None:
    """When the bank last refused to pay to this number of the organisation's; None when it has not."""
    return max((each.rejected_at for each in same_number(party_id, account_no) if each.rejected_at), default=None)


def paid_to(newest: BankAccount, agreed_id: int | None, known_no: str) -> PaidTo:
    """How the organisation's newest number stands to what was agreed.

    `agreed_id` is the row the award was accepted with, or the agreement made with; `known_no` the number in its letter.
    `newest` is the one given last, closed or not.
    """
    is_known = newest.id == agreed_id and newest.account_no == known_no
    return PaidTo(
        mask_account(newest.account_no),
        is_new=not is_known and newest.controlled_at is None,
        is_rejected=newest.is_rejected,
        is_closed=newest.closed_at is not None,
    )


def has_controlled(party_id: int, user_id: int) -> bool:
    """Whether the person has controlled a number of the organisation for the house, whichever and however long ago."""
    theirs = sa.exists().where(BankAccount.party_id == party_id, BankAccount.controlled_by == user_id)
    return bool(db.session.scalar(sa.select(theirs)))


def areas() -> list[PilotArea]:
    """All pilot areas, by name."""
    return list(db.session.scalars(sa.select(PilotArea).order_by(PilotArea.sort_key, PilotArea.id)))
