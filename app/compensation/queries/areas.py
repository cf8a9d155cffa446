"""The GP scheme in figures, area by area: who takes part, what they claim, and who is silent; in a few statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.budget.models import Frame
from app.compensation.models import STANDS, Claim, GpAgreement
from app.compensation.queries.agreements import PAGE
from app.compensation.queries.claims import OPEN, ClaimRow, rows
from app.compensation.workflow import FALLEN, AgreementStatus, Status
from app.db import db
from app.parties.models import PilotArea
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
    what counter-claims have taken back.
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
    counts: dict[Status, int] = field(default_factory=dict)
    months: dict[date, int] = field(default_factory=dict)


def figures(today: date, at: datetime, area_ids: Collection[int] | None = None) -> list[AreaFigures]:
    """Every area, or these, by name: three statements whatever their number and that of the claims."""
    areas = sa.select(PilotArea).order_by(PilotArea.sort_key, PilotArea.id)
    if area_ids is not None:
        areas = areas.where(PilotArea.id.in_(area_ids))
    found = {area.id: AreaFigures(area) for area in db.session.scalars(areas)}
    for row in db.session.execute(_agreed(today, at)):
        if row.area_id in found:
            each = found[row.area_id]
            each.agreed, each.started, each.lately, each.silent = row.agreed, row.started, row.lately, row.silent
            each.caps_left_ore = int(row.caps_left_ore)
    for area_id, status, from_on, claims, claimed_ore, approved_ore in db.session.execute(_claimed(today.year)):
        if area_id in found:
            _count(found[area_id], status, from_on, claims, int(claimed_ore), int(approved_ore or 0))
    return list(found.values())


def _count(each: AreaFigures, status: Status, on: date, claims: int, claimed_ore: int, approved_ore: int) -> None:
    each.counts[status] = each.counts.get(status, 0) + claims
    if status in FALLEN:
        return
    if status in SETTLED:
        each.approved_ore += approved_ore
        each.paid_ore += approved_ore if status is Status.PAID else 0
    else:
        each.pending_ore += claimed_ore
        each.waiting_ore += claimed_ore if status is Status.AWAITING_FUNDS else 0
    month = on.replace(day=1)
    each.months[month] = each.months.get(month, 0) + (approved_ore if status in SETTLED else claimed_ore)


def _claimed(year: int) -> sa.Select[int, Status, date, int, int, int | None]:
    """The year's claims by area, status and first day: along an index that holds all of it."""
    return (
        sa.select(
            Claim.area_id,
            Claim.status,
            Claim.from_on,
            sa.func.count().label("claims"),
            sa.func.sum(Claim.claimed_ore).label("claimed_ore"),
            sa.func.sum(Claim.approved_ore - Claim.reversed_ore).label("approved_ore"),
        )
        .where(Claim.from_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Claim.from_on, Claim.area_id, Claim.status)
    )


def _agreed(today: date, at: datetime) -> sa.Select[int, int, int, int, int, int]:
    """The agreements in force, by area; the newest claim of each is found along an index."""
    since, first = at - timedelta(days=SILENT_DAYS), today - timedelta(days=SILENT_DAYS)
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
        )
        .where(GpAgreement.from_on <= today, GpAgreement.to_on >= today, GpAgreement.status.in_(HOLDS))
        .subquery()
    )
    recent = each.c.last_at >= sa.literal(since, Claim.submitted_at.type)
    quiet = sa.and_(each.c.from_on < first, sa.or_(each.c.last_at.is_(None), sa.not_(recent)))

    def many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return sa.select(
        each.c.area_id,
        sa.func.count().label("agreed"),
        many(each.c.last_at.is_not(None)).label("started"),
        many(recent).label("lately"),
        many(quiet).label("silent"),
        sa.func.sum(each.c.left_ore).label("caps_left_ore"),
    ).group_by(each.c.area_id)


def frames(year: int) -> Sequence[Frame]:
    """The frames of the year that compensation is paid from."""
    query = sa.select(Frame).join(Pot, Pot.id == Frame.pot_id).join(Scheme, Scheme.id == Pot.scheme_id)
    return db.session.scalars(query.where(Frame.year == year, Scheme.track == Track.COMPENSATION)).all()


def open_page(number: int) -> tuple[Sequence[ClaimRow], bool]:
    """The claims that are not settled, oldest first, of one page from the first (1), and whether more follow."""
    which = sa.select(Claim.id).where(Claim.status.in_(OPEN)).order_by(Claim.id).limit(PAGE + 1)
    chosen = which.offset((number - 1) * PAGE).subquery()
    query = rows().where(Claim.id.in_(sa.select(chosen.c.id))).order_by(Claim.id)
    found = [ClaimRow(*row) for row in db.session.execute(query)]
    return found[:PAGE], len(found) > PAGE
