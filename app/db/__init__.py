"""The database: base class, column types, the one commit, and what SQLite and PostgreSQL do differently."""

from app.db.base import Base, UtcDateTime, known, paired
from app.db.session import OnlyLookingError, db, looking, once, writing

__all__ = ["Base", "OnlyLookingError", "UtcDateTime", "db", "known", "looking", "once", "paired", "writing"]
