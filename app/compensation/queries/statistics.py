"""What Helfo's statistics have told: what is there of it, and its sums as the figures of the scheme want them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from app.compensation.models import GpAgreement, HelfoFigure
from app.compensation.queries.basis import compensation_versions
from app.compensation.workflow import Status
from app.db import db
from app.parties.models import Party
from app.rules.domain import PaidThrough
from app.rules.models import Pot, RuleVersion
from app.rules.queries import rules_of

MOST = 1000


@dataclass(frozen=True)
class MonthTold:
    """One month of the statistics: how many GPs and payees, and øre."""

    from_on: date
    gps: int
    payees: int
    amount_ore: int


def statistics_years() -> set[int]:
    """The years whose published rules say that Helfo pays and sends statistics."""
    return {
        version.year
        for version in compensation_versions()
        if rules_of(version.id).paid_through is PaidThrough.HELFO_STATISTICS
    }


def told_there(numbers: Collection[str]) -> Sequence[HelfoFigure]:
    """All that is told of these GPs, in order."""
    query = sa.select(HelfoFigure).where(HelfoFigure.hpr_no.in_(numbers)).order_by(HelfoFigure.id)
    return db.session.scalars(query).all()


def orgnrs_of(party_ids: Collection[int]) -> dict[int, str]:
    """The organisation numbers of these payees."""
    query = sa.select(Party.id, Party.orgnr).where(Party.id.in_(party_ids))
    return {row.id: row.orgnr or "" for row in db.session.execute(query)}


def months_told(year: int) -> list[MonthTold]:
    """The months of a year that are told, in order."""
    query = (
        sa.select(
            HelfoFigure.from_on,
            sa.func.count(sa.distinct(HelfoFigure.hpr_no)),
            sa.func.count(sa.distinct(HelfoFigure.orgnr)),
            sa.func.sum(HelfoFigure.amount_ore),
        )
        .where(HelfoFigure.from_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(HelfoFigure.from_on)
        .order_by(HelfoFigure.from_on)
    )
    return [MonthTold(row[0], row[1], row[2], int(row[3])) for row in db.session.execute(query)]


# As the claims of a year are counted (queries.areas), with no claim: by area, status and month.
AS_CLAIMED: Any = (
    sa.select(
        HelfoFigure.area_id,
        sa.literal_column(f"'{Status.PAID.value}'").label("status"),
        HelfoFigure.from_on,
        sa.literal_column("0").label("claims"),
        sa.func.sum(HelfoFigure.amount_ore).label("claimed_ore"),
        sa.func.sum(HelfoFigure.amount_ore).label("approved_ore"),
        sa.literal_column("1").label("by_helfo"),
    )
    .where(HelfoFigure.from_on.between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)))
    .group_by(HelfoFigure.area_id, HelfoFigure.from_on)
)


def last_told() -> Any:
    """The last day that Helfo has told of, of the agreement a statement asks about."""
    query = sa.select(sa.func.max(HelfoFigure.to_on)).where(HelfoFigure.agreement_id == GpAgreement.id)
    return query.scalar_subquery()


def told_in(pot_code: str, place: sa.ColumnElement[int], first: date, last: date) -> sa.Select[Any]:
    """What is told of the pot's months that end within these days, by area and place, to be added to."""
    versions = sa.select(RuleVersion.id).join(Pot, Pot.id == RuleVersion.pot_id).where(Pot.code == pot_code)
    told: Any = sa.select(HelfoFigure.area_id, place)
    told = told.where(HelfoFigure.rule_version_id.in_(versions), HelfoFigure.to_on.between(first, last))
    return cast("sa.Select[Any]", told)
