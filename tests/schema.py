"""Template databases, made once for each test run by running the migrations."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from psycopg import sql

from tests import drivers

if TYPE_CHECKING:
    from app.config import Settings

ROOT = Path(__file__).resolve().parents[1]
# The moment a demo begins at (app.config.DEMO_START), in UTC.
SEASON_AT = datetime(2025, 2, 10, 8, 0, tzinfo=UTC)
# While a table is being written its migration may not exist yet: `TILSAGN_TEST_SCHEMA=models` builds from the models.
FROM_MODELS = os.environ.get("TILSAGN_TEST_SCHEMA") == "models"


def migrate(url: str) -> None:
    """Bring a database to the newest schema, as an installation does."""
    import app.models  # noqa: F401 - fills the metadata
    from app.db.migrate import to_newest
    from app.db.session import watch

    engine = sa.create_engine(url)
    watch(engine)
    to_newest(engine)
    engine.dispose()


def create_from_models(url: str) -> None:
    """Build a database from the models alone: what the migrations must equal."""
    import app.models  # noqa: F401 - fills the metadata
    from app.db import Base

    engine = sa.create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


def template(dialect: str, name: str = "migrated") -> str:
    """The template's name on PostgreSQL, its file on SQLite: made by the first who asks. `name` may be "season"."""
    build = {"migrated": _build_schema, "season": _build_season}[name]
    done = drivers.shared_folder() / f"{dialect}-{name}"
    with drivers.locked(f"{dialect}-{name}"):
        if not done.exists():
            _make(dialect, name, build)
            done.touch()
    return str(_file(name)) if dialect == "sqlite" else f"template_{name}"


def copy_of(dialect: str, name: str, target: Path, copied: str) -> str:
    """A database of a test's own; gives its address. `copied` names it on PostgreSQL, `target` on SQLite."""
    source = template(dialect, name)
    if dialect == "sqlite":
        return drivers.copy_sqlite(Path(source), target)
    return server().copy(source, copied)


def server() -> drivers.PostgresServer:
    """The server of this run, started."""
    return drivers.PostgresServer(drivers.shared_folder()).ensure_running()


def season_files() -> Path:
    """The files that belong to the season."""
    return drivers.shared_folder() / "season-files"


def settings_for(url: str, files: Path) -> "Settings":
    """Demo mode, for tests."""
    from app.config import Settings

    return Settings(
        database_url=url,
        files_dir=files,
        secret_key="only-for-tests-and-longer-than-32-bytes",
        demo=True,
        secure_cookies=False,
        testing=True,
    )


def _make(dialect: str, name: str, build: Callable[[str, str], None]) -> None:
    if dialect == "sqlite":
        build(dialect, f"sqlite:///{_file(name)}")
        with closing(sqlite3.connect(_file(name))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # one file holds everything
        return
    with closing(server().connect()) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"template_{name}")))
    build(dialect, server().url(f"template_{name}"))


def _build_schema(_dialect: str, url: str) -> None:
    if FROM_MODELS:
        create_from_models(url)
    else:
        migrate(url)


def _build_season(dialect: str, url: str) -> None:
    """Played once a run, on SQLite; its rows are laid on PostgreSQL, where `make ordeal` plays it too."""
    if dialect == "sqlite":
        build_season(url, season_files())
        return
    from tests.landed import dump

    _build_schema("", url)
    played, laid = sa.create_engine(f"sqlite:///{template('sqlite', 'season')}"), sa.create_engine(url)
    dump.fill(laid, dump.read(played))
    played.dispose()
    laid.dispose()


def build_season(url: str, files: Path) -> None:
    """A database with the demo season, its files in `files`."""
    from app import create_app
    from app.db import db

    _build_schema("", url)
    made = create_app(settings_for(url, files))
    with made.app_context():
        try:
            play_season()
        finally:
            db.session.remove()
            db.engine.dispose()


def play_season() -> None:
    """The demo season, played through the program's own actions."""
    from app.db import clock, writing
    from app.demo import season

    with writing():
        clock.start_at(SEASON_AT)
    season.load(SEASON_AT)


def _file(name: str) -> Path:
    return drivers.shared_folder() / f"template-{name}.db"
