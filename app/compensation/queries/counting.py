"""Counting the GP scheme per area and period: grouped in the database, and a fixed number of statements however many
claims there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.compensation.domain.consequence import Asked
from app.compensation.domain.figures import AreaFigures, CodeFigures, together
from app.compensation.domain.periods import Period
from app.compensation.models import STANDS, Claim, ClaimLine, GpAgreement, HelfoFigure
from app.compensation.queries.statistics import told_in
from app.compensation.workflow import AgreementStatus as A
from app.compensation.workflow import Status
from app.db import db
from app.db.base import whole_days
from app.parties.models import PilotArea
from app.rules.models import Pot, RuleVersion

APPROVED = (Status.APPROVED, Status.PARTLY_APPROVED, Status.PAID)
MOST = 1000
# What the directorate has answered yes to; a rest is part of it, and what has ended was an agreement until then.
_HELD = GpAgreement.status.in_((A.ACTIVE, A.PAUSED, A.ENDED, A.MOVED))
Counted = dict[tuple[int, int], AreaFigures]


def area_names() -> dict[int, str]:
    """Every pilot area by key, in Norwegian order."""
    query = sa.select(PilotArea.id, PilotArea.name).order_by(PilotArea.sort_key, PilotArea.id).limit(MOST)
    return {row.id: row.name for row in db.session.execute(query)}


def figures_of(pot_code: str, periods: Sequence[Period]) -> list[dict[int, AreaFigures]]:
    """For each period (in order, sharing no day), the figures of each area; an area without any has noughts."""
    made: Counted = {(area, place): AreaFigures(area) for area in area_names() for place in range(len(periods))}
    _sums(made, pot_code, periods)
    _lines(made, pot_code, periods)
    _days(made, pot_code, periods)
    _agreed(made, pot_code, periods)
    _started(made, pot_code, periods)
    _told(made, pot_code, periods)
    return [{area: each for (area, at), each in made.items() if at == place} for place in range(len(periods))]


def with_whole(pot_code: str, periods: Sequence[Period]) -> list[dict[int, AreaFigures]]:
    """The same, and last all the periods as one: two statements more, for only GPs do not add up over periods."""
    found = figures_of(pot_code, periods)
    whole = [Period(periods[0].from_on, periods[-1].to_on)]
    made: Counted = {}
    for area, last in found[-1].items():
        added = together({place: each[area] for place, each in enumerate(found)})
        made[area, 0] = replace(added, area_id=area, agreed=0, claimed=0, started=last.started)
    _agreed(made, pot_code, whole)
    _gps(made, pot_code, whole)
    return [*found, {area: each for (area, _), each in made.items()}]


def _sums(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    net = Claim.approved_ore - Claim.reversed_ore
    approved = sa.case((Claim.status.in_(APPROVED), net), else_=0)
    paid = sa.case((Claim.status == Status.PAID, net), else_=0)
    waits = sa.case((Claim.status == Status.AWAITING_FUNDS, Claim.claimed_ore), else_=0)
    query = (
        _in(pot_code, periods)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .add_columns(
            sa.func.count(sa.distinct(GpAgreement.hpr_no)).label("claimed"),
            sa.func.count().label("claims"),
            sa.func.sum(Claim.claimed_ore).label("claimed_ore"),
            sa.func.sum(approved).label("approved_ore"),
            sa.func.sum(paid).label("paid_ore"),
            sa.func.sum(waits).label("waiting_ore"),
        )
    )
    names = ("claimed", "claims", "claimed_ore", "approved_ore", "paid_ore", "waiting_ore")
    for row in db.session.execute(query):
        found: dict[str, Any] = {name: int(row._mapping[name]) for name in names}
        made[row.area_id, row.place] = replace(made[row.area_id, row.place], **found)


def _lines(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    is_approved = Claim.status.in_(APPROVED)
    units = ClaimLine.paid_units - ClaimLine.reversed_units
    query = (
        _in(pot_code, periods)
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .add_columns(
            ClaimLine.code,
            sa.func.sum(ClaimLine.units).label("claimed"),
            sa.func.sum(sa.case((is_approved, units), else_=0)).label("approved"),
            sa.func.sum(sa.case((is_approved, units * ClaimLine.unit_price_ore), else_=0)).label("approved_ore"),
        )
        .group_by(ClaimLine.code)
        .order_by(ClaimLine.code)
    )
    for row in db.session.execute(query):
        had = made[row.area_id, row.place]
        one = CodeFigures(int(row.claimed), int(row.approved), int(row.approved_ore))
        made[row.area_id, row.place] = replace(had, codes={**had.codes, row.code: one})


def _told(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    """What Helfo's statistics tell, beside what is claimed here: paid, and no claim."""
    units, ore = sa.func.sum(HelfoFigure.units), sa.func.sum(HelfoFigure.amount_ore)
    place = _place(HelfoFigure.to_on, periods)
    query = told_in(pot_code, place, periods[0].from_on, periods[-1].to_on)
    query = query.add_columns(HelfoFigure.code, units.label("units"), ore.label("ore"))
    rows = db.session.execute(query.group_by(HelfoFigure.area_id, place, HelfoFigure.code)).all()
    for row in rows:
        had, more = made[row.area_id, row.place], int(row.ore)
        code = had.codes.get(row.code, CodeFigures())
        both = CodeFigures(code.claimed + int(row.units), code.approved + int(row.units), code.approved_ore + more)
        made[row.area_id, row.place] = replace(
            had,
            claimed_ore=had.claimed_ore + more,
            approved_ore=had.approved_ore + more,
            paid_ore=had.paid_ore + more,
            codes={**had.codes, row.code: both},
        )
    if rows:
        _gps(made, pot_code, periods)


