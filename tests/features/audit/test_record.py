"""The sealed record: whole when whole, and every kind of tampering is seen."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actions import add_user
from app.audit import queries, record
from app.audit.jobs import seal_heads, verify
from app.audit.models import AuditEntry, AuditHead
from app.audit.verify import faults
from app.db import db, writing
from tests.factories import AT


def _write(app: Flask, users: int = 3) -> None:
    with writing():
        for n in range(users):
            add_user(f"person{n}", f"Person {n}", "x", by=None, at=AT)


def _tamper(*statements: str) -> None:
    """As somebody with the database in their hands would: triggers off first."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET session_replication_role = replica"))
        else:
            for name in ("tr_audit_entry_update", "tr_audit_entry_delete", "tr_audit_checkpoint_delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(sa.text(statement))
    db.session.remove()


def test_an_untouched_record_is_whole(app: Flask) -> None:
    with app.app_context():
        _write(app)
        assert seal_heads(AT) == 3
        assert verify(AT) == 3


def test_sealing_again_without_news_adds_nothing(app: Flask) -> None:
    with app.app_context():
        _write(app)
        seal_heads(AT)
        assert seal_heads(AT + timedelta(minutes=5)) == 0


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET by_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(app: Flask, statement: str) -> None:
    with app.app_context():
        _write(app)
        with pytest.raises(sa.exc.IntegrityError), writing() as session:
            session.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (
            ["UPDATE audit_entry SET by_name = 'Mallory' WHERE seq = 1 AND stream = 'person:2'"],
            "does not match its seal",
        ),
        (["DELETE FROM audit_entry WHERE stream = 'person:2' AND seq = 1"], "is missing"),
        (["DELETE FROM audit_entry WHERE stream = 'person:2' AND seq = 2"], "head says 2, entries end at 1"),
        (
            [
                "DELETE FROM audit_entry WHERE stream = 'person:2' AND seq = 2",
                "UPDATE audit_head SET seq = 1, seal = (SELECT seal FROM audit_entry WHERE stream = 'person:2')"
                " WHERE stream = 'person:2'",
            ],
            "no longer holds entry 2 as it was",
        ),
    ],
)
def test_tampering_shows(app: Flask, statements: list[str], told: str) -> None:
    with app.app_context():
        _write(app)
        with writing():
            record("person:2", "access.logged_in", {}, by=None, at=AT)
        seal_heads(AT)
        db.session.remove()
        _tamper(*statements)
        found = list(faults())
        assert any(told in fault for fault in found), found


def test_an_event_outside_the_catalogue_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="no such event"), writing():
        record("system", "made.up", {}, by=None, at=AT)


def test_a_fact_too_many_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="carries"), writing():
        record("system", "access.logged_in", {"password": "demo"}, by=None, at=AT)


def test_who_is_beaten_to_a_new_stream_comes_after(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another is the first in it between our look and our own first entry; on SQLite they wait, and come after us."""
    locked = queries.locked_heads

    def tell(*streams: str) -> None:
        with writing():
            for stream in streams:
                record(stream, "access.logged_in", {}, by=None, at=AT)
                record(stream, "access.logged_in", {}, by=None, at=AT)

    def other() -> None:
        with app.app_context():
            tell("person:2")
            db.session.remove()

    thread = Thread(target=other)

    def looked(streams: Sequence[str]) -> dict[str, tuple[int, str]]:
        found = locked(streams)
        if not thread.ident:
            monkeypatch.setattr(queries, "locked_heads", locked)
            thread.start()
            thread.join(1)
            assert thread.is_alive() == (db.engine.dialect.name == "sqlite")
        return found

    with app.app_context():
        monkeypatch.setattr(queries, "locked_heads", looked)
        tell("person:1", "person:2", "person:3")
        thread.join(20)
        assert [f"{e.stream} {e.seq}" for e in db.session.scalars(sa.select(AuditEntry).order_by("stream", "seq"))] == [
            "person:1 1", "person:1 2", "person:2 1", "person:2 2", "person:2 3", "person:2 4", "person:3 1",
            "person:3 2",
        ]  # fmt: skip
        assert sorted(db.session.scalars(sa.select(AuditHead.seq))) == [2, 2, 4]
        assert list(faults()) == []
