"""Both databases, a fresh copy for every test, and clients that hold every page to the contract."""

import gc
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests import drivers, quick, schema
from tests.client import Client, log_in
from tests.databases import databases_of

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser

    from tests.programs import Kept

# Only these may open a socket, and only to this machine.
TALKING = ("journeys", "browser", "ordeal")
HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """What this house's runs can be told."""
    parser.addoption("--quick", action="store_true", help="only what tests/quick.py chooses, on SQLite")
    parser.addoption("--shuffle", metavar="SEED", help="the tests in an order that this word draws")


def pytest_configure(config: pytest.Config) -> None:
    """The process that owns the run makes the folder all workers share."""
    config.addinivalue_line("markers", "own_program: the test adds to the program before it has been asked anything")
    config.addinivalue_line("markers", "own_database: other processes of the test write in it, or die there")
    if not hasattr(config, "workerinput"):
        drivers.sweep_abandoned()
        drivers.make_shared_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The owner ends last: it stops the server and removes the folder."""
    if not hasattr(config, "workerinput"):
        drivers.remove_shared_folder(drivers.shared_folder())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A quick run does not even read the others."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if config.option.quick and is_test and quick.left_out(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Open sockets to this machine for the tests that drive a real server; draw the order when that is asked for."""
    if seed := config.option.shuffle:
        items.sort(key=lambda item: hashlib.sha256(f"{seed} {item.nodeid}".encode()).digest())
    for item in items:
        if item.path.relative_to(HERE).parts[0] in TALKING:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost"]))


def pytest_collection_finish() -> None:
    """All that is loaded by now stays to the end: it is not gone through again and again for what nobody holds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs on the databases that tests/databases.py names for it."""
    chosen = [mark for mark in metafunc.definition.iter_markers("parametrize") if mark.args[0] == "dialect"]
    if "dialect" in metafunc.fixturenames and not chosen:  # test_databases says where to choose instead
        found = databases_of(metafunc.definition.nodeid)
        metafunc.parametrize("dialect", found[:1] if metafunc.config.option.quick else found, indirect=True)


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@contextmanager
def _database(request: pytest.FixtureRequest, kept: "Kept", dialect: str, template: str, folder: Path) -> Iterator[str]:
    if dialect == "sqlite":
        yield schema.copy_of(dialect, template, folder / "tilsagn.db", "")
    elif template == "migrated" and not _alone(request, "own_database"):
        with kept.emptied(template).database() as url:
            yield url
    else:
        name = f"test_{uuid4().hex}"
        yield schema.copy_of(dialect, template, folder, name)
        schema.server().drop(name)


@pytest.fixture(scope="session")
def kept() -> Iterator["Kept"]:
    """The program, and the databases, that this worker's tests use one after the other."""
    from tests.programs import Kept

    made = Kept()
    yield made
    made.end()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The worker's browser."""
    from tests.browser.house import launched

    with launched() as made:
        yield made


def _alone(request: pytest.FixtureRequest, marker: str) -> bool:
    return request.node.get_closest_marker(marker) is not None


@contextmanager
def _app(request: pytest.FixtureRequest, kept: "Kept", url: str, files: Path) -> Iterator["Flask"]:
    from tests.programs import Kept

    own = Kept() if _alone(request, "own_program") else None
    with (own or kept).program(url, files) as made:
        yield made
    if own is not None:
        own.end()


@pytest.fixture
def database(request: pytest.FixtureRequest, kept: "Kept", dialect: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own; it may commit as the program does."""
    with _database(request, kept, dialect, "migrated", tmp_path) as url:
        yield url


@pytest.fixture
def app(request: pytest.FixtureRequest, kept: "Kept", database: str, tmp_path: Path) -> Iterator["Flask"]:
    """The program in demo mode on this test's own, empty database."""
    with _app(request, kept, database, tmp_path / "files") as made:
        yield made


@pytest.fixture
def season(request: pytest.FixtureRequest, kept: "Kept", dialect: str, tmp_path: Path) -> Iterator["Flask"]:
    """The program with the demo season loaded, in a copy of this test's own."""
    with _database(request, kept, dialect, "season", tmp_path) as url:
        files = tmp_path / "files"
        if schema.season_files().exists():
            shutil.copytree(schema.season_files(), files)
        with _app(request, kept, url, files) as made:
            yield made


@pytest.fixture
def client(app: "Flask") -> Client:
    """Somebody who is not logged in."""
    return _client(app)


@pytest.fixture
def client_for(app: "Flask") -> Callable[[str], Client]:
    """A client logged in as this account, which must be in the database."""
    return lambda username: _client(app, username)


@pytest.fixture
def season_client_for(season: "Flask") -> Callable[[str], Client]:
    """A client logged in as this demo account, in the season."""
    return lambda username: _client(season, username)


def _client(app: "Flask", username: str | None = None) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    if username is not None:
        log_in(made, username)
    return made
