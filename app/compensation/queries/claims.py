"""Claims: one, many for a page, and what flow needs to judge them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.domain import Actor, Permission
from app.access.models import User
from app.cases.models import Case
from app.cases.queries import declared
from app.compensation.domain import PAGE, Confirmer, Period
from app.compensation.models import STANDS, Claim, ClaimLine, GpAgreement
from app.compensation.queries.confirming import confirmer, nobody_there
from app.compensation.workflow import Status
from app.db import db
from app.flow import Standing as FlowStanding
from app.parties.models import Party, PilotArea

MOST = 500
MOST_ON_CASE = 20
MOST_WAITING = 100
OPEN = (Status.SUBMITTED, Status.CONFIRMED, Status.AWAITING_FUNDS)
# The agreement whose cap counts.
_counted = aliased(GpAgreement)
_CONFIRMED = tuple(status for status in Status if status not in (Status.SUBMITTED, Status.WITHDRAWN))
_ASKED_FOR = tuple(status for status in Status if status is not Status.WITHDRAWN)


@dataclass(frozen=True)
class ClaimRow:
    """A claim with the names a page needs. `agreement` is the one whose cap counts: the first of a chain.

    `confirmer`: who is to confirm it.
    """

    claim: Claim
    gp_name: str
    agreement: GpAgreement
    case: Case
    payee: Party
    area: PilotArea
    confirmer: Confirmer

    @property
    def own_host(self) -> bool:
        """Domain J.1.13."""
        return self.confirmer is Confirmer.NOT_THE_HOST

    @property
    def is_confirmed_by_us(self) -> bool:
        """Whether it waits for the directorate's word instead of the area's."""
        return self.confirmer is not Confirmer.AREA and self.claim.status is Status.SUBMITTED


@dataclass(frozen=True)
class ToConfirm:
    """A claim as its area's coordinator judges it, with who is paid and who is to confirm it."""

    claim: Claim
    gp_name: str
    payee_name: str
    confirmer: Confirmer

    @property
    def own_host(self) -> bool:
        """Domain J.1.13."""
        return self.confirmer is Confirmer.NOT_THE_HOST

    @property
    def is_confirmed_by_us(self) -> bool:
        """Whether it waits for the directorate's word instead of the area's."""
        return self.confirmer is not Confirmer.AREA


def locked(claim_ids: Collection[int]) -> list[Claim]:
    """These claims as they are now, locked after their cases until the transaction ends."""
    of = sa.select(Claim.case_id).where(Claim.id.in_(claim_ids))
    db.session.execute(sa.select(Case.id).where(Case.id.in_(of)).order_by(Case.id).with_for_update()).all()
    query = sa.select(Claim).where(Claim.id.in_(claim_ids)).order_by(Claim.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def fallen_over(agreement_id: int, period: Period) -> sa.Select[int]:
    """The claims on the agreement for days of the period that fell, or are taken back whole: sent in again, it is the
    same matter.
    """
    return sa.select(Claim.id).where(
        Claim.agreement_id == agreement_id,
        sa.not_(STANDS),
        Claim.from_on <= period.to_on,
        Claim.to_on >= period.from_on,
    )


def standings(claims: Collection[Claim], actor: Actor) -> dict[int, FlowStanding]:
    """What flow judges of each claim, with the person's declarations in one read."""
    answers = declared({c.case_id for c in claims}, actor.id) if actor.is_internal else {}
    return {c.id: replace(c.standing(), declared=answers.get(c.case_id)) for c in claims}


def hosts(area_ids: Collection[int]) -> dict[int, int]:
    """The host organisation of each area."""
    found = db.session.execute(sa.select(PilotArea.id, PilotArea.host_party_id).where(PilotArea.id.in_(area_ids)))
    return {row.id: row.host_party_id for row in found}


def lines_of(claim_ids: Collection[int]) -> dict[int, list[ClaimLine]]:
    """The lines of these claims, by claim."""
    found: dict[int, list[ClaimLine]] = {claim_id: [] for claim_id in claim_ids}
    query = sa.select(ClaimLine).where(ClaimLine.claim_id.in_(claim_ids)).order_by(ClaimLine.claim_id, ClaimLine.code)
    for line in db.session.scalars(query):
        found[line.claim_id].append(line)
    return found


_UNITS = (
    sa.select(ClaimLine.claim_id, ClaimLine.code, ClaimLine.units, ClaimLine.paid_units)
    .where(ClaimLine.claim_id.in_(sa.bindparam("claim_ids", expanding=True)))
    .order_by(ClaimLine.claim_id, ClaimLine.code)
)


def units_of(claim_ids: Collection[int]) -> dict[int, list[Any]]:
    """The code and units of each line of these claims, by claim: what a list shows of them."""
    found: dict[int, list[Any]] = {claim_id: [] for claim_id in claim_ids}
    for line in db.session.connection().execute(_UNITS, {"claim_ids": list(claim_ids)}) if found else ():
        found[line.claim_id].append(line)
    return found


def emails_of(user_ids: Collection[int]) -> dict[int, str]:
    """The address of each of these people."""
    rows = db.session.execute(sa.select(User.id, User.email).where(User.id.in_(user_ids)))
    return {row.id: row.email for row in rows}


def rows() -> sa.Select[*tuple[Any, ...]]:
    """Claims with the names a page needs: what a ClaimRow is made of."""
    return (
        sa.select(Claim, GpAgreement.gp_name, _counted, Case, Party, PilotArea, confirmer())
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(_counted, _counted.id == sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id))
        .join(Case, Case.id == Claim.case_id)
        .join(Party, Party.id == Claim.party_id)
        .join(PilotArea, PilotArea.id == Claim.area_id)
    )


