"""Files that are written by machine: locks without addresses, a catalogue without holes, migrations as they landed.

`python -m tests.architecture.test_files` (`make landed`) adds the seals of new migrations; it never changes one.
"""

import hashlib
import re

from app.translations import catalogue
from tests.architecture.source import ROOT

LANDED = ROOT / "migrations" / "landed.sha256"


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


def sealed() -> dict[str, str]:
    """The hash of each landed migration, by its file's name; written as sha256sum writes it."""
    lines = (line.split() for line in LANDED.read_text(encoding="utf-8").splitlines())
    return {name: seal for seal, name in lines}


def seals() -> dict[str, str]:
    """The hash of each migration as it is now."""
    paths = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def rewritten(landed: dict[str, str], now: dict[str, str]) -> list[str]:
    """Landed migrations that are changed, renamed or gone: a database that ran them will not run them again."""
    return [name for name, seal in landed.items() if now.get(name) != seal]


def test_a_landed_migration_is_never_rewritten() -> None:
    changed, new = rewritten(sealed(), seals()), seals().keys() - sealed().keys()
    assert not changed, (
        f"{changed}: put it back as it landed and write a new migration."
        f" One that never landed: take its line out of {LANDED.name} and run: make landed"
    )
    assert not new, f"{sorted(new)}: run: make landed"


def test_a_rewritten_migration_is_found() -> None:
    landed = {"0001_a.py": "one", "0002_b.py": "two", "0003_c.py": "three"}
    assert rewritten(landed, {"0001_a.py": "one", "0002_b.py": "other", "0004_d.py": "new"}) == [
        "0002_b.py",
        "0003_c.py",
    ]


def seal_new() -> None:
    """Add the hash of each migration that has none."""
    landed = sealed() if LANDED.exists() else {}
    lines = [f"{seal}  {name}\n" for name, seal in {**seals(), **landed}.items()]
    LANDED.write_text("".join(sorted(lines, key=lambda line: line.split()[1])), encoding="utf-8")


if __name__ == "__main__":
    seal_new()
