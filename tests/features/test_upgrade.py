"""A demo that a landed version left comes to the newest schema with its rows, its seals and its pages."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import crawl, payable_rows, schema
from tests.architecture.test_schema import described
from tests.client import Client, log_in
from tests.landed import dump

LANDED = sorted(path.name.removeprefix("season_").removesuffix(".json.gz") for path in dump.HERE.glob("season_*.gz"))
# Tables a later version has no more: tries at logging in are counted elsewhere, and forgotten after an hour anyway.
GONE = {"login_failure"}
ROLES = ("officer1", "decider", "finance1", "admin", "bergen", "gp1")


@pytest.fixture
def empty(dialect: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'landed.db'}"
        return
    name = f"landed_{uuid4().hex}"
    with closing(schema.server().connect()) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield schema.server().url(name)
    schema.server().drop(name)


@pytest.mark.parametrize("landed", LANDED)
def test_a_landed_season_is_upgraded_with_all_it_holds(landed: str, empty: str, database: str, tmp_path: Path) -> None:
    from app import create_app
    from app.audit.verify import faults
    from app.db import db
    from app.db.search import hits
    from app.values.money import format_kr

    engine = sa.create_engine(empty)
    before = dump.lay(engine, landed)
    engine.dispose()
    schema.migrate(empty)
    assert described(empty) == described(database), "an upgraded database is not as a new one"
    app = create_app(schema.settings_for(empty, tmp_path / "files"))
    app.test_client_class = Client
    with app.app_context():
        assert list(faults()) == []
        lost = {
            name: count
            for name, count in before.items()
            if name not in GONE and db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) < count
        }
        assert not lost, "tables with fewer rows than before"
        assert payable_rows.wrong() == [], "what is to be paid is not as its rooms say"
        sent = db.session.execute(
            sa.text(
                "SELECT c.id, contact_email, granted_ore FROM application a JOIN case_file c ON c.id = a.case_id"
                " WHERE granted_ore > 0 AND contact_email <> '' ORDER BY c.id LIMIT 1"
            )
        ).one()
        for told in (sent.contact_email, format_kr(sent.granted_ore)):
            assert sent.id in db.session.scalars(hits(told)).all(), told
        db.session.remove()
        db.engine.dispose()


def test_its_pages_open_to_each_role(tmp_path: Path) -> None:
    from app import create_app

    url = f"sqlite:///{tmp_path / 'landed.db'}"
    engine = sa.create_engine(url)
    dump.lay(engine, LANDED[-1])
    engine.dispose()
    schema.migrate(url)
    app = create_app(schema.settings_for(url, tmp_path / "files"))
    app.test_client_class = Client
    wrong: list[str] = []
    for role in ROLES:
        client = app.test_client()
        assert isinstance(client, Client)
        log_in(client, role)
        pages = sum(page.status == 200 for page in crawl.walk(app, client, ["/"], wrong, differing=8))
        assert pages > 5, role
    assert not wrong, "\n".join(wrong)


def test_hands_are_filled_in_from_the_rows_and_from_what_the_record_remembers(empty: str) -> None:
    engine = sa.create_engine(empty)
    dump.lay(engine, LANDED[0])
    with engine.begin() as connection:
        decided = (
            "SELECT id, recommended_by, decided_by FROM case_file WHERE decided_by IS NOT NULL ORDER BY id LIMIT 1"
        )
        case_id, recommended_by, decided_by = connection.exec_driver_sql(decided).one()
        forgotten = f"SELECT id FROM user_account WHERE id NOT IN ({recommended_by}, {decided_by}) ORDER BY id LIMIT 1"
        earlier = connection.exec_driver_sql(forgotten).scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO audit_entry (id, stream, seq, at, by_id, by_name, event, facts, case_id, seal) VALUES"
            f" (999999, 'case:{case_id}', 999999, '2024-01-02 09:00:00', {earlier}, 'N', 'case.recommend', '{{}}',"
            f" {case_id}, 'x')"
        )
    schema.migrate(empty)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT hand, user_id FROM hand WHERE kind = 'case' AND thing_id = {case_id} ORDER BY hand, user_id"
        )
        hands = {(row.hand, row.user_id) for row in found}
        assert {("recommended", earlier), ("recommended", recommended_by), ("decided", decided_by)} <= hands
        told = {row.kind for row in connection.exec_driver_sql("SELECT DISTINCT kind FROM hand")}
        assert told >= {"account", "case", "claim", "payable", "rules"}
    engine.dispose()
