"""What one test leaves, the next does not find: the database on PostgreSQL that a worker empties."""

from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest
import sqlalchemy as sa

from tests import schema
from tests.programs import Kept

Session = psycopg.Connection[tuple[object, ...]]
# One row stands on the other, and a trigger lets nobody take the third away.
LEFT = (
    "INSERT INTO scheme (code, track, name_nb, name_nn, purpose_nb, purpose_nn) VALUES ('X', 'grant', '', '', '', '')",
    "INSERT INTO pot (scheme_id, code, name_nb, name_nn, chapter_post) SELECT id, 'x', '', '', '' FROM scheme",
    "INSERT INTO audit_entry (stream, seq, at, by_name, event, facts, seal) VALUES ('x', 1, now(), '', 'x', '{}', '')",
)


def leave(kept: Kept, act: Callable[[Session], object]) -> str:
    """A test that does this; gives its database."""
    with kept.emptied("migrated").database() as url:
        with closing(session(url)) as left:
            act(left)
        return url


def session(url: str) -> Session:
    return schema.server().connect(sa.make_url(url).database or "")


def test_rows_are_gone_and_numbers_begin_anew(kept: Kept) -> None:
    first = leave(kept, lambda left: [left.execute(each) for each in LEFT])
    with kept.emptied("migrated").database() as url, closing(session(url)) as next_one:
        assert url == first
        for table in ("pot", "scheme", "audit_entry"):
            assert next_one.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        next_one.execute(LEFT[0])
        assert next_one.execute("SELECT id FROM scheme").fetchone() == (1,)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER tr_audit_entry_delete ON audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE scheme DROP COLUMN name_nn",
        "DROP INDEX ix_case_file_call",
        "CREATE TABLE of_a_test (id integer)",
        "UPDATE alembic_version SET version_num = '0'",
        "DELETE FROM alembic_version",
    ],
)
def test_a_database_that_is_another_now_is_thrown_away(kept: Kept, change: str) -> None:
    first = leave(kept, lambda left: left.execute(change))
    with kept.emptied("migrated").database() as url:
        assert url != first


def test_who_still_holds_a_lock_is_ended_first(kept: Kept) -> None:
    with kept.emptied("migrated").database() as first:
        holder = session(first)
        holder.autocommit = False
        holder.execute(LEFT[0])
        holder.execute("LOCK TABLE scheme")
    with kept.emptied("migrated").database() as url:
        assert url == first
    with pytest.raises(psycopg.OperationalError):
        holder.execute("SELECT 1")
    holder.close()
