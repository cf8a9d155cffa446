"""A database on PostgreSQL that a worker empties after each test, instead of copying a new one for each.

Copying is most of what a short test costs the server, and a session to a new database knows nothing of its tables. What
a test left is found by asking each table, not by knowing the test. A test that changed the schema itself, or the few
rows that a new database begins with, is found out too, and so is one that left a lock: its database is thrown away.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.drivers import PostgresServer

# Written when a row was: nothing is changed in these without a higher number or another count.
_SHAPE = ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_index")
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
_OTHERS = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)
"""
_AT_START = """
    SELECT setval(seqrelid, seqstart, false) FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
"""
# Rows that are gone take room until this; after so many tests it costs less than what it saves.
_TIDY_EVERY = 20


class Emptied:
    """The databases of one worker that are free: one, unless a test asks for two at once."""

    def __init__(self, server: PostgresServer, template: str, kept: Callable[[], Collection[int]]) -> None:
        self.server = server
        self.template = template
        self.kept = kept
        """The sessions that go on from test to test; all others are ended before a database is emptied."""
        self.free: list[_Database] = []

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a database that is as new."""
        found = self.free.pop() if self.free else _Database(self.server, self.template)
        yield found.url
        if found.emptied(self.kept()):
            self.free.append(found)
        else:
            found.drop()

    def end(self) -> None:
        """Drop them."""
        while self.free:
            self.free.pop().drop()


class _Database:
    def __init__(self, server: PostgresServer, template: str) -> None:
        self.server = server
        self.name = f"worker_{uuid4().hex}"
        self.url = server.copy(template, self.name)
        self.session = server.connect(self.name)
        # Neither triggers nor foreign keys are asked, and nobody waits long for a lock that a test left.
        self.session.execute("SET session_replication_role = replica")
        self.session.execute("SET lock_timeout = '3s'")
        tables = [str(name) for (name,) in self.session.execute(_TABLES)]
        self.beginning = [name for name in tables if self._rows(name)]
        self.empty = [name for name in tables if name not in self.beginning]
        self.asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for name in self.empty
        )
        self.shape = self._shape()
        self.times = 0

    def emptied(self, kept: Collection[int]) -> bool:
        """Take away all that a test left; False when that cannot be done."""
        try:
            self.session.execute(_OTHERS, [list(kept)])
            if self._shape() != self.shape:
                return False
            with self.session.transaction():
                for (name,) in self.session.execute(self.asked, prepare=True).fetchall():
                    self.session.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(name))))
                self.session.execute(_AT_START)
            self.times += 1
            if self.times % _TIDY_EVERY == 0:
                self.session.execute("VACUUM")
        except psycopg.Error:
            return False
        return True

    def drop(self) -> None:
        self.session.close()
        self.server.drop(self.name)

    def _rows(self, table: str) -> int:
        found = self.session.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table)))
        return found.rowcount

    def _shape(self) -> list[tuple[object, ...]]:
        each = sql.SQL("SELECT {}, count(*), max(xmin::text::bigint) FROM {}")
        names = [*_SHAPE, *self.beginning]
        asked = sql.SQL(" UNION ALL ").join(each.format(sql.Literal(name), sql.Identifier(name)) for name in names)
        return sorted(self.session.execute(asked, prepare=True).fetchall())
