"""The GP scheme in figures, area by area: who takes part, what they claim, and who is silent; in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.budget.models import Frame
from app.cases.models import Case
from app.compensation.domain import PAGE, Confirmer
from app.compensation.models import STANDS, Claim, GpAgreement, HelfoFigure
from app.compensation.queries.claims import OPEN
from app.compensation.queries.confirming import confirmer
from app.compensation.queries.statistics import AS_CLAIMED, last_told
from app.compensation.workflow import FALLEN, AgreementStatus, Status
from app.db import db
from app.parties.models import Party, PilotArea
from app.rules.models import Pot, Scheme, Track

# Who has sent no claim for so long is silent.
SILENT_DAYS = 90
# A pause is a part of the agreement.
HOLDS = (AgreementStatus.ACTIVE, AgreementStatus.PAUSED)
SETTLED = (Status.APPROVED, Status.PARTLY_APPROVED, Status.PAID)


@dataclass
class AreaFigures:
    """An area in a year. GPs by agreement in force today; sums in øre, of claims for days of the year.

    `started`: has sent a claim that is not refused; `lately`: within the last 90 days; `silent`: none within them, and
    the agreement is older. `pending_ore`: sent in and not settled, `waiting_ore` the part that waits for money.
    `months`: what is claimed for each month and not refused, by its first day. What is approved or paid is told after
    what counter-claims have taken back, and with what Helfo's statistics tell: `helfo_ore` is that part of it.
    """

    area: PilotArea
    agreed: int = 0
    started: int = 0
    lately: int = 0
    silent: int = 0
    caps_left_ore: int = 0
    approved_ore: int = 0
    paid_ore: int = 0
    pending_ore: int = 0
    waiting_ore: int = 0
    helfo_ore: int = 0
    counts: dict[Status, int] = field(default_factory=dict)
    months: dict[date, int] = field(default_factory=dict)


# The year's claims by area, status and first day: along an index that holds all of it.
_CLAIMED: Any = (
    sa.select(
        Claim.area_id,
        Claim.status,
        Claim.from_on,
        sa.func.count().label("claims"),
        sa.func.sum(Claim.claimed_ore).label("claimed_ore"),
        sa.func.sum(Claim.approved_ore - Claim.reversed_ore).label("approved_ore"),
        sa.literal_column("0").label("by_helfo"),
    )
    .where(Claim.from_on.between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)))
    .group_by(Claim.from_on, Claim.area_id, Claim.status)
)
# By the area's own index every claim of it would be read as a row; the nought keeps to the one that holds all of it.
_IN: Any = sa.bindparam("area_id", type_=sa.Integer)
_SPENT_IN = _CLAIMED.where(Claim.area_id + sa.literal_column("0") == _IN).union_all(
    AS_CLAIMED.where(HelfoFigure.area_id == _IN)
)
_SPENT = _CLAIMED.union_all(AS_CLAIMED)


def _agreed() -> sa.Select[int, int, int, int, int, int]:
    """The agreements in force, by area; the newest claim of each is found along an index."""
    today: Any = sa.bindparam("today", type_=sa.Date)
    last = (
        sa.select(sa.func.max(Claim.submitted_at)).where(Claim.agreement_id == GpAgreement.id, STANDS).scalar_subquery()
    )
    # What is approved counts on the first agreement of a GP who has moved.
    first_of = aliased(GpAgreement)
    approved = (
        sa.select(first_of.claimed_ore)
        .where(first_of.id == sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id))
        .scalar_subquery()
    )
    each = (
        sa.select(
            GpAgreement.area_id,
            GpAgreement.from_on,
            (GpAgreement.cap_ore - approved).label("left_ore"),
            last.label("last_at"),
            last_told().label("told_on"),
        )
        .where(GpAgreement.from_on <= today, GpAgreement.to_on >= today, GpAgreement.status.in_(HOLDS))
        .subquery()
    )
    quiet_from: Any = sa.bindparam("quiet_from", type_=sa.Date)
    # Who Helfo tells of takes part, as who claims here does.
    sent = each.c.last_at >= sa.bindparam("since", type_=Claim.submitted_at.type)
    recent = sa.or_(sa.func.coalesce(sent, sa.false()), sa.func.coalesce(each.c.told_on >= quiet_from, sa.false()))
    begun = sa.or_(each.c.last_at.is_not(None), each.c.told_on.is_not(None))
    quiet = sa.and_(each.c.from_on < quiet_from, sa.not_(recent))

    def many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return sa.select(
        each.c.area_id,
        sa.func.count().label("agreed"),
        many(begun).label("started"),
        many(recent).label("lately"),
        many(quiet).label("silent"),
        sa.func.sum(each.c.left_ore).label("caps_left_ore"),
    ).group_by(each.c.area_id)


_AGREED = _agreed()
_WAITING = (
    sa.select(Claim.id).where(Claim.status.in_(OPEN)).order_by(Claim.id).limit(PAGE).offset(sa.bindparam("skipped"))
).subquery()
_HOW_MANY = sa.select(sa.func.count()).select_from(Claim).where(Claim.status.in_(OPEN)).scalar_subquery()
_OPEN_PAGE: Any = (
    sa.select(Claim.public_id, Claim.from_on, Claim.to_on, Claim.claimed_ore, Claim.status, GpAgreement.gp_name)
    .add_columns(Party.display_name.label("payee_name"), confirmer().label("confirmer"), _HOW_MANY.label("of"))
    .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
    .join(Party, Party.id == Claim.party_id)
    .join(PilotArea, PilotArea.id == Claim.area_id)
    .where(Claim.id.in_(sa.select(_WAITING.c.id)))
    .order_by(Claim.id)
)


def days_asked_for(today: date, at: datetime) -> dict[str, Any]:
    """What the statements over agreements and claims are asked with."""
    return {
        "today": today,
        "since": at - timedelta(days=SILENT_DAYS),
        "quiet_from": today - timedelta(days=SILENT_DAYS),
        "first": date(today.year, 1, 1),
        "last": date(today.year, 12, 31),
    }


def figures(today: date, at: datetime) -> list[AreaFigures]:
    """Every area, by name: three statements whatever their number and that of the claims."""
    areas = sa.select(PilotArea).order_by(PilotArea.sort_key, PilotArea.id)
    found = {area.id: AreaFigures(area) for area in db.session.scalars(areas)}
    asked = days_asked_for(today, at)
    for row in db.session.execute(_AGREED, asked):
        each = found[row.area_id]
        each.agreed, each.started, each.lately, each.silent = row.agreed, row.started, row.lately, row.silent
        each.caps_left_ore = int(row.caps_left_ore)
    for claimed in db.session.execute(_SPENT, asked):
        _count(found[claimed.area_id], claimed)
    return list(found.values())


def money_in(area: PilotArea, year: int) -> AreaFigures:
    """The claims of one area in the year, in one statement; its GPs are told by municipality."""
    found = AreaFigures(area)
    asked = {"area_id": area.id, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    for row in db.session.execute(_SPENT_IN, asked):
        _count(found, row)
    return found


def _count(each: AreaFigures, row: Any) -> None:
    status, claimed_ore, approved_ore = row.status, int(row.claimed_ore), int(row.approved_ore or 0)
    if row.claims:
        each.counts[status] = each.counts.get(status, 0) + row.claims
    if status in FALLEN:
        return
    if status in SETTLED:
        each.approved_ore += approved_ore
        each.paid_ore += approved_ore if status is Status.PAID else 0
        each.helfo_ore += approved_ore if row.by_helfo else 0
    else:
        each.pending_ore += claimed_ore
        each.waiting_ore += claimed_ore if status is Status.AWAITING_FUNDS else 0
    month = row.from_on.replace(day=1)
    each.months[month] = each.months.get(month, 0) + (approved_ore if status in SETTLED else claimed_ore)


def frames(year: int) -> Sequence[Frame]:
    """The frames of the year that compensation is paid from."""
    query = sa.select(Frame).join(Pot, Pot.id == Frame.pot_id).join(Scheme, Scheme.id == Pot.scheme_id)
    return db.session.scalars(query.where(Frame.year == year, Scheme.track == Track.COMPENSATION)).all()


@dataclass(frozen=True)
class OpenClaim:
    """A claim that is not settled, as a list shows it; `confirmer` as of a ClaimRow."""

    public_id: str
    from_on: date
    to_on: date
    claimed_ore: int
    status: Status
    gp_name: str
    payee_name: str
    confirmer: Confirmer

    @property
    def is_confirmed_by_us(self) -> bool:
        """Whether it waits for the directorate's word instead of the area's."""
        return self.confirmer is not Confirmer.AREA and self.status is Status.SUBMITTED


def open_page(number: int) -> tuple[Sequence[OpenClaim], int]:
    """The claims that are not settled, oldest first, of one page from the first (1), and how many there are."""
    found = db.session.execute(_OPEN_PAGE, {"skipped": (number - 1) * PAGE}).all()
    return [OpenClaim(*row[:-1]) for row in found], found[0].of if found else 0


@cache
def _newest_agreements() -> Any:
    which = sa.select(GpAgreement.id).order_by(GpAgreement.id.desc()).limit(PAGE).offset(sa.bindparam("skipped"))
    count = sa.select(sa.func.count()).select_from(GpAgreement).scalar_subquery()
    query = (
        sa.select(GpAgreement.gp_name, GpAgreement.status, GpAgreement.cap_ore, GpAgreement.claimed_ore, Case.number)
        .add_columns(Case.public_id, Party.display_name.label("payee_name"), PilotArea.name.label("area_name"))
        .add_columns(sa.func.coalesce(GpAgreement.ended_on, GpAgreement.to_on).label("last_on"), count.label("of"))
        .join(Case, Case.id == GpAgreement.case_id)
        .join(Party, Party.id == GpAgreement.payee_id)
        .join(PilotArea, PilotArea.id == GpAgreement.area_id)
    )
    return query.where(GpAgreement.id.in_(sa.select(which.subquery().c.id))).order_by(GpAgreement.id.desc())


def agreements(number: int) -> tuple[Sequence[Any], int]:
    """The agreements of one page from the first (1), newest first, as a list shows them; and how many there are."""
    found = db.session.execute(_newest_agreements(), {"skipped": (number - 1) * PAGE}).all()
    return found, found[0].of if found else 0
