"""Reading whose hands have been in what."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.flow.models import Hand, in_reach
from app.flow.opposed import HOUSE, THEIRS

# Ids, or a query that gives them.
Ids = Collection[int] | sa.Select[int]


def had(kind: str, thing_id: int, case_id: int | None, user_id: int) -> set[str]:
    """The hands the person has had that count in this thing."""
    name, reach = in_reach(kind, thing_id, case_id)
    return set(db.session.scalars(sa.select(name).where(reach, Hand.user_id == user_id)))


def had_in(kind: str, things: Mapping[int, int], user_id: int) -> dict[int, set[str]]:
    """The same of many things (thing → its case), by thing; those without are not there."""
    on_case = sa.and_(Hand.case_id.in_(set(things.values())), Hand.user_id == user_id)
    rows = db.session.execute(sa.select(Hand.kind, Hand.thing_id, Hand.hand, Hand.case_id).where(on_case)).all()
    own, others = dict[int, set[str]](), dict[int, set[str]]()
    for row in rows:
        if row.kind == kind:
            own.setdefault(row.thing_id, set()).add(row.hand)
        # Counted as in_reach counts it: another thing's hand of the house is the house's.
        others.setdefault(row.case_id, set()).add(row.hand if row.hand in THEIRS else HOUSE)
    found = {thing: own.get(thing, set()) | others.get(case_id, set()) for thing, case_id in things.items()}
    return {thing: hands for thing, hands in found.items() if hands}


def to_inherit(
    kind: str, thing_id: int, older: Mapping[str, Ids], which: Collection[str], case_id: int | None
) -> Sequence[sa.Row[str, int, datetime, bool, bool]]:
    """The thing's own hands and these of older ones (`inherited`), and all on the case (`on_case`); its own first."""
    own = sa.and_(Hand.kind == kind, Hand.thing_id == thing_id)
    places = [sa.and_(Hand.kind == name, Hand.thing_id.in_(ids)) for name, ids in older.items()]
    inherited = sa.or_(own, sa.and_(sa.or_(*places), Hand.hand.in_(which)))
    on_case = Hand.case_id == case_id if case_id is not None else sa.false()
    query = (
        sa.select(Hand.hand, Hand.user_id, Hand.at, inherited.label("inherited"), on_case.label("on_case"))
        .where(sa.or_(inherited, on_case))
        .order_by(sa.case((own, 0), else_=1), Hand.at, Hand.user_id, Hand.hand)
    )
    return db.session.execute(query).all()
