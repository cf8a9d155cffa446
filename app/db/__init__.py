"""The database: base class, column types, the one commit, and what SQLite and PostgreSQL do differently."""

from app.db.base import Base, UtcDateTime, among, joined, known, paired
from app.db.reference import reference
from app.db.session import OnlyLookingError, SentBefore, db, looking, trying, writing

__all__ = [
    "Base",
    "OnlyLookingError",
    "SentBefore",
    "UtcDateTime",
    "among",
    "db",
    "joined",
    "known",
    "looking",
    "paired",
    "reference",
    "trying",
    "writing",
]
