"""Reading sessions, kept forms and what happened at the door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Entered, Happening
from app.access.models import KeptForm, LoginBrake, LoginSession, PasswordLink, SecurityEvent, User
from app.access.queries.people import RIGHTS, read_actor, with_rights
from app.db import db

_S: Any = LoginSession.__table__
_U: Any = User.__table__
_ENTERED = with_rights(
    sa.select(
        *RIGHTS,
        _S.c.id.label("key"),
        _S.c.stamp,
        _S.c.created_at,
        _S.c.last_used_at,
        _S.c.password_given_at,
        _S.c.ended_why,
        sa.exists().where(KeptForm.user_id == _U.c.id).label("keeps_forms"),
    )
    .select_from(_S)
    .join(_U, _U.c.id == _S.c.user_id)
).where(_S.c.token_sha256 == sa.bindparam("token"))


def entered(token_sha256: str) -> Entered | None:
    """The session of this token with its person as they are now, over or not; None when there is none such.

    One read, since every page begins with it.
    """
    rows = db.session.execute(_ENTERED, {"token": token_sha256}).all()
    if not rows:
        return None
    row = rows[0]
    return Entered(
        key=row.key,
        actor=read_actor(rows),
        active=row.active,
        same_stamp=row.stamp == row.session_stamp,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        password_given_at=row.password_given_at,
        ended_why=row.ended_why,
        keeps_forms=row.keeps_forms,
    )


def sessions_of(
    user_id: int, *, used_since: datetime, opened_since: datetime, most: int = 50
) -> Sequence[LoginSession]:
    """A person's sessions that last: neither ended, idle, old, nor of an older stamp; the last used first."""
    query = (
        sa.select(LoginSession)
        .join(User, sa.and_(User.id == LoginSession.user_id, User.session_stamp == LoginSession.stamp))
        .where(
            LoginSession.user_id == user_id,
            LoginSession.ended_at.is_(None),
            LoginSession.last_used_at > used_since,
            LoginSession.created_at > opened_since,
        )
        .order_by(LoginSession.last_used_at.desc(), LoginSession.id.desc())
        .limit(most)
    )
    return db.session.scalars(query).all()


def session_of_form(form_sha256: str) -> LoginSession | None:
    """The session whose forms carry this token, over or not."""
    return db.session.scalar(sa.select(LoginSession).where(LoginSession.form_sha256 == form_sha256))


def password_hash_of(user_id: int) -> str | None:
    """The stored hash of an account that is open."""
    return db.session.scalar(sa.select(User.password_hash).where(User.id == user_id, User.active))


def kept(public_id: str, user_id: int, since: datetime) -> KeptForm | None:
    """A kept form, for the person it is kept for and nobody else."""
    query = sa.select(KeptForm).where(KeptForm.public_id == public_id, KeptForm.user_id == user_id, KeptForm.at > since)
    return db.session.scalar(query)


def newest_kept(user_id: int, since: datetime) -> KeptForm | None:
    """What this person was sending last."""
    query = sa.select(KeptForm).where(KeptForm.user_id == user_id, KeptForm.at > since)
    return db.session.scalar(query.order_by(KeptForm.at.desc(), KeptForm.id.desc()).limit(1))


def is_kept(path: str, user_id: int) -> bool:
    """Whether something sent to this address is kept for the person."""
    query = sa.select(KeptForm.id).where(KeptForm.user_id == user_id, KeptForm.path == path)
    return db.session.scalar(query.limit(1)) is not None


def kept_keys(user_id: int) -> Sequence[int]:
    """Keys of what is kept for this person, newest first."""
    query = sa.select(KeptForm.id).where(KeptForm.user_id == user_id).order_by(KeptForm.at.desc(), KeptForm.id.desc())
    return db.session.scalars(query.limit(100)).all()


def told_since(kind: Happening, user_id: int | None, address: str, path: str, since: datetime) -> bool:
    """Whether the same has been told since then."""
    query = sa.select(SecurityEvent.id).where(
        SecurityEvent.at > since,
        SecurityEvent.kind == kind,
        SecurityEvent.user_id == user_id if user_id is not None else SecurityEvent.user_id.is_(None),
        SecurityEvent.address == address,
        SecurityEvent.path == path,
    )
    return db.session.scalar(query.limit(1)) is not None


def happenings(
    kind: Happening | None, username: str | None, before: int | None, most: int
) -> Sequence[sa.Row[SecurityEvent, str | None]]:
    """What happened at the door with the names known, newest first, one more than `most`."""
    query = sa.select(SecurityEvent, User.name).outerjoin(User, User.id == SecurityEvent.user_id)
    wanted: list[Any] = []
    if kind is not None:
        wanted.append(SecurityEvent.kind == kind)
    if username:
        wanted.append(User.username == username.strip().casefold())
    if before is not None:
        wanted.append(SecurityEvent.id < before)
    return db.session.execute(query.where(*wanted).order_by(SecurityEvent.id.desc()).limit(most + 1)).all()


def locked_tries(keys: Sequence[str]) -> Sequence[sa.Row[Any]]:
    """What is counted for each of these, by key, locked in that order until the transaction ends."""
    query = sa.select(LoginBrake.__table__).where(LoginBrake.key.in_(keys)).order_by(LoginBrake.key).with_for_update()
    return db.session.execute(query).all()


def owner_of_link(token_sha256: str) -> int | None:
    """Whose password the link with this token opens."""
    return db.session.scalar(sa.select(PasswordLink.user_id).where(PasswordLink.token_sha256 == token_sha256))
