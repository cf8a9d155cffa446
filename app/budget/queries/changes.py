"""Reading the changes of frames, and what the page of a year shows."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.models import User
from app.budget.models import Frame, FrameChange
from app.budget.queries.frames import locked_each
from app.budget.workflow import ChangeStatus
from app.db import db
from app.rules.models import Pot

MOST = 200


@dataclass(frozen=True)
class FrameRow:
    """A frame with its pot."""

    frame: Frame
    pot: Pot


@dataclass(frozen=True)
class ChangeRow:
    """A change with its frame and pot, and the names of who proposed it and who settled it."""

    change: FrameChange
    frame: Frame
    pot: Pot
    proposer: str
    settler: str | None


def years() -> list[int]:
    """The years that have frames, newest first."""
    return list(db.session.scalars(sa.select(Frame.year).distinct().order_by(Frame.year.desc())))


def rows_of(year: int) -> list[FrameRow]:
    """Every frame of the year with its pot, by chapter and post."""
    query = sa.select(Frame, Pot).join(Pot, Pot.id == Frame.pot_id).where(Frame.year == year)
    return [FrameRow(*row) for row in db.session.execute(query.order_by(Frame.chapter_post, Frame.id))]


def frame_on(pot_code: str, year: int) -> FrameRow | None:
    """The frame of the pot of this code in the year."""
    query = sa.select(Frame, Pot).join(Pot, Pot.id == Frame.pot_id).where(Pot.code == pot_code, Frame.year == year)
    row = db.session.execute(query).first()
    return FrameRow(*row) if row else None


def _changes() -> sa.Select[FrameChange, Frame, Pot, str, str]:
    settler = sa.orm.aliased(User)
    return (
        sa.select(FrameChange, Frame, Pot, User.name, settler.name)
        .join(Frame, Frame.id == FrameChange.frame_id)
        .join(Pot, Pot.id == Frame.pot_id)
        .join(User, User.id == FrameChange.proposed_by)
        .outerjoin(settler, settler.id == FrameChange.settled_by)
    )


def changes_of(year: int) -> list[ChangeRow]:
    """The changes of the year's frames, newest first."""
    query = _changes().where(Frame.year == year).order_by(FrameChange.id.desc()).limit(MOST)
    return [ChangeRow(*row) for row in db.session.execute(query)]


def change_of(change_id: int) -> ChangeRow | None:
    """The change of this key."""
    row = db.session.execute(_changes().where(FrameChange.id == change_id)).first()
    return ChangeRow(*row) if row else None


def open_changes() -> list[ChangeRow]:
    """Those that wait for a second person, oldest first."""
    query = _changes().where(FrameChange.status == ChangeStatus.PROPOSED).order_by(FrameChange.id).limit(MOST)
    return [ChangeRow(*row) for row in db.session.execute(query)]


def any_open() -> sa.ColumnElement[bool]:
    """Whether any change waits."""
    return sa.exists().where(FrameChange.status == ChangeStatus.PROPOSED)


def has_open(frame_id: int) -> bool:
    """Whether a change of this frame waits."""
    query = sa.select(any_open().where(FrameChange.frame_id == frame_id))
    return db.session.scalar(query) is True


def locked_change(change_id: int) -> tuple[FrameChange, Frame]:
    """The change as it is now, and its frame before it, locked until the transaction ends. Raises NoResultFound.

    The frame of the year it takes money from is locked too, so that nobody promises that money meanwhile.
    """
    own, each = sa.orm.aliased(Frame), sa.orm.aliased(Frame)
    source = sa.and_(each.pot_id == own.pot_id, each.year == FrameChange.from_year)
    both = (
        sa.select(each.id)
        .join(own, sa.or_(each.id == own.id, each.pot_id == own.pot_id))
        .join(FrameChange, FrameChange.frame_id == own.id)
        .where(FrameChange.id == change_id, sa.or_(each.id == own.id, source))
    )
    frames = locked_each(both)
    query = sa.select(FrameChange).where(FrameChange.id == change_id).with_for_update()
    change = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return change, next(frame for frame in frames if frame.id == change.frame_id)
