"""Names stand in Norwegian order everywhere: no list is sorted by the name itself."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import parsed, python_files, short

NAMES = {
    "about", "display_name", "gp_name", "health_community", "name", "name_nb", "name_nn", "officer_name", "party_name",
    "post_town", "recipient", "title", "title_nb", "title_nn",
}  # fmt: skip
PLANTED = [
    "query.order_by(User.name, User.id)",
    "query.order_by(PilotArea.name.desc())",
    "people = sorted(people, key=lambda person: person.name)",
    "rows.sort(key=lambda row: (row.due_on, row.party_name))",
    "first = min(areas, key=lambda area: area.name)",
]


def sorted_by_a_bare_name(tree: ast.AST) -> Iterator[int]:
    """Lines that put something in order by a name and not by its sort key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            told = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = node.args if told == "order_by" else [k.value for k in node.keywords if k.arg == "key"]
            if told in {"order_by", "sorted", "sort", "min", "max"} and any(_bare(each) for each in given):
                yield node.lineno


def _bare(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sort_key":
        return False
    named = isinstance(node, ast.Attribute) and node.attr in NAMES
    return named or any(_bare(child) for child in ast.iter_child_nodes(node))


def test_no_list_is_in_the_order_of_code_points() -> None:
    found = [f"{short(p)}:{line}" for p in python_files("app", "forms") for line in sorted_by_a_bare_name(parsed(p))]
    assert not found, f"sort by the stored key, or by app.values.sortkeys.sort_key(): {found}"


@pytest.mark.parametrize("plant", PLANTED)
def test_the_habit_is_seen_to_be_broken(plant: str) -> None:
    assert list(sorted_by_a_bare_name(ast.parse(plant))) == [1]


def test_a_sort_key_is_no_bare_name() -> None:
    assert not list(sorted_by_a_bare_name(ast.parse("sorted(people, key=lambda person: sort_key(person.name))")))
