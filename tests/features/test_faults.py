"""A full disk, a locked database, a database that is away: a reference for the person, the cause in the log."""

import errno
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.documents import actions as documents
from app.documents import files
from app.documents.models import StoredFile
from tests import factories
from tests.client import Client
from tests.hostile import client_of

REASON = "Jeg skrev dette lenge."


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """The program with a writer's patience of a twentieth of a second."""
    with app.app_context():
        factories.people()
        factories.frame()
        factories.recommended(number="T25-0001")
        db.session.remove()
        db.engine.dispose()
    impatient = create_app(replace(app.config["SETTINGS"], lock_wait_ms=50))
    impatient.test_client_class = Client
    # As a real installation: what no handler could answer becomes our own page, not a stack trace.
    impatient.config["PROPAGATE_EXCEPTIONS"] = False
    yield impatient
    with impatient.app_context():
        db.session.remove()
        db.engine.dispose()


def told(capfd: pytest.CaptureFixture[str], reference: str) -> str:
    """What the log says under this reference."""
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines() if line.startswith("{")]
    return " ".join(line["exception"] for line in lines if line.get("reference") == reference and "exception" in line)


def reference_on(text: str) -> str:
    found = re.search(r"Referansenummer: ([0-9a-f]{8})", text)
    assert found, text
    return found[1]


def test_a_locked_database_is_told_with_a_reference(house: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    client = client_of(house, "officer1")
    page = client.see("/saker/T25-0001/habilitet")
    with house.app_context():
        path = db.engine.url.database
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = page.press("Lagre svaret", answer="in_doubt", reason=REASON)
        other.execute("ROLLBACK")
    assert answer.status == 500
    assert REASON in answer.response.get_data(as_text=True)
    assert "database is locked" in told(capfd, reference_on(answer.text))
    with house.app_context():
        assert db.session.scalar(sa.text("SELECT count(*) FROM impartiality WHERE reason <> ''")) == 0
        db.session.remove()
    assert page.press("Lagre svaret", answer="in_doubt", reason=REASON).status == 200


def test_a_database_that_is_away_is_told_with_a_reference(house: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    client = client_of(house, "officer1")
    client.see("/saker")

    def away(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("connect", {}, Exception("the server went away"))

    with house.app_context():
        db.engine.dispose()
        sa.event.listen(db.engine, "do_connect", away)
    # What is nowhere is nowhere all the same, and is told so.
    assert client.see("/nowhere").status == 404
    for address in ("/saker", "/logg-inn"):
        page = client.see(address)
        assert page.status == 500, address
        assert "the server went away" in told(capfd, reference_on(page.text)), address
    with house.app_context():
        sa.event.remove(db.engine, "do_connect", away)
    assert client.see("/saker").status == 200


def test_a_full_disk_leaves_nothing_half_written(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with house.app_context():
        documents.mark.claim()
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            documents.store(b"a letter", "application/pdf", factories.AT)
        monkeypatch.setattr(os, "fsync", real)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0
        left = [path for path in files.directory().rglob("*") if path.is_file() and path.name != files.MARK]
        assert left == []
        sha256 = documents.store(b"a letter", "application/pdf", factories.AT)
        assert files.get(sha256) == b"a letter"
        db.session.remove()


def test_a_full_disk_under_the_database_is_told_with_a_reference(
    house: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    client = client_of(house, "officer1")
    page = client.see("/saker/T25-0001/habilitet")

    def full(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with house.app_context():
        sa.event.listen(db.engine, "commit", full)
        answer = page.press("Lagre svaret", answer="in_doubt", reason=REASON)
        sa.event.remove(db.engine, "commit", full)
    assert answer.status == 500
    assert "disk is full" in told(capfd, reference_on(answer.text))
    with house.app_context():
        assert db.session.scalar(sa.text("SELECT count(*) FROM impartiality WHERE reason <> ''")) == 0
        case = db.session.scalars(sa.select(Case)).one()
        assert case.status is Status.RECOMMENDED
        db.session.remove()
