"""Files by their hash: whole or not there, tied to one database, opened by whom they are meant for."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.config import Missing
from app.db import db, writing
from app.documents import files, mark
from app.documents.actions import store
from app.documents.jobs import sweep
from app.documents.models import StoredFile
from app.documents.queries import read

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)
DAY = 24 * 60 * 60


def on_disk() -> list[Path]:
    """Every file below the directory but its mark."""
    return [p for p in files.directory().rglob("*") if p.is_file() and p.name != files.MARK]


def test_bytes_come_back_as_they_were(app: Flask) -> None:
    with app.app_context():
        sha256 = store(b"brev", "application/pdf", AT)
        assert read(sha256) == b"brev"


def test_the_same_bytes_are_kept_once(app: Flask) -> None:
    with app.app_context():
        assert store(b"brev", "application/pdf", AT) == store(b"brev", "application/pdf", AT)
        assert len(on_disk()) == 1
        assert len(list(db.session.scalars(sa.select(StoredFile)))) == 1


def test_changed_bytes_are_found_out(app: Flask) -> None:
    with app.app_context():
        sha256 = store(b"brev", "application/pdf", AT)
        files.place(sha256).write_bytes(b"bret")
        with pytest.raises(files.Damaged):
            read(sha256)
        files.place(sha256).unlink()
        with pytest.raises(files.Damaged):
            read(sha256)


def test_a_full_disk_leaves_nothing_half_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with app.app_context():
        store(b"before", "text/plain", AT)
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            store(b"brev", "application/pdf", AT)
        assert len(on_disk()) == 1
        assert len(list(db.session.scalars(sa.select(StoredFile)))) == 1


def test_another_databases_directory_is_refused(app: Flask) -> None:
    with app.app_context():
        files.set_mark("somebody else's")
        with pytest.raises(Missing, match="another database"):
            store(b"brev", "application/pdf", AT)
        mark_free = not files.place(files.address(b"brev")).exists()
        assert mark_free


def test_an_empty_directory_is_refused_once_the_database_knows_files(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        store(b"brev", "application/pdf", AT)
        files.directory().rename(tmp_path / "unmounted")
        with pytest.raises(Missing, match="not there"):
            mark.claim()
        (tmp_path / "unmounted").rename(files.directory())
        mark.claim()


def test_the_sweep_takes_only_what_nobody_points_at_and_only_after_a_day(app: Flask) -> None:
    with app.app_context():
        kept = store(b"brev", "application/pdf", AT)
        mark.claim()
        orphan, half = files.put(b"orphan"), files.directory() / "incoming" / "half"
        half.write_bytes(b"ha")
        young = files.put(b"young")
        for path in (files.place(kept), files.place(orphan), half):
            two_days_ago = path.stat().st_mtime - 2 * DAY
            os.utime(path, (two_days_ago, two_days_ago))
        assert sweep(AT) == 2
        assert files.is_there(kept)
        assert files.is_there(young)
        assert not files.is_there(orphan)
        assert not half.exists()
        assert sweep(AT) == 0


def test_bytes_stored_again_while_the_sweep_ran_are_written_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        really = files.put
        taken: list[str] = []

        def put(data: bytes) -> str:
            sha256 = really(data)
            if not taken:
                taken.append(sha256)
                files.place(sha256).unlink()
            return sha256

        monkeypatch.setattr(files, "put", put)
        assert read(store(b"brev", "application/pdf", AT)) == b"brev"


def test_a_file_row_is_never_changed(app: Flask) -> None:
    with app.app_context():
        store(b"brev", "application/pdf", AT)
        with pytest.raises(sa.exc.IntegrityError), writing() as session:
            session.execute(sa.update(StoredFile).values(size=1))
