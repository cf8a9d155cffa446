"""The import contracts hold, and each is seen to fail on a planted breach."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PROGRAM, ROOT

# Contract, the file a line is planted in, the line.
BREACHES = {
    "rooms": ("rooms", "app/values/planted.py", "import app.db"),
    "a room nobody listed": ("rooms", "app/planted/__init__.py", '"""A room without a place."""'),
    "two rooms side by side": ("rooms", "app/spreadsheet.py", "import app.page_output"),
    "inside": ("inside", "app/audit/models.py", "import app.audit.actions"),
    "a room's notices": ("inside", "app/audit/queries.py", "import app.audit.notices"),
    "forms": ("forms", "forms/planted.py", "import app.db"),
    "letters": ("letters", "letters/planted.py", "import app.db"),
    "pure": ("pure", "app/audit/domain.py", "import sqlalchemy"),
    "http": ("http", "app/audit/actions.py", "from flask import request"),
    "timetable": ("timetable", "app/audit/actions.py", "import apscheduler"),
    "sheet": ("sheet", "app/audit/actions.py", "import reportlab"),
    "renderers": ("renderers", "app/audit/actions.py", "import letters"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's source, to plant in."""
    for folder in PROGRAM:
        ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "*.po")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path, *contracts: str) -> tuple[int, str]:
    """Run import-linter there; gives its exit code and words."""
    limit = [part for contract in contracts for part in ("--contract", contract)]
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
        *limit,
    ]
    environment = {"PYTHONPATH": str(folder)}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_every_contract_holds(copy: Path) -> None:
    code, words = lint(copy)
    assert code == 0, words


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_found(breach: str, copy: Path) -> None:
    contract, name, line = BREACHES[breach]
    planted = copy / name
    planted.parent.mkdir(parents=True, exist_ok=True)
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n{line}\n", encoding="utf-8")
    if contract == "inside":
        (copy / "app/audit/actions.py").touch()
        (copy / "app/audit/notices.py").touch()
    code, words = lint(copy, contract)
    assert code == 1, words
    assert "0 kept, 1 broken" in words, words


def test_every_contract_has_a_breach() -> None:
    listed = set(re.findall(r'^id = "(\w+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == {contract for contract, _, _ in BREACHES.values()}


# Foundations and the outer rooms have files of their own shape; what they may see, «rooms» tells.
FREE = {
    "access",
    "audit",
    "db",
    "demo",
    "desk",
    "dispatch",
    "documents",
    "flow",
    "jobs",
    "parties",
    "public",
    "values",
    "web",
}


def test_every_file_of_a_room_has_its_place() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    inside = text[text.index('id = "inside"') : text.index('id = "forms"')]
    placed = {"__init__", *re.findall(r"\((\w+)\)", inside)}
    beside = {*FREE, "__pycache__"}
    rooms = [path.parent for path in (ROOT / "app").glob("*/models*") if path.parent.name not in beside]
    names = {f"{room.name}/{path.stem}" for room in rooms for path in room.iterdir() if path.stem != "__pycache__"}
    assert len(rooms) > 8
    lost = {name for name in names if name.partition("/")[2] not in placed}
    assert not lost, f"give them a place among the layers inside a room (pyproject.toml): {lost}"