def by_public_id(public_id: str, actor: Actor) -> ClaimRow | None:
    """The claim of this address, when the person may see it: GPs and areas their own; officers all, and so does
    whoever judges or controls its payment.
    """
    query = rows().where(Claim.public_id == public_id)
    if not (actor.may(Permission.REVIEW_CLAIM) or actor.may(Permission.READ_PAYOUTS)):
        query = query.where(sa.or_(Claim.party_id.in_(actor.party_ids), Claim.area_id.in_(actor.area_ids)))
    row = db.session.execute(query).first()
    return ClaimRow(*row) if row else None


def of_agreements(agreement_ids: Collection[int], number: int = 1) -> tuple[list[ClaimRow], int]:
    """The claims of these agreements, newest first: one page of them from the first (1), and how many there are."""
    theirs = Claim.agreement_id.in_(agreement_ids)
    query = rows().where(theirs).order_by(Claim.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Claim).where(theirs)) or 0
    return [ClaimRow(*row) for row in db.session.execute(query)], count


def of_cases(case_ids: Collection[int]) -> list[ClaimRow]:
    """The claims on these cases, newest first."""
    query = rows().where(Claim.case_id.in_(case_ids)).order_by(Claim.id.desc()).limit(MOST_ON_CASE)
    return [ClaimRow(*row) for row in db.session.execute(query)]


@cache
def _to_confirm() -> sa.Select[Any]:
    waits = Claim.area_id.in_(sa.bindparam("area_ids", expanding=True)), Claim.status == Status.SUBMITTED
    chosen = sa.select(Claim.id).where(*waits).order_by(Claim.id).limit(PAGE).offset(sa.bindparam("skipped"))
    count = sa.select(sa.func.count()).select_from(Claim).where(*waits).scalar_subquery()
    query = (
        sa.select(Claim, GpAgreement.gp_name, Party.display_name, confirmer(), count)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(Party, Party.id == Claim.party_id)
        .join(PilotArea, PilotArea.id == Claim.area_id)
    )
    return query.where(Claim.id.in_(sa.select(chosen.subquery().c.id))).order_by(Claim.id)


def to_confirm(area_ids: Collection[int], number: int = 1) -> tuple[list[ToConfirm], int]:
    """The claims of these areas that are sent in and not confirmed, oldest first: one page of them, and how many."""
    asked = {"area_ids": sorted(area_ids), "skipped": (number - 1) * PAGE}
    found = db.session.execute(_to_confirm(), asked).all()
    return [ToConfirm(*row[:-1]) for row in found], found[0][-1] if found else 0


