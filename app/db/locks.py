"""Being alone: a lock held by one process on all machines, let go of by itself when the process dies."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.db.session import db


class Lock(Protocol):
    """A lock that one process at a time can hold."""

    def take(self) -> bool:
        """Whether it is ours now; never waits. Asking again while holding it proves that it is still held."""

    def release(self) -> None:
        """Let it go."""


class FileLock:
    """A lock on a file beside the SQLite database, which is on one machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Hold the file, unless another does."""
        if self._file is not None:
            return True
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let it go; the empty file stays."""
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLock:
    """PostgreSQL's advisory lock, on a connection of its own: when the connection dies, so does the lock."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine = engine
        self._key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._connection: sa.Connection | None = None

    def take(self) -> bool:
        """Hold the lock, unless another does."""
        try:
            if self._connection is not None:
                self._connection.execute(sa.text("SELECT 1"))
                return True
            return self._tried()
        except DBAPIError:
            # The server went away, and our lock with it; whoever asks first when it is back is next.
            self._drop()
            return False

    def release(self) -> None:
        """Let it go in words: a closed connection is noticed by the server only a moment later."""
        if self._connection is None:
            return
        try:
            self._connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": self._key})
        except DBAPIError:
            self._drop()
            return
        self._connection.close()
        self._connection = None

    def _tried(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}):
            self._connection = connection
            return True
        connection.close()
        return False

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def lock(name: str) -> Lock:
    """The lock of this name in this database."""
    engine = db.engine
    if engine.dialect.name == "postgresql":
        return AdvisoryLock(engine, f"tilsagn-{name}")
    return FileLock(Path(f"{engine.url.database}.{name}.lock"))


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Hold a lock for a while; False when another process has it."""
    held = lock(name)
    taken = held.take()
    try:
        yield taken
    finally:
        if taken:
            held.release()
