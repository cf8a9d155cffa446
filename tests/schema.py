"""Template databases, made once for each test run by running the migrations."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from tests import drivers

ROOT = Path(__file__).resolve().parents[1]
# While a table is being written its migration may not exist yet: `TILSAGN_TEST_SCHEMA=models` builds from the models.
FROM_MODELS = os.environ.get("TILSAGN_TEST_SCHEMA") == "models"


def migrate(url: str) -> None:
    """Bring a database to the newest schema, as an installation does."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def create_from_models(url: str) -> None:
    """Build a database from the models alone: what the migrations must equal."""
    import app.models  # noqa: F401 - fills the metadata
    from app.db import Base

    engine = sa.create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


def sqlite_template() -> Path:
    """A migrated database file to copy."""
    path = drivers.shared_folder() / "template.db"
    with drivers.locked("sqlite-template"):
        if not path.exists():
            fresh = path.with_suffix(".new")
            _build(f"sqlite:///{fresh}")
            with closing(sqlite3.connect(fresh)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # one file holds everything
            fresh.rename(path)
    return path


def postgres_template(server: drivers.PostgresServer) -> str:
    """The name of a migrated database to copy."""
    done = drivers.shared_folder() / "postgres-template"
    with drivers.locked("postgres-template"):
        if not done.exists():
            with closing(server.connect()) as connection:
                connection.execute("CREATE DATABASE template_migrated")
            _build(server.url("template_migrated"))
            done.touch()
    return "template_migrated"


def _build(url: str) -> None:
    if FROM_MODELS:
        create_from_models(url)
    else:
        migrate(url)
