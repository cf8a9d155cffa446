"""What everyone may read: only published things, and only awards whose letter has left."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.awards.models import Award, Decision
from app.awards.workflow import FELL_AWAY
from app.cases.models import Case
from app.db import db
from app.db.walking import each_value
from app.parties.models import Party
from app.public.domain import GivenGrant
from app.rules.models import Pot, RuleVersion, Scheme
from app.rules.workflow import RulesStatus

PAGE = 50
MOST = 500
# What `after` carries: the last row's sort key and case.
Place = tuple[str, int]

Columns = sa.Select[*tuple[Any, ...]]

# In the order `_given` reads them.
FACTS = [f.name for f in fields(GivenGrant) if f.name != "demo"]

# What an invented recipient has that is invented: everything.
WHOLE = ("recipient", "title", "applied_ore", "granted_ore", "dates")

# Its letter has left and it has not fallen away; written as the index has it, so that both databases see it serves.
_STANDS = (Award.public_year.is_not(None), *(Award.status != each for each in FELL_AWAY))


def schemes() -> list[Scheme]:
    """Every scheme, in the order they were added."""
    return list(db.session.scalars(sa.select(Scheme).order_by(Scheme.id).limit(MOST)))


def pots_of(scheme_id: int) -> list[Pot]:
    """The pots of a scheme."""
    return list(db.session.scalars(sa.select(Pot).where(Pot.scheme_id == scheme_id).order_by(Pot.id).limit(MOST)))


def published_rules(scheme_id: int) -> list[RuleVersion]:
    """Every published version of a scheme's pots, newest first."""
    query = (
        sa.select(RuleVersion)
        .join(RuleVersion.pot)
        .options(sa.orm.contains_eager(RuleVersion.pot))
        .where(Pot.scheme_id == scheme_id, RuleVersion.status == RulesStatus.PUBLISHED)
        .order_by(RuleVersion.year.desc(), Pot.id, RuleVersion.number.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def award_years() -> list[int]:
    """The years anybody has got a grant in, newest first."""
    return list(db.session.scalars(_years()))


@cache
def _years() -> sa.Select[int]:
    return each_value(Award.public_year, *_STANDS, most=MOST)


def award_sum(year: int) -> tuple[int, int]:
    """How many grants of the year are told, and their sum in øre."""
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Award.amount_ore), 0))
    count, sum_ore = db.session.execute(query.where(Award.public_year == year, *_STANDS)).one()
    return count, int(sum_ore)


def awards(year: int, after: Place | None = None) -> list[GivenGrant]:
    """A page of the year's grants in Norwegian order, and one row more when there are more."""
    query = _given(year).limit(PAGE + 1)
    if after is not None:
        query = query.where(sa.tuple_(Award.public_sort, Award.case_id) > sa.tuple_(*after))
    return [_grant(row) for row in db.session.execute(query)]


def all_awards(year: int) -> Iterator[GivenGrant]:
    """Every grant of the year, a few at a time."""
    for row in db.session.execute(_given(year).execution_options(yield_per=500)):
        yield _grant(row)


def _given(year: int) -> Columns:
    """Grants that stand, whose letter has been sent."""
    return (
        sa.select(
            Case.id,
            Award.public_sort,
            Case.year,
            Scheme.name_nb,
            Scheme.name_nn,
            Pot.chapter_post,
            Party.orgnr,
            Party.display_name,
            Case.title,
            Case.applied_ore,
            Award.amount_ore,
            Decision.decided_at,
            Case.demo_fields,
            Party.invented,
        )
        .select_from(Award)
        .join(Decision, Decision.id == Award.decision_id)
        .join(Case, Case.id == Award.case_id)
        .join(Party, Party.id == Case.party_id)
        .join(Pot, Pot.id == Case.pot_id)
        .join(Scheme, Scheme.id == Pot.scheme_id)
        .where(Award.public_year == year, *_STANDS)
        .order_by(Award.public_sort, Award.case_id)
    )


def _grant(row: Any) -> GivenGrant:
    *facts, demo_fields, invented = tuple(row)
    known: dict[str, Any] = dict(zip(FACTS, facts, strict=True))
    return GivenGrant(**known, demo=frozenset([*demo_fields, *(WHOLE if invented else ())]))
