"""Values are plain Python, and money never meets a float or a division sign."""

import ast
import sys
from pathlib import Path

import pytest

VALUES = sorted(Path(__file__).parents[2].joinpath("app", "values").glob("*.py"))
# Tables kept by others: holidays, the check digits of numbers, and what an e-mail address may be.
ALLOWED = sys.stdlib_module_names | {"app", "holidays", "stdnum", "email_validator"}


def _trees() -> list[tuple[str, ast.AST]]:
    return [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in VALUES]


def _imported(tree: ast.AST) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize(("name", "tree"), _trees())
def test_values_import_values_the_standard_library_and_three_tables(name: str, tree: ast.AST) -> None:
    for module in _imported(tree):
        assert module.split(".")[0] in ALLOWED, f"{name} imports {module}"
        assert not module.startswith("app") or module.startswith("app.values"), f"{name} imports {module}"


@pytest.mark.parametrize(("name", "tree"), _trees())
def test_values_hold_no_float_and_no_division(name: str, tree: ast.AST) -> None:
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Div), f"{name} divides"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{name} holds a float"
        assert not (isinstance(node, ast.Name) and node.id in ("float", "round")), f"{name} uses {ast.dump(node)}"


def test_only_the_clock_reads_the_clock() -> None:
    for name, tree in _trees():
        calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert name == "clock.py" or not calls & {"now", "utcnow", "today"}, name
