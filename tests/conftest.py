"""Both databases, a fresh copy for every test, and clients that hold every page to the contract."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests import drivers, schema
from tests.client import Client, log_in

if TYPE_CHECKING:
    from flask import Flask

# Only these may open a socket, and only to this machine.
TALKING = ("journeys", "browser", "ordeal")
HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """The process that owns the run makes the folder all workers share."""
    if not hasattr(config, "workerinput"):
        drivers.sweep_abandoned()
        drivers.make_shared_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The owner ends last: it stops the server and removes the folder."""
    if not hasattr(config, "workerinput"):
        drivers.remove_shared_folder(drivers.shared_folder())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open sockets to this machine for the tests that drive a real server."""
    for item in items:
        if item.path.relative_to(HERE).parts[0] in TALKING:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost"]))


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: both, one after the other."""
    return str(request.param)


@pytest.fixture
def database(dialect: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test's own; it may commit as the program does."""
    if dialect == "sqlite":
        yield drivers.copy_sqlite(schema.sqlite_template(), tmp_path / "tilsagn.db")
        return
    server = drivers.PostgresServer(drivers.shared_folder()).ensure_running()
    name = f"test_{uuid4().hex}"
    yield server.copy(schema.postgres_template(server), name)
    server.drop(name)


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator["Flask"]:
    """The program in demo mode on this test's own database."""
    from app import create_app
    from app.config import Settings
    from app.db import db

    settings = Settings(
        database_url=database,
        files_dir=tmp_path / "files",
        secret_key="only-for-tests",
        demo=True,
        secure_cookies=False,
        testing=True,
    )
    made = create_app(settings)
    made.test_client_class = Client
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: "Flask") -> Client:
    """Somebody who is not logged in."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


@pytest.fixture
def client_for(app: "Flask") -> Callable[[str], Client]:
    """A client logged in as this demo account, which must be in the database."""

    def make(username: str) -> Client:
        made = app.test_client()
        assert isinstance(made, Client)
        log_in(made, username)
        return made

    return make
