"""The GPs of one pilot area: by municipality and by practice, the silent, and how long their claims have taken."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.compensation.domain import PAGE, period_of, reminder_of
from app.compensation.models import STANDS, Claim, GpAgreement
from app.compensation.queries.areas import HOLDS, SILENT_DAYS
from app.compensation.workflow import Status
from app.db import db
from app.db.base import whole_days
from app.dispatch.models import Outgoing
from app.parties.domain import Kind
from app.parties.models import Party, PartyKind

MOST = 50
# The middle of how long claims took is told of the newest of them.
NEWEST = 200


@dataclass(frozen=True)
class Uptake:
    """GPs by agreement in force, as AreaFigures tells them, and what is approved under those agreements (øre)."""

    agreed: int
    started: int
    lately: int
    silent: int
    approved_ore: int


@dataclass(frozen=True)
class InMunicipality(Uptake):
    """In a municipality of the area: that of the practices; its name, or its number, or None where none is told."""

    name: str | None
    practices: int


@dataclass(frozen=True)
class Practice(Uptake):
    """In a practice of the area."""

    name: str


@dataclass(frozen=True)
class Silent:
    """A GP who has sent no claim for 90 days, with the case, its party, and the last day a claim was sent.

    `reminded`: a notice is sent in this quarter.
    """

    agreement: GpAgreement
    case: Case
    last_at: datetime | None
    reminded: bool


_ASKED: Any = sa.bindparam("area_id", type_=sa.Integer)
_TODAY: Any = sa.bindparam("today", type_=sa.Date)
_SINCE: Any = sa.bindparam("since", type_=Claim.submitted_at.type)
_OLD = GpAgreement.from_on < sa.bindparam("quiet_from", type_=sa.Date)
_SKIPPED: Any = sa.bindparam("skipped", type_=sa.Integer)
_LAST: Any = (
    sa.select(sa.func.max(Claim.submitted_at))
    .where(Claim.agreement_id == GpAgreement.id, STANDS)
    .correlate(GpAgreement)
    .scalar_subquery()
)
_IN_FORCE = (
    GpAgreement.area_id == _ASKED,
    GpAgreement.status.in_(HOLDS),
    GpAgreement.from_on <= _TODAY,
    GpAgreement.to_on >= _TODAY,
)
_EACH = (
    sa.select(GpAgreement.payee_id, _OLD.label("is_old"), GpAgreement.claimed_ore, _LAST.label("last_at"))
    .where(*_IN_FORCE)
    .subquery()
)
_RECENT = _EACH.c.last_at >= _SINCE


def _many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


# What is told of agreements in force together: the fields of an Uptake, in order.
_UPTAKE: list[Any] = [
    sa.func.count(),
    _many(_EACH.c.last_at.is_not(None)),
    _many(_RECENT),
    _many(sa.and_(_EACH.c.is_old, sa.or_(_EACH.c.last_at.is_(None), sa.not_(_RECENT)))),
    sa.cast(sa.func.sum(_EACH.c.claimed_ore), sa.BigInteger),
]
_municipality = aliased(Party)
_NAME = (
    sa.select(sa.func.min(_municipality.display_name))
    .join(PartyKind, PartyKind.party_id == _municipality.id)
    .where(_municipality.municipality_no == Party.municipality_no, PartyKind.kind == Kind.MUNICIPALITY)
    .correlate(Party)
    .scalar_subquery()
)
_BY_MUNICIPALITY: sa.Select[Any] = (
    sa.select(*_UPTAKE, sa.func.coalesce(_NAME, Party.municipality_no), sa.func.count(sa.distinct(Party.id)))
    .join(Party, Party.id == _EACH.c.payee_id)
    .group_by(Party.municipality_no)
    .order_by(Party.municipality_no)
)
_PRACTICES: sa.Select[Any] = (
    sa.select(*_UPTAKE, Party.display_name)
    .join(_EACH, _EACH.c.payee_id == Party.id)
    .group_by(Party.id, Party.display_name, Party.sort_key)
    .order_by(Party.sort_key, Party.id)
    .limit(PAGE)
    .offset(_SKIPPED)
)
_REMINDER = (
    sa.bindparam("before", type_=sa.Text) + sa.cast(GpAgreement.id, sa.Text) + sa.bindparam("after", type_=sa.Text)
)
_SILENT: sa.Select[Any] = (
    sa.select(GpAgreement, Case, _LAST.label("last_at"), Outgoing.id.label("reminded"))
    .join(Case, Case.id == GpAgreement.case_id)
    .join(Party, Party.id == Case.party_id)
    .outerjoin(Outgoing, Outgoing.key == _REMINDER)
    .options(contains_eager(Case.party))
    .where(*_IN_FORCE, _OLD, sa.or_(_LAST.is_(None), _LAST < _SINCE))
    .order_by(GpAgreement.gp_sort, GpAgreement.id)
)
_SILENT_PAGE = _SILENT.limit(PAGE).offset(_SKIPPED)
_TO_REMIND = _SILENT.where(Outgoing.id.is_(None)).limit(MOST)
_CAME = (Status.APPROVED, Status.PARTLY_APPROVED, Status.REFUSED, Status.PAID)
_ANSWERED_AT = sa.func.coalesce(Claim.reviewed_at, Claim.ruled_at)
_ANSWERED = (
    sa.select(
        sa.literal_column("'answered'").label("which"), whole_days(Claim.submitted_at, _ANSWERED_AT).label("days")
    )
    .where(Claim.area_id == _ASKED, Claim.status.in_(_CAME))
    .order_by(Claim.id.desc())
    .limit(NEWEST)
    .subquery()
)
_PAID = (
    sa.select(sa.literal_column("'paid'").label("which"), whole_days(Claim.submitted_at, LedgerEntry.at).label("days"))
    .join(
        LedgerEntry,
        sa.and_(
            LedgerEntry.kind == EntryKind.PAYMENT, LedgerEntry.ref == sa.literal("claim:") + sa.cast(Claim.id, sa.Text)
        ),
    )
    .where(Claim.area_id == _ASKED, Claim.status == Status.PAID)
    .order_by(Claim.id.desc())
    .limit(NEWEST)
    .subquery()
)
_DAYS = sa.union_all(sa.select(_ANSWERED), sa.select(_PAID))


def asked_for(area_id: int, today: date, at: datetime, number: int = 1) -> dict[str, Any]:
    """What the statements of this file are asked with."""
    before, after = reminder_of("*", period_of(today)).split("*")
    return {
        "area_id": area_id,
        "today": today,
        "since": at - timedelta(days=SILENT_DAYS),
        "quiet_from": today - timedelta(days=SILENT_DAYS),
        "skipped": (number - 1) * PAGE,
        "before": before,
        "after": after,
    }


def by_municipality(area_id: int, today: date, at: datetime) -> list[InMunicipality]:
    """Each municipality with a GP by agreement in force, by its number: every GP of the area stands in one of them."""
    found = db.session.execute(_BY_MUNICIPALITY, asked_for(area_id, today, at))
    return [InMunicipality(*row) for row in found]


def practices(area_id: int, today: date, at: datetime, number: int = 1) -> list[Practice]:
    """The area's practices by name: one page of them from the first (1)."""
    return [Practice(*row) for row in db.session.execute(_PRACTICES, asked_for(area_id, today, at, number))]


def silent(area_id: int, today: date, at: datetime, number: int = 1) -> list[Silent]:
    """The area's GPs who have sent no claim for 90 days, by name: one page of them from the first (1)."""
    return [_told(row) for row in db.session.execute(_SILENT_PAGE, asked_for(area_id, today, at, number))]


def to_remind(area_id: int, today: date, at: datetime) -> list[Silent]:
    """Those of them who have had no notice in this quarter: as many as are reminded by one answer."""
    return [_told(row) for row in db.session.execute(_TO_REMIND, asked_for(area_id, today, at))]


def _told(row: Any) -> Silent:
    return Silent(row.GpAgreement, row.Case, row.last_at, reminded=row.reminded is not None)


def days_taken(area_id: int) -> tuple[list[int], list[int]]:
    """Days from claim to answer, and from claim to payment, of the area's newest claims that have come so far."""
    found: dict[str, list[int]] = {"answered": [], "paid": []}
    for which, days in db.session.execute(_DAYS, {"area_id": area_id}):
        found[which].append(int(days))
    return found["answered"], found["paid"]