def _gps(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    """Each GP who has claimed in the period or is told of by Helfo, once."""
    claims = _in(pot_code, periods).join(GpAgreement, GpAgreement.id == Claim.agreement_id)
    claims = claims.add_columns(GpAgreement.hpr_no).group_by(GpAgreement.hpr_no)
    place = _place(HelfoFigure.to_on, periods)
    told = told_in(pot_code, place, periods[0].from_on, periods[-1].to_on).add_columns(HelfoFigure.hpr_no)
    each = sa.union(claims, told).subquery()
    query = sa.select(each.c.area_id, each.c.place, sa.func.count().label("gps"))
    for row in db.session.execute(query.group_by(each.c.area_id, each.c.place)):
        made[row.area_id, row.place] = replace(made[row.area_id, row.place], claimed=int(row.gps))


def _days(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    """The payment stands in the ledger under the claim's own reference."""
    days = whole_days(Claim.submitted_at, LedgerEntry.at).label("days")
    paid = sa.and_(
        LedgerEntry.kind == EntryKind.PAYMENT, LedgerEntry.ref == sa.literal("claim:") + sa.cast(Claim.id, sa.Text)
    )
    query = _in(pot_code, periods).join(LedgerEntry, paid).add_columns(days, sa.func.count().label("number"))
    for row in db.session.execute(query.where(Claim.status == Status.PAID).group_by(days)):
        had = made[row.area_id, row.place]
        made[row.area_id, row.place] = replace(had, days={**had.days, max(int(row.days), 0): int(row.number)})


def _agreed(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    """GPs with an agreement on some day of each period; one who changes practice is still one."""
    last = sa.func.coalesce(GpAgreement.ended_on, GpAgreement.to_on)
    each: Any = [
        sa.select(
            sa.literal_column(str(place)).label("place"),
            GpAgreement.area_id,
            sa.func.count(sa.distinct(GpAgreement.hpr_no)).label("number"),
        )
        .where(GpAgreement.from_on <= period.to_on, last >= period.from_on, _HELD, _agreed_in(pot_code))
        .group_by(GpAgreement.area_id)
        for place, period in enumerate(periods)
    ]
    for row in db.session.execute(sa.union_all(*each)):
        made[row.area_id, row.place] = replace(made[row.area_id, row.place], agreed=int(row.number))


def _started(made: Counted, pot_code: str, periods: Sequence[Period]) -> None:
    """The last day of each GP's first claim in the area: who have started by the end of a period, stay so."""
    claims = (
        sa.select(Claim.area_id, GpAgreement.hpr_no, sa.func.min(Claim.to_on).label("to_on"))
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .where(STANDS, _of(pot_code))
        .group_by(Claim.area_id, GpAgreement.hpr_no)
    )
    told = sa.select(HelfoFigure.area_id, HelfoFigure.hpr_no, HelfoFigure.to_on)
    both = claims.union_all(told.where(HelfoFigure.rule_version_id.in_(_versions(pot_code)))).subquery()
    first = (
        sa.select(both.c.area_id, sa.func.min(both.c.to_on).label("to_on"))
        .group_by(both.c.area_id, both.c.hpr_no)
        .subquery()
    )
    begun = sa.select(first.c.area_id, first.c.to_on, sa.func.count().label("number"))
    counts: dict[tuple[int, int], int] = {}
    for row in db.session.execute(begun.group_by(first.c.area_id, first.c.to_on)):
        for place, period in enumerate(periods):
            if row.to_on <= period.to_on:
                counts[row.area_id, place] = counts.get((row.area_id, place), 0) + int(row.number)
    for key, count in counts.items():
        made[key] = replace(made[key], started=count)


def _agreed_in(pot_code: str) -> sa.ColumnElement[bool]:
    return GpAgreement.case_id.in_(sa.select(Case.id).join(Pot, Pot.id == Case.pot_id).where(Pot.code == pot_code))


def _in(pot_code: str, periods: Sequence[Period]) -> sa.Select[Any]:
    """Claims that are not refused, by area and by the place of the period their last day is in."""
    place = _place(Claim.to_on, periods)
    return (
        sa.select(Claim.area_id, place)
        .where(STANDS, _of(pot_code), Claim.to_on >= periods[0].from_on, Claim.to_on <= periods[-1].to_on)
        .group_by(Claim.area_id, place)
    )


def _place(on: Any, periods: Sequence[Period]) -> Any:
    """Which of the periods a day is in, from nought."""
    ends: list[Any] = [(on <= period.to_on, sa.literal_column(str(place))) for place, period in enumerate(periods)]
    return sa.case(*ends).label("place")


def _of(pot_code: str) -> sa.ColumnElement[bool]:
    """The claims of a pot, by the rules each is judged by: a handful of versions."""
    return Claim.rule_version_id.in_(_versions(pot_code))


def _versions(pot_code: str) -> sa.Select[int]:
    return sa.select(RuleVersion.id).join(Pot, Pot.id == RuleVersion.pot_id).where(Pot.code == pot_code)


def asked_in(pot_code: str, period: Period) -> Iterator[Asked]:
    """Every claim of the period that is not refused, GP by GP in the order of their days; one read."""
    first = sa.func.coalesce(GpAgreement.chain_id, GpAgreement.id).label("first_id")
    query = (
        sa.select(Claim.id, Claim.area_id, first, ClaimLine.code, ClaimLine.units)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(STANDS, _of(pot_code), Claim.to_on >= period.from_on, Claim.to_on <= period.to_on)
        .order_by(first, Claim.to_on, Claim.id)
    )
    for _, lines in groupby(db.session.execute(query.execution_options(yield_per=2000)), key=attrgetter("id")):
        rows = list(lines)
        yield Asked(rows[0].area_id, rows[0].first_id, {row.code: row.units for row in rows})


def agreed_on(pot_code: str, on: date) -> dict[int, dict[int, int]]:
    """GPs with an agreement on a day: by area, and by the rules they signed under."""
    last = sa.func.coalesce(GpAgreement.ended_on, GpAgreement.to_on)
    query = (
        sa.select(
            GpAgreement.area_id, Case.rule_version_id, sa.func.count(sa.distinct(GpAgreement.hpr_no)).label("gps")
        )
        .join(Case, Case.id == GpAgreement.case_id)
        .where(GpAgreement.from_on <= on, last >= on, _HELD, _agreed_in(pot_code))
        .group_by(GpAgreement.area_id, Case.rule_version_id)
    )
    found: dict[int, dict[int, int]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.area_id, {})[row.rule_version_id] = int(row.gps)
    return found
