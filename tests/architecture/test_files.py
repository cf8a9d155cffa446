"""Files that are written by machine: locks without addresses, a catalogue without holes."""

import re

from app.translations import catalogue
from tests.architecture.source import ROOT


def test_lock_files_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == len(re.findall(r'"node_modules/', lock))


def test_every_requirement_is_pinned_by_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for block in re.split(r"\n(?=[a-z])", text):
            first = block.splitlines()[0]
            assert first.startswith("#") or ("==" in first and "--hash=sha256:" in block), f"{name}: {first}"


def test_every_text_has_its_nynorsk() -> None:
    assert not catalogue.faults().lines()
