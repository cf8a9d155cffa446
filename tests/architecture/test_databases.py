"""What is not run on PostgreSQL stands in one list, and the list is of tests that are there."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.databases import BOTH, SOME, WHOLE, databases_of

TESTS = {path.relative_to(ROOT / "tests").as_posix(): path for path in (ROOT / "tests").rglob("test_*.py")}


def test_every_entry_is_of_a_test_that_is_there_and_says_why() -> None:
    assert not (gone := (WHOLE.keys() | SOME.keys()) - TESTS.keys()), f"take out of tests/databases.py: {sorted(gone)}"
    for file, named in SOME.items():
        assert not (gone := named.keys() - _functions(TESTS[file])), f"take out of {file}: {sorted(gone)}"
    assert not WHOLE.keys() & SOME.keys()
    reasons = [*WHOLE.values(), *(reason for named in SOME.values() for reason in named.values())]
    assert all(10 < len(reason) < 120 for reason in reasons)


@pytest.mark.parametrize("file", sorted(SOME))
def test_a_listed_test_runs_on_sqlite_and_its_neighbours_on_both(file: str) -> None:
    assert all(databases_of(f"tests/{file}::{name}") == ("sqlite",) for name in SOME[file])
    assert databases_of(f"tests/{file}::test_another") == BOTH


def test_no_test_chooses_its_database_elsewhere() -> None:
    """A fixture of the name, or a mark with it."""
    choosing = [file for file, path in TESTS.items() if _chooses(path.read_text("utf-8"))]
    assert not choosing, f"say it in tests/databases.py: {choosing}"


def test_a_choice_is_seen() -> None:
    assert _chooses('@pytest.mark.parametrize("dialect", ["sqlite"])\ndef test_x(dialect): ...')
    assert _chooses("@pytest.fixture\ndef dialect(): ...")
    assert not _chooses('def test_x(dialect):\n    assert dialect == "sqlite"')


def _chooses(text: str) -> bool:
    nodes = list(ast.walk(ast.parse(text)))
    if any(isinstance(node, ast.FunctionDef) and node.name == "dialect" for node in nodes):
        return True
    calls = [
        node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
    ]
    named = [call.args[0] for call in calls if call.func.attr == "parametrize"]  # type: ignore[attr-defined]
    return any(isinstance(each, ast.Constant) and "dialect" in str(each.value).split(",") for each in named)


def _functions(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}
