"""The test databases themselves."""

from contextlib import closing

import pytest
import sqlalchemy as sa

from tests import drivers


@pytest.fixture
def server() -> drivers.PostgresServer:
    return drivers.PostgresServer(drivers.shared_folder()).ensure_running()


def test_postgresql_starts_with_nothing_but_pip_and_keeps_norwegian_letters(server: drivers.PostgresServer) -> None:
    with closing(server.connect()) as connection:
        row = connection.execute(
            "SELECT %s::text, current_setting('server_encoding')", ["Ærøy – Kárášjohka"]
        ).fetchone()
    assert row == ("Ærøy – Kárášjohka", "UTF8")


def test_a_copy_of_a_database_is_its_own(server: drivers.PostgresServer) -> None:
    with closing(server.connect()) as connection:
        connection.execute("CREATE DATABASE copied_from")
    with closing(server.connect("copied_from")) as connection:
        connection.execute("CREATE TABLE thing (name text)")
    copy = sa.create_engine(server.copy("copied_from", "copied_to"))
    with copy.begin() as changed:
        changed.execute(sa.text("INSERT INTO thing VALUES ('Åse')"))
        assert changed.scalar(sa.text("SELECT name FROM thing")) == "Åse"
    copy.dispose()
    with closing(server.connect("copied_from")) as connection:
        assert connection.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    server.drop("copied_to")
    server.drop("copied_from")


def test_the_server_listens_on_no_address(server: drivers.PostgresServer) -> None:
    with closing(server.connect()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
