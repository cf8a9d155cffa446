"""`verify-audit` tells how far the record reaches and which files are gone: an old copy does not pass as whole."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import commands, create_app
from app.audit.jobs import seal_heads
from app.db import db, writing
from app.documents import actions, files
from app.documents.domain.scopes import Scope
from app.documents.models import Direction
from app.values.clock import OSLO
from tests import factories


def laid(title: str, data: bytes) -> str:
    """A document with these bytes; gives their hash."""
    sha256 = actions.store(data, "application/pdf", factories.AT)
    with writing():
        actions.add_document(
            scope=Scope.PAYOUT_LIST,
            case=None,
            direction=Direction.OUT,
            kind="letter",
            title=title,
            filename="brev.pdf",
            sha256=sha256,
            language="nb",
            to_party=False,
            by=None,
            at=factories.AT,
        )
    return sha256


@pytest.fixture
def letters(app: Flask) -> list[str]:
    """Two letters in the record, both sealed."""
    with app.app_context():
        made = [laid("Vedtak", b"a letter"), laid("Kvittering", b"a receipt")]
        seal_heads(factories.AT)
        db.session.remove()
    return made


def verified(app: Flask) -> Result:
    return app.test_cli_runner().invoke(commands.verify_audit)


def test_a_whole_record_tells_how_far_it_reaches(app: Flask, letters: list[str]) -> None:
    ran = verified(app)
    assert ran.exit_code == 0, ran.output
    assert "Covers 2 entries in 1 streams" in ran.output
    moment = f"{factories.AT.astimezone(OSLO):%Y-%m-%d %H:%M:%S}"
    assert f"last entry: system no. 2, document.added, {moment} in Oslo." in ran.output
    assert "last checkpoint: no. 1, " in ran.output
    assert "Files: 2 known, of 2 documents; 0 missing, 0 damaged." in ran.output


def test_files_that_are_gone_or_changed_are_named(app: Flask, letters: list[str]) -> None:
    with app.app_context():
        files.place(letters[0]).unlink()
        files.place(letters[1]).write_bytes(b"another")
        db.session.remove()
    ran = verified(app)
    assert ran.exit_code == 1
    assert "1 missing, 1 damaged" in ran.output
    assert f"missing: {letters[0]} (Vedtak)" in ran.output
    assert f"damaged: {letters[1]} (Kvittering)" in ran.output


def test_another_databases_files_are_seen(app: Flask, letters: list[str]) -> None:
    with app.app_context():
        files.set_mark("another")
        db.session.remove()
    ran = verified(app)
    assert ran.exit_code == 1
    assert "not this database's directory" in ran.output


def test_an_empty_record_is_whole(app: Flask) -> None:
    ran = verified(app)
    assert ran.exit_code == 0
    assert "it is empty" in ran.output


def test_a_copy_without_the_write_ahead_log_shows_that_it_is_old(
    app: Flask, letters: list[str], tmp_path: Path
) -> None:
    """The newest letter stands in the log beside the file; the file alone is whole, but older."""
    with app.app_context():
        path = Path(db.engine.url.database or "")
        with closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        laid("Det nyeste", b"the newest")
        copy = tmp_path / "copy.db"
        shutil.copyfile(path, copy)
        db.session.remove()
    old = create_app(replace(app.config["SETTINGS"], database_url=f"sqlite:///{copy}"))
    ran = verified(old)
    assert "last entry: system no. 2, " in ran.output
    assert "1 files lie there that this database does not know" in ran.output
    with old.app_context():
        db.engine.dispose()
    assert "last entry: system no. 3, " in verified(app).output
