"""What somebody sent when they were no longer logged in, kept for them alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access import queries
from app.access.models import KeptForm
from app.db import db, writing

# A person has few tabs; more than these is somebody filling the disk.
MOST = 5


@dataclass(frozen=True)
class Sent:
    """A form on its way: where to, from which page, and its fields without tokens and passwords."""

    path: str
    query: str
    page: str
    fields: list[list[str]]
    had_files: bool


def keep(user_id: int, sent: Sent, *, at: datetime) -> str:
    """Keep it for this person; gives its public id. Only the newest few are kept. Commits; `at` by the wall clock."""
    public_id = secrets.token_urlsafe(18)
    with writing() as session:
        session.add(
            KeptForm(
                public_id=public_id,
                user_id=user_id,
                at=at,
                path=sent.path,
                query=sent.query,
                page=sent.page,
                fields=sent.fields,
                had_files=sent.had_files,
            )
        )
        session.flush()
        older = queries.kept_keys(user_id)[MOST:]
        if older:
            session.execute(sa.delete(KeptForm).where(KeptForm.id.in_(older)))
    return public_id


def let_go(path: str, user_id: int) -> None:
    """Something newer was sent to this address."""
    db.session.execute(sa.delete(KeptForm).where(KeptForm.path == path, KeptForm.user_id == user_id))


def let_all_go(user_id: int) -> None:
    """They logged out: nothing waits for them."""
    db.session.execute(sa.delete(KeptForm).where(KeptForm.user_id == user_id))
