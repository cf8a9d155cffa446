"""Who has had which hand in what: append-only, one row a person and hand, and the database refuses opposing ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, MappedSQLExpression, column_property, mapped_column

from app.db import Base, among, joined
from app.db.triggers import append_only, refused_when
from app.flow.opposed import BARRED_BY, HOUSE, ON_NO_CASE, THEIRS


class Hand(Base):
    """That a person once had a hand in a thing; `kind` is its workflow's name, `at` the first time.

    `case_id`: the case the thing belongs to; none for rules, accounts and deliveries.
    """

    __tablename__ = "hand"
    __table_args__ = (
        sa.CheckConstraint(f"(case_id IS NULL) = (kind IN {ON_NO_CASE})", name="case_told"),
        # Not by the person first: whoever has had a hand in many things would be looked through in all of them.
        sa.Index("ix_hand_hand", "hand", "user_id", "case_id"),
        sa.Index("ix_hand_case_id", "case_id"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hand: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"))


class _Hands(sa.types.TypeDecorator[Mapping[str, frozenset[int]]]):
    """«decided:3,assessed:5» as the database joins it, read as hand → people."""

    impl = sa.Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, frozenset[int]]:
        """Hand → everybody who ever had it."""
        found: dict[str, frozenset[int]] = {}
        for each in value.split(",") if value else ():
            hand, person = each.split(":")
            found[hand] = found.get(hand, frozenset()) | {int(person)}
        return found


def in_reach(kind: str, key: Any, case_id: Any) -> tuple[sa.ColumnElement[str], sa.ColumnElement[bool]]:
    """The hands that count in a thing, by name: its own, and the other side's in anything on its case (None: on none).

    A hand of the house in another thing is HOUSE, and counts where the recipient's people act.
    """
    own = sa.and_(Hand.kind == kind, Hand.thing_id == key)
    if case_id is None:
        return Hand.hand.expression, own
    theirs = among(Hand.hand, THEIRS)
    if set(THEIRS).isdisjoint(BARRED_BY.get(kind, ())):
        return Hand.hand.expression, sa.or_(own, sa.and_(Hand.case_id == case_id, theirs))
    return sa.case((sa.or_(own, theirs), Hand.hand), else_=HOUSE), sa.or_(own, Hand.case_id == case_id)


def hands_of(kind: str, key: Any, case_id: Any = None) -> MappedSQLExpression[Mapping[str, frozenset[int]]]:
    """A model's column `hands`: everybody whose hand counts in it, read in the same statement as the row itself."""
    name, reach = in_reach(kind, key, case_id)
    each = sa.cast(name, sa.Text) + ":" + sa.cast(Hand.user_id, sa.Text)
    every = sa.select(joined(each, ",")).where(reach)
    return column_property(sa.type_coerce(every.correlate_except(Hand).scalar_subquery(), _Hands))


def _opposed() -> str:
    """SQL on NEW and an earlier row of the same person: in the same thing, or the other side's on the same case."""
    cases = [
        f"(NEW.kind = '{kind}' AND NEW.hand = '{hand}' AND had.hand IN ({', '.join(repr(each) for each in barring)}))"
        for kind, hands in BARRED_BY.items()
        for hand, barring in hands.items()
        if barring != (HOUSE,)
    ]
    theirs = ", ".join(repr(each) for each in THEIRS)
    return (
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.user_id AND"
        f" (had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND ({' OR '.join(cases)})"
        f" OR had.case_id = NEW.case_id AND (had.hand IN ({theirs})) <> (NEW.hand IN ({theirs}))))"
    )


assert isinstance(Hand.__table__, sa.Table)
append_only(Hand.__table__)
refused_when(Hand.__table__, _opposed(), "an opposing hand of the same person")
