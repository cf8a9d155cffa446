"""What an agreement is made under: the area, the pot, and the published rules."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.compensation.domain import Terms
from app.db import db
from app.parties.models import PilotArea
from app.rules.models import Pot, RuleVersion, Scheme, Track
from app.rules.queries import rules_of
from app.rules.workflow import RulesStatus


def area_by_public_id(public_id: str) -> PilotArea | None:
    """The pilot area of this address."""
    return db.session.scalar(sa.select(PilotArea).where(PilotArea.public_id == public_id))


def compensation_pot(code: str) -> Pot | None:
    """The pot of this code, when it pays compensation."""
    query = sa.select(Pot).join(Scheme).where(Pot.code == code, Scheme.track == Track.COMPENSATION)
    return db.session.scalar(query.options(joinedload(Pot.scheme)))


def compensation_versions() -> Sequence[RuleVersion]:
    """The published rules of compensation, newest first: what an agreement can be made under."""
    query = (
        sa.select(RuleVersion)
        .join(Pot, Pot.id == RuleVersion.pot_id)
        .join(Scheme, Scheme.id == Pot.scheme_id)
        .options(joinedload(RuleVersion.pot))
        .where(Scheme.track == Track.COMPENSATION, RuleVersion.status == RulesStatus.PUBLISHED)
        .order_by(RuleVersion.year.desc(), RuleVersion.number.desc())
        .limit(20)
    )
    return db.session.scalars(query).all()


def agreement_terms() -> list[Terms]:
    """What each year's published rules say about agreements, the newest first."""
    found = []
    for version in compensation_versions():
        rules = rules_of(version.id)
        units_ore = sum(price.unit_price_ore * price.max_units for price in rules.unit_prices)
        found.append(Terms(version.pot.code, version.year, rules.cap_ore, units_ore))
    return found


def version_with_pot(version_id: int) -> RuleVersion:
    """The rules of this key, with their pot and scheme."""
    query = sa.select(RuleVersion).where(RuleVersion.id == version_id)
    return db.session.scalars(query.options(joinedload(RuleVersion.pot).joinedload(Pot.scheme))).one()
