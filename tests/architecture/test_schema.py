"""The migrations make exactly what the models say, with CHECK constraints and triggers, on both databases."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import schema

pytestmark = pytest.mark.skipif(
    not any((schema.ROOT / "migrations" / "versions").glob("*.py")), reason="no migration is written yet"
)


@pytest.fixture
def empty(dialect: str, tmp_path: Path) -> Iterator[list[str]]:
    """The addresses of two empty databases."""
    if dialect == "sqlite":
        yield [f"sqlite:///{tmp_path / name}.db" for name in ("models", "migrations")]
        return
    server = schema.server()
    names = [f"empty_{uuid4().hex}" for _ in range(2)]
    with closing(server.connect()) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield [server.url(name) for name in names]
    for name in names:
        server.drop(name)


def test_migrations_make_what_the_models_say(empty: list[str]) -> None:
    from_models, from_migrations = empty
    schema.create_from_models(from_models)
    schema.migrate(from_migrations)
    wanted, made = described(from_models), described(from_migrations)
    missing = sorted(wanted - made)
    extra = sorted(made - wanted)
    assert not missing, f"the migrations lack: {missing}; and have instead: {extra}"
    assert not extra, f"the models lack: {extra}"


def test_a_dropped_check_or_trigger_is_seen(empty: list[str], dialect: str) -> None:
    url = empty[0]
    schema.create_from_models(url)
    before = described(url)
    engine = sa.create_engine(url)
    table = " ON audit_entry" if dialect == "postgresql" else ""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER tr_audit_entry_delete{table}")
        if dialect == "postgresql":
            connection.exec_driver_sql("ALTER TABLE audit_entry DROP CONSTRAINT ck_audit_entry_seq_positive")
    engine.dispose()
    kinds = {line.split(" ")[0] for line in before - described(url)}
    assert kinds == ({"check", "trigger"} if dialect == "postgresql" else {"trigger"})


def described(url: str) -> set[str]:
    """Every table, column, key, index, check, trigger and function of a database as a line of its own."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        lines = set(_tables(connection)) | set(_code(connection))
    engine.dispose()
    return {line for line in lines if "alembic_version" not in line}


def _tables(connection: sa.Connection) -> Iterator[str]:
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        yield f"table {table}"
        for c in inspector.get_columns(table):
            yield f"column {table}.{c['name']} {c['type']!r} null={c['nullable']} default={_plain(str(c['default']))}"
        key = inspector.get_pk_constraint(table)
        yield f"key {table} {key['name']} {key['constrained_columns']}"
        for f in inspector.get_foreign_keys(table):
            target = f"{f['referred_table']}{f['referred_columns']} {f['options']}"
            yield f"reference {table} {f['name']} {f['constrained_columns']} {target}"
        for u in inspector.get_unique_constraints(table):
            yield f"unique {table} {u['name']} {u['column_names']}"
        for k in inspector.get_check_constraints(table):
            yield f"check {table} {k['name']} {_plain(k['sqltext'])}"


_CODE = {
    "sqlite": "SELECT type || ' ' || name || ' ' || sql FROM sqlite_master"
    " WHERE type IN ('trigger', 'index') AND sql IS NOT NULL OR sql LIKE 'CREATE VIRTUAL%'",
    "postgresql": """
        SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
          WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
        UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index
          WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    """,
}


def _code(connection: sa.Connection) -> Iterator[str]:
    for (text,) in connection.exec_driver_sql(_CODE[connection.dialect.name]):
        yield _plain(text)


def _plain(sql: str) -> str:
    """SQL with spaces and quotes that mean nothing taken away."""
    return re.sub(r"\s+", " ", sql).replace('"', "").replace("( ", "(").replace(" )", ")").strip()
