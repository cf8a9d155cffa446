"""Bringing a database to the newest schema, and writing the next migration."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import renderers
from alembic.config import Config
from alembic.operations.ops import CreateTableOp, MigrateOperation, MigrationScript

from app.db.base import Base

ROOT = Path(__file__).resolve().parents[2]


def to_newest(engine: sa.Engine) -> None:
    """Run every migration that is missing."""
    upgrade(engine, "head")


def upgrade(engine: sa.Engine, revision: str) -> None:
    """Run the migrations that are missing up to this revision."""
    with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if lite:
            # SQLite changes a CHECK by making the table anew: references are proven after, not meanwhile. The switch
            # only works outside a transaction, so it goes straight to the driver.
            _driver(connection).execute("PRAGMA foreign_keys=OFF")
        command.upgrade(_config(connection), revision)
        if lite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"the migration left rows that point at nothing: {broken[:10]}")
        connection.commit()
        if lite:
            _driver(connection).execute("PRAGMA foreign_keys=ON")


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def write_next(engine: sa.Engine, revision: str, message: str) -> None:
    """Write a migration for what the models have and the database lacks, with the triggers of new tables."""
    with engine.connect() as connection:
        command.revision(
            _config(connection),
            message=message,
            autogenerate=True,
            rev_id=revision,
            process_revision_directives=_triggers,
        )


def _config(connection: sa.Connection) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    return config


class OnDialect(MigrateOperation):
    """One statement for one database, as `on("sqlite", ...)` in the migration file."""

    def __init__(self, dialect: str, text: str) -> None:
        self.dialect = dialect
        self.text = text


@renderers.dispatch_for(OnDialect)
def _render(_context: object, operation: OnDialect) -> str:
    return f"on({operation.dialect!r}, {operation.text!r})"


def _triggers(context: object, revision: object, directives: list[MigrationScript]) -> None:
    """Autogenerate does not see triggers: add those of the tables this migration makes."""
    upgrade = directives[0].upgrade_ops
    if upgrade is None:
        return
    made = {op.table_name for op in upgrade.ops if isinstance(op, CreateTableOp)}
    for table in Base.metadata.sorted_tables:
        if table.name in made:
            for dialect, texts in table.info.get("triggers", {}).items():
                upgrade.ops += [OnDialect(dialect, text) for text in texts]
