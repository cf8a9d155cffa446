"""How a pilot area is followed up: its goal, the checks of its routines, and the contact. Rows are never edited."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.compensation.domain import ContactKind
from app.db import Base, known
from app.db.triggers import append_only


class AreaGoal(Base):
    """How many GPs an area is to have started in a year; the newest row holds."""

    __tablename__ = "area_goal"
    __table_args__ = (
        sa.CheckConstraint("gps >= 0", name="gps_not_negative"),
        sa.Index("ix_area_goal_area", "area_id", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    year: Mapped[int]
    gps: Mapped[int]
    set_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    set_at: Mapped[datetime]


class AreaCheck(Base):
    """One point of the area's routines: what was found, what is agreed, and when it is looked at again.

    `follows_id`: the check this one comes after, each followed once; what nobody has followed is open.
    """

    __tablename__ = "area_check"
    __table_args__ = (
        sa.CheckConstraint("topic <> '' AND finding <> ''", name="finding_told"),
        sa.CheckConstraint("next_on IS NULL OR next_on > checked_on", name="next_comes_after"),
        sa.Index("ix_area_check_area", "area_id", "id"),
        sa.Index("ix_area_check_next", "next_on"),
        sa.Index("uq_area_check_follows", "follows_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    checked_on: Mapped[date]
    topic: Mapped[str]
    finding: Mapped[str]
    action: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area_check.id"))
    told_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    told_at: Mapped[datetime]


class AreaContact(Base):
    """That somebody talked with the area, or reminded its silent GPs."""

    __tablename__ = "area_contact"
    __table_args__ = (
        known("kind", ContactKind),
        sa.CheckConstraint("words <> ''", name="words_told"),
        sa.Index("ix_area_contact_area", "area_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    kind: Mapped[ContactKind]
    on: Mapped[date]
    words: Mapped[str]
    told_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    told_at: Mapped[datetime]


for _model in (AreaGoal, AreaCheck, AreaContact):
    assert isinstance(_model.__table__, sa.Table)
    append_only(_model.__table__)
