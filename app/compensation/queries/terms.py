"""Rules that are to come: whom they concern, who is told, and who has signed them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.access.models import User, UserMembership
from app.cases.models import Case
from app.compensation.models import GpAgreement, GpTerms
from app.compensation.workflow import IN_FORCE, AgreementStatus
from app.db import db
from app.dispatch.models import Outgoing
from app.parties.models import Party, PilotArea
from app.rules.models import Pot, RuleVersion, Scheme, Track
from app.rules.workflow import RulesStatus

MOST = 500
_CONCERNED = (*IN_FORCE, AgreementStatus.TO_SIGN, AgreementStatus.APPLIED)


@dataclass(frozen=True)
class Coming:
    """A published version of the rules of a pot, and the first local date it holds."""

    version: RuleVersion
    from_on: date


def coming(today: date) -> list[Coming]:
    """The published rules of compensation that begin to hold today or later, the nearest first."""
    query = (
        sa.select(RuleVersion)
        .join(RuleVersion.pot)
        .join(Scheme, Scheme.id == Pot.scheme_id)
        .options(contains_eager(RuleVersion.pot))
        .where(
            Scheme.track == Track.COMPENSATION,
            RuleVersion.status == RulesStatus.PUBLISHED,
            RuleVersion.year >= today.year,
        )
    )
    found = [Coming(each, first_day(each)) for each in db.session.scalars(query.order_by(RuleVersion.id).limit(MOST))]
    return sorted((each for each in found if each.from_on >= today), key=lambda each: each.from_on)


def first_day(version: RuleVersion) -> date:
    """The first local date it holds."""
    return version.in_force_on or date(version.year, 1, 1)


def untold(each: Coming, before: Collection[int], most: int) -> list[tuple[GpAgreement, Case]]:
    """Agreements made under the versions `before` that last until these rules hold, and whose payee is not told."""
    told = sa.exists().where(GpTerms.agreement_id == GpAgreement.id, GpTerms.rule_version_id == each.version.id)
    query = (
        sa.select(GpAgreement, Case)
        .join(Case, Case.id == GpAgreement.case_id)
        .options(joinedload(Case.party))
        .where(
            Case.pot_id == each.version.pot_id,
            Case.rule_version_id.in_(before),
            GpAgreement.status.in_(_CONCERNED),
            GpAgreement.to_on >= each.from_on,
            ~told,
        )
    )
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(GpAgreement.id).limit(most))]


def told_of(agreement_id: int) -> Sequence[sa.Row[GpTerms, RuleVersion]]:
    """The rules the payee of this agreement is told of, the newest first."""
    query = (
        sa.select(GpTerms, RuleVersion)
        .join(RuleVersion, RuleVersion.id == GpTerms.rule_version_id)
        .options(joinedload(RuleVersion.pot))
        .where(GpTerms.agreement_id == agreement_id)
    )
    return db.session.execute(query.order_by(RuleVersion.year.desc(), RuleVersion.number.desc()).limit(MOST)).all()


def terms_at(agreement_id: int, year: int, number: int, *, lock: bool = False) -> tuple[GpTerms, RuleVersion] | None:
    """What the payee is told of these rules, with the rules; locked until the transaction ends when asked."""
    query = (
        sa.select(GpTerms, RuleVersion)
        .join(RuleVersion, RuleVersion.id == GpTerms.rule_version_id)
        .where(GpTerms.agreement_id == agreement_id, RuleVersion.year == year, RuleVersion.number == number)
    )
    row = db.session.execute(query.with_for_update(of=GpTerms) if lock else query).one_or_none()
    return (row[0], row[1]) if row else None


def offered(agreement_ids: Collection[int]) -> dict[int, RuleVersion]:
    """The newest rules each of these agreements can be signed anew to, by agreement: told of, and not reached."""
    if not agreement_ids:
        return {}
    query = (
        sa.select(GpTerms.agreement_id, RuleVersion)
        .join(RuleVersion, RuleVersion.id == GpTerms.rule_version_id)
        .where(GpTerms.agreement_id.in_(agreement_ids), ~GpTerms.reached, GpTerms.signed_at.is_(None))
    )
    rows = db.session.execute(query.order_by(RuleVersion.year, RuleVersion.number)).all()
    return {row[0]: row[1] for row in rows}


def _continues(agreement: Any, earlier: Any) -> sa.ColumnElement[bool]:
    """That it continues this earlier one. One that came to nothing was never in force, and signed nothing later."""
    of_chain = sa.or_(earlier.id == agreement.chain_id, earlier.chain_id == agreement.chain_id)
    return sa.and_(agreement.chain_id.is_not(None), earlier.id < agreement.id, of_chain)


def signed_anew() -> sa.ColumnElement[bool]:
    """Of an agreement in a query: whether later rules are signed for it, or for one that it continues."""
    earlier = aliased(GpAgreement)
    signed = GpTerms.signed_at.is_not(None)
    before = sa.exists().where(GpTerms.agreement_id == earlier.id, signed, _continues(GpAgreement, earlier))
    return sa.or_(sa.exists().where(GpTerms.agreement_id == GpAgreement.id, signed), before)


def signed_terms(agreement_ids: Collection[int]) -> dict[int, dict[int, date]]:
    """The versions that hold for these agreements by a later signature, with the first day, by agreement.

    What is signed goes along when the GP moves.
    """
    found: dict[int, dict[int, date]] = {}
    if not agreement_ids:
        return found
    signed = aliased(GpAgreement)
    query = (
        sa.select(GpAgreement.id, GpTerms.rule_version_id, GpTerms.holds_from)
        .join(signed, sa.or_(signed.id == GpAgreement.id, _continues(GpAgreement, signed)))
        .join(GpTerms, GpTerms.agreement_id == signed.id)
        .where(GpAgreement.id.in_(agreement_ids), GpTerms.holds_from.is_not(None))
    )
    for row in db.session.execute(query):
        found.setdefault(row.id, {})[row.rule_version_id] = row.holds_from
    return found


def still_offered(agreement_id: int, today: date) -> list[int]:
    """The rules that hold by now and that this agreement may be signed anew to; nobody is told of those any more."""
    query = (
        sa.select(RuleVersion)
        .join(GpTerms, GpTerms.rule_version_id == RuleVersion.id)
        .where(GpTerms.agreement_id == agreement_id, ~GpTerms.reached, GpTerms.signed_at.is_(None))
    )
    return [each.id for each in db.session.scalars(query.order_by(RuleVersion.id)) if first_day(each) < today]


def coordinators_untold(each: Coming) -> list[tuple[str, PilotArea, Party, str]]:
    """Those who confirm for an area and are not told: its key, the area with its host, and their address."""
    query = (
        sa.select(PilotArea, Party, User.id, User.email)
        .join(Party, Party.id == PilotArea.host_party_id)
        .join(UserMembership, UserMembership.area_id == PilotArea.id)
        .join(User, User.id == UserMembership.user_id)
        .where(User.active)
    )
    rows = db.session.execute(query.order_by(PilotArea.id, User.id).limit(MOST)).all()
    keyed = [(f"rules:{each.version.id}:area:{row[0].id}:{row.id}", row[0], row[1], row.email) for row in rows]
    sent = sa.select(Outgoing.key).where(Outgoing.key.in_([key for key, *_ in keyed]))
    told = set(db.session.scalars(sent))
    return [row for row in keyed if row[0] not in told]


def told_count(version_id: int) -> int:
    """How many agreements' payees are told of these rules."""
    query = sa.select(sa.func.count()).where(GpTerms.rule_version_id == version_id)
    return db.session.scalars(query).one()
