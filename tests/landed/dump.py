"""The demo season as a landed version left it: rows as text, so that one dump fills either database.

`make dump-season` writes `season_REVISION.json.gz` of the version that is here: run once before a migration lands on
top of what people have. The test lays it in a database migrated only so far, and brings that to the newest schema.
"""

import gzip
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

HERE = Path(__file__).parent
Told = dict[str, dict[str, list[Any]]]
# SQLite's word index keeps tables of its own; triggers fill it.
OWN_TABLES = ("search_fts", "alembic_version", "sqlite_")


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """The database's own tables, parents first."""
    found = sa.MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(OWN_TABLES))
    return found.sorted_tables


def read(engine: sa.Engine) -> Told:
    """Every row of the database, as text."""
    with engine.connect() as connection:
        tables = tables_of(connection)
        told = {
            table.name: {
                "columns": [column.name for column in table.columns],
                "rows": [list(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))],
            }
            for table in tables
        }
    found: Told = json.loads(json.dumps(told, default=_written))
    return found


def write(address: str) -> Path:
    """Dump the database at `address` under the name of its revision; gives the file."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    text = json.dumps(read(engine), ensure_ascii=False, separators=(",", ":"))
    engine.dispose()
    path = HERE / f"season_{revision}.json.gz"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def lay(engine: sa.Engine, revision: str) -> dict[str, int]:
    """Migrate an empty database to `revision` and fill it with that version's season; gives rows by table."""
    from app.db.migrate import upgrade

    upgrade(engine, revision)
    told = json.loads(gzip.decompress((HERE / f"season_{revision}.json.gz").read_bytes()))
    fill(engine, told)
    return {name: len(table["rows"]) for name, table in told.items()}


def fill(engine: sa.Engine, told: Told) -> None:
    """Lay the rows in an empty database of the same tables."""
    with engine.begin() as connection:
        unguard, guard = _guards(connection)
        for statement in unguard:
            connection.exec_driver_sql(statement)
        for table in tables_of(connection):
            rows = told[table.name]["rows"]
            if rows:
                _insert(connection, table, [_read(table, told[table.name]["columns"], row) for row in rows])
        for statement in guard:
            connection.exec_driver_sql(statement)
        _number_on(connection)


def _written(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def _read(table: sa.Table, names: list[str], row: list[Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, value) for name, value in zip(names, row, strict=True)}


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        # JSON's own null would be stored as the word «null».
        return sa.null() if isinstance(kind, sa.JSON) else None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return bool(value) if isinstance(kind, sa.Boolean) else value


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """The rows, and after them what points at a later one of the same table: a person at their superior."""
    own = {fk.parent.name for fk in table.foreign_keys if fk.column.table is table}
    connection.execute(sa.insert(table), [{name: row[name] for name in row if name not in own} for row in rows])
    pointing = [row for row in rows if any(row[name] is not None for name in own)]
    if pointing:
        key = table.c.id == sa.bindparam("key")
        values = {name: sa.bindparam(f"to_{name}") for name in own}
        told = [{"key": row["id"], **{f"to_{name}": row[name] for name in own}} for row in pointing]
        connection.execute(sa.update(table).where(key).values(values), told)


def _guards(connection: sa.Connection) -> tuple[list[str], list[str]]:
    """What takes away the triggers that refuse a row, and puts them back: a row is laid as it ended."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
        found = connection.exec_driver_sql(query).all()
        return [f"DROP TRIGGER {row.name}" for row in found], [row.sql for row in found]
    query = (
        "SELECT t.tgname AS name, t.tgrelid::regclass AS tbl FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND strpos(p.prosrc, 'RAISE EXCEPTION') > 0"
    )
    named = [(row.tbl, row.name) for row in connection.exec_driver_sql(query)]
    turn = [[f"ALTER TABLE {table} {how} TRIGGER {name}" for table, name in named] for how in ("DISABLE", "ENABLE")]
    return turn[0], turn[1]


def _number_on(connection: sa.Connection) -> None:
    """PostgreSQL's own numbers go on after the rows laid in."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables_of(connection):
        for column in table.primary_key:
            name = connection.scalar(sa.func.pg_get_serial_sequence(table.name, column.name))
            if name:
                highest = connection.scalar(sa.select(sa.func.max(column))) or 0
                connection.execute(sa.select(sa.func.setval(name, highest + 1, sa.false())))


def _season(folder: Path) -> str:
    """The address of a demo season made now."""
    from tests import schema

    url = f"sqlite:///{folder / 'season.db'}"
    schema.build_season(url, folder / "files")
    return url


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(write(_season(Path(made))))
