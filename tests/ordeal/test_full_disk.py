"""A real disk of one megabyte that fills up, where this machine lets us mount one."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.documents import actions, files
from app.documents.models import StoredFile
from tests import factories


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    ran = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if ran.returncode:
        pytest.skip("only root may mount a disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_takes_whole_files_or_none(app: Flask, small_disk: Path) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], files_dir=small_disk / "files")
    with app.app_context():
        stored: list[str] = []
        with pytest.raises(OSError, match="No space left"):
            _fill(stored)
        assert 5 <= len(stored) <= 10
        assert sorted(db.session.scalars(sa.select(StoredFile.sha256))) == sorted(stored)
        assert all(len(files.get(sha256)) == 100_000 for sha256 in stored)
        on_disk = [p for p in files.directory().rglob("*") if p.is_file() and p.name != files.MARK]
        assert sorted(p.name for p in on_disk) == sorted(stored)
        db.session.remove()


def _fill(stored: list[str]) -> None:
    """Files of a tenth of the disk, until one does not fit; far more than it can hold."""
    for _ in range(30):
        stored.append(actions.store(os.urandom(100_000), "application/pdf", factories.AT))
