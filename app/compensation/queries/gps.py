"""A GP's agreements as one: the lock of the GP, what stands in the way of another, and where the cap counts."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from app.compensation.domain import AskedFacts
from app.compensation.models import Gp, GpAgreement
from app.compensation.queries.agreements import Agreed, agreed_rows, locked_agreement, locked_agreements
from app.compensation.workflow import HELD, AgreementStatus
from app.db import db
from app.db.inserting import made_once
from app.parties.models import Party

MOST_WAITING = 100
# An agreement that is asked for or held stands in the way of another in the same days.
_IN_THE_WAY = (AgreementStatus.TO_SIGN, AgreementStatus.APPLIED, *HELD)
_MEET = made_once(lambda insert: insert(Gp).on_conflict_do_nothing())


def lock_gp(hpr_no: str, name: str) -> None:
    """Keep others from judging this GP's agreements until the transaction ends; met for the first time, it is told."""
    db.session.connection().execute(_MEET(), {"hpr_no": hpr_no, "name": name})
    db.session.execute(sa.select(Gp.hpr_no).where(Gp.hpr_no == hpr_no).with_for_update()).one()


def in_the_way(hpr_no: str, from_on: date, to_on: date) -> Agreed | None:
    """An agreement of the same GP in these days, asked for or held; with its area. Asked under the lock of the GP."""
    last_on = sa.func.coalesce(GpAgreement.ended_on, GpAgreement.to_on)
    query = agreed_rows().where(
        GpAgreement.hpr_no == hpr_no,
        GpAgreement.status.in_(_IN_THE_WAY),
        GpAgreement.from_on <= to_on,
        last_on >= from_on,
    )
    row = db.session.execute(query.order_by(GpAgreement.id).limit(1)).first()
    return Agreed(*row) if row else None


def same_agreement(asked: AskedFacts, area_id: int) -> GpAgreement | None:
    """The newest agreement of the GP in this area that says the very same, whatever became of it."""
    query = (
        sa.select(GpAgreement)
        .join(Party, Party.id == GpAgreement.payee_id)
        .where(
            GpAgreement.hpr_no == asked.hpr_no,
            GpAgreement.area_id == area_id,
            GpAgreement.employment == asked.employment,
            GpAgreement.from_on == asked.from_on,
            GpAgreement.to_on == asked.to_on,
            Party.orgnr == asked.payee_orgnr,
        )
    )
    return db.session.scalar(query.order_by(GpAgreement.id.desc()).limit(1))


def counted_for(agreement_id: int) -> GpAgreement:
    """The agreement whose cap counts for this one, locked: itself, or the first of the chain it continues."""
    of_chain = sa.select(sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id))
    return locked_agreement(db.session.scalars(of_chain.where(GpAgreement.id == agreement_id)).one())


def counted_by(agreement_ids: Collection[int]) -> dict[int, GpAgreement]:
    """The same of many, by the key of each."""
    of_chain = sa.select(GpAgreement.id, sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id).label("first"))
    firsts = {row.id: row.first for row in db.session.execute(of_chain.where(GpAgreement.id.in_(agreement_ids)))}
    found = locked_agreements(set(firsts.values()))
    return {key: found[first] for key, first in firsts.items()}


def applied() -> list[Agreed]:
    """The agreements that wait for our answer, oldest first."""
    query = agreed_rows().where(GpAgreement.status == AgreementStatus.APPLIED).order_by(GpAgreement.id)
    return [Agreed(*row) for row in db.session.execute(query.limit(MOST_WAITING))]


def any_applied() -> sa.ColumnElement[bool]:
    """Whether any waits."""
    return sa.exists().where(GpAgreement.status == AgreementStatus.APPLIED)


def is_continued(agreement_id: int) -> bool:
    """Whether another agreement continues this one, asked for or held."""
    query = sa.select(GpAgreement.id).where(GpAgreement.continues_id == agreement_id)
    return db.session.scalar(query.where(GpAgreement.status.in_(_IN_THE_WAY)).limit(1)) is not None


def accounts_of(agreement_ids: Collection[int]) -> dict[int, int]:
    """The account each of these agreements is paid to; one that can be claimed under has one."""
    query = sa.select(GpAgreement.id, GpAgreement.account_id).where(GpAgreement.id.in_(agreement_ids))
    return {row.id: row.account_id for row in db.session.execute(query) if row.account_id is not None}