def confirmed_in(area_ids: Collection[int], number: int = 1) -> tuple[Sequence[Any], bool]:
    """The claims of these areas that somebody has confirmed, newest first, of one page; and whether more follow.

    Each is told by its address, GP, days, sum and status alone.
    """
    if not area_ids:
        return [], False
    asked = {**_named(area_ids), "reached": number * PAGE + 1, "taken": PAGE + 1, "skipped": (number - 1) * PAGE}
    found = db.session.connection().execute(_confirmed_in(len(area_ids)), asked).all()
    return found[:PAGE], len(found) > PAGE


@cache
def _confirmed_in(areas: int) -> Any:
    chosen = sa.select(_newest(areas, _CONFIRMED).offset(sa.bindparam("skipped")).subquery().c.id)
    query = sa.select(Claim.public_id, Claim.from_on, Claim.to_on, Claim.claimed_ore, Claim.status, GpAgreement.gp_name)
    query = query.join(GpAgreement, GpAgreement.id == Claim.agreement_id)
    return query.where(Claim.id.in_(chosen)).order_by(Claim.id.desc())


def _newest(areas: int, statuses: Sequence[Status]) -> sa.Select[Any]:
    """The keys of the newest claims of so many areas, `taken` of them: along the index, `reached` of each status."""
    each = [
        sa.select(
            sa.select(Claim.id)
            .where(Claim.area_id == sa.bindparam(f"area_{place}", type_=sa.Integer), Claim.status == status)
            .order_by(Claim.id.desc())
            .limit(sa.bindparam("reached"))
            .subquery()
        )
        for place in range(areas)
        for status in statuses
    ]
    found = sa.union_all(*each).subquery()
    return sa.select(found.c.id).order_by(found.c.id.desc()).limit(sa.bindparam("taken"))


def _named(area_ids: Collection[int]) -> dict[str, int]:
    return {f"area_{place}": area_id for place, area_id in enumerate(sorted(area_ids))}


def told(addresses: Collection[str], area_ids: Collection[int]) -> list[ClaimRow]:
    """The claims of these addresses, when they are in these areas."""
    query = rows().where(Claim.public_id.in_(addresses), Claim.area_id.in_(area_ids))
    return [ClaimRow(*row) for row in db.session.execute(query.order_by(Claim.id).limit(MOST_WAITING))]


def confirmed_at(moment: datetime, user_id: int) -> list[ClaimRow]:
    """What this person confirmed by one answer."""
    query = rows().where(Claim.confirmed_by == user_id, Claim.confirmed_at == moment)
    return [ClaimRow(*row) for row in db.session.execute(query.order_by(Claim.id).limit(MOST_WAITING))]


def sums_in(area_ids: Collection[int]) -> dict[int, list[int]]:
    """What the newest claims of these areas ask for, in øre, by area: what is usual there."""
    found: dict[int, list[int]] = {}
    if area_ids:
        asked = {**_named(area_ids), "reached": MOST, "taken": MOST}
        for area_id, ore in db.session.connection().execute(_sums_in(len(area_ids)), asked):
            found.setdefault(area_id, []).append(ore)
    return found


@cache
def _sums_in(areas: int) -> Any:
    query = sa.select(Claim.area_id, Claim.claimed_ore).where(Claim.id.in_(_newest(areas, _ASKED_FOR)))
    return query.order_by(Claim.id.desc())


def waiting_on(case_id: int) -> list[ClaimRow]:
    """The claims on a case that are not settled, oldest first."""
    query = rows().where(Claim.case_id == case_id, Claim.status.in_(OPEN)).order_by(Claim.id).limit(MOST_ON_CASE)
    return [ClaimRow(*row) for row in db.session.execute(query)]


def any_open() -> sa.ColumnElement[bool]:
    """Whether any claim is not settled."""
    return sa.exists().where(Claim.status.in_(OPEN))


def at_the_directorate() -> list[ClaimRow]:
    """Open claims whose next step is the directorate's, oldest first; those that wait for money are a queue."""
    ours = sa.and_(Claim.status == Status.SUBMITTED, sa.or_(PilotArea.host_party_id == Claim.party_id, nobody_there()))
    theirs = sa.or_(Claim.status == Status.CONFIRMED, ours)
    return [ClaimRow(*row) for row in db.session.execute(rows().where(theirs).order_by(Claim.id).limit(MOST_WAITING))]
