"""Habits of the house that no linter knows: one door for status, one commit, whole øre, small files."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.source import PROGRAM, ROOT, parsed, python_files, short

LONGEST = 300
# Exceptions may only shrink; each with its reason.
LONGER: dict[str, int] = {}
NOUNLESS = {"common", "utils", "util", "helpers", "helper", "services", "service", "manager", "misc", "shared", "tools"}

Check = Callable[[ast.AST], Iterator[int]]


def status_set(tree: ast.AST) -> Iterator[int]:
    """Lines that set a status, by assignment, setattr or `.values(status=…)`."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign) else targets
        if any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets):
            yield node.lineno  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and (_is_setattr_status(node) or _is_values_status(node)):
            yield node.lineno


def _is_setattr_status(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1
    return named and isinstance(call.args[1], ast.Constant) and call.args[1].value == "status"


def _is_values_status(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Attribute) and call.func.attr == "values"
    return named and any(keyword.arg == "status" for keyword in call.keywords)


def commits(tree: ast.AST) -> Iterator[int]:
    """Lines that commit."""
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        # A commitment in the budget has its facts; the database's own commit takes none.
        if named and not node.args and not node.keywords:
            yield node.lineno


def ore_divided(tree: ast.AST) -> Iterator[int]:
    """Lines where øre meet `/` or float()."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and (_ore(node.left) or _ore(node.right)):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield from (node.lineno for argument in node.args if _ore(argument))


def _ore(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name == "ore" or name.endswith("_ore")


def selects(tree: ast.AST) -> Iterator[int]:
    """Lines that make a query."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            func = node.func
            name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
            if name == "select" and not (isinstance(func, ast.Attribute) and _called_on_form(func)):
                yield node.lineno


def _called_on_form(func: ast.Attribute) -> bool:
    return not (isinstance(func.value, ast.Name) and func.value.id in {"sa", "sqlalchemy", "db"})


def taken_once(tree: ast.AST) -> Iterator[int]:
    """Lines that import the database's own `once`, which knows neither who sent a form nor what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("app.db"):
            yield from (node.lineno for each in node.names if each.name == "once")


def address_read(tree: ast.AST) -> Iterator[int]:
    """Lines that take a visitor's address as the proxy wrote it, with a port or anything else."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("remote_addr", "access_route"):
            yield node.lineno


RULES: dict[str, tuple[Check, Callable[[str], bool], str, str]] = {
    "status has one door": (
        status_set,
        lambda p: p.startswith("app/") and not p.startswith("app/flow/"),
        "case.status = x",
        "app.flow.advance()",
    ),
    "only writing() commits": (
        commits,
        lambda p: p not in {"app/db/session.py", "app/db/migrate.py"},
        "db.session.commit()",
        "app.db.writing()",
    ),
    "øre are whole": (ore_divided, lambda p: True, "half = total_ore / 2", "app.values.money.split_percent()"),
    "a form is taken once by what it said": (
        taken_once,
        lambda p: p != "app/access/creating.py",
        "from app.db.session import once",
        "app.access.creating.once()",
    ),
    "an address is an address": (
        address_read,
        lambda p: p != "app/access/devices.py",
        "place = request.remote_addr",
        "app.access.devices.address()",
    ),
    "selects stand in queries": (
        selects,
        # A model's own column may be read by a select; db/ is the database's own door.
        lambda p: "/queries" not in p and "/models" not in p and not p.startswith("app/db/"),
        "rows = sa.select(Case)",
        "the room's queries",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_habit_is_kept(rule: str) -> None:
    check, applies, _plant, door = RULES[rule]
    paths = [path for path in python_files(*PROGRAM) if applies(short(path))]
    found = [f"{short(path)}:{line}" for path in paths for line in check(parsed(path))]
    assert not found, f"{rule}; use {door}: {found}"


@pytest.mark.parametrize("rule", RULES)
def test_the_habit_is_seen_to_be_broken(rule: str) -> None:
    check, _applies, plant, _door = RULES[rule]
    assert list(check(ast.parse(plant))) == [1]


@pytest.mark.parametrize("plant", ["setattr(case, 'status', x)", "update(Case).values(status=x)", "case.status += x"])
def test_a_status_is_not_set_by_a_back_door_either(plant: str) -> None:
    assert list(status_set(ast.parse(plant))) == [1]


def test_files_are_small() -> None:
    lengths = {short(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files(*PROGRAM, "tests")}
    too_long = {name: length for name, length in lengths.items() if length > LONGER.get(name, LONGEST)}
    assert not too_long, f"make it a folder with one file for each verb or table: {too_long}"
    assert not {name for name in LONGER if lengths.get(name, 0) <= LONGEST}, "the list of exceptions may shrink"


def test_a_class_says_what_it_is_a_row_or_a_part_of() -> None:
    found = [
        f"{short(path)}:{node.lineno}"
        for path in python_files(*PROGRAM)
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef) and node.name in {"Row", "Line", "Part"}
    ]
    assert not found, f"call it by what it holds, such as SummaryRow: {found}"


def test_every_room_has_a_noun_of_its_own() -> None:
    names = {part for path in python_files(*PROGRAM) for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & NOUNLESS


# What a status is, the row answers: `report.is_lacking`. A word in a page is found by nobody who renames it.
STATUS_WORD = re.compile(
    r"[\w.]*\b(?:status|state|step|outcome|verdict|declared|needs|goal|conclusion|track|direction|kind)(?:\.value)?"
    r" *(?:==|!=|\bnot in\b|\bin\b) *(?:[\"'][a-z_]+[\"']|\([\"'])"
)
# Words that a page has made itself: a macro's own state, how a value is to be shown.
OWN_WORDS = {"item.state ==", "row.kind ==", "row.kind in"}


def status_words(text: str) -> list[str]:
    """Where a template compares a status, a step or their like with a word."""
    found = [match[0] for match in STATUS_WORD.finditer(text)]
    return [each for each in found if not each.startswith(tuple(OWN_WORDS))]


def test_pages_ask_the_row_and_compare_no_status_with_a_word() -> None:
    templates = (ROOT / "app" / "templates").rglob("*.html")
    found = {short(path): words for path in templates if (words := status_words(path.read_text(encoding="utf-8")))}
    assert not found, f"let the row answer, such as report.is_lacking: {found}"


@pytest.mark.parametrize(
    "plant", ['{% if case.status == "draft" %}', "{% if line.status.value not in ('sent',) %}", '{{ step == "pay" }}']
)
def test_a_status_word_in_a_page_is_seen(plant: str) -> None:
    assert len(status_words(plant)) == 1


LONGEST_LINE = 160
# One text is one string, for the catalogue; beside it a line has its own room.
LONG_TEXT = re.compile(r'"[^"]{100,}"')


def long_lines(text: str) -> list[int]:
    """The lines of a template where a change would not show as a change."""
    return [n for n, line in enumerate(text.splitlines(), 1) if len(LONG_TEXT.sub("", line)) > LONGEST_LINE]


def test_a_line_of_a_template_shows_what_changes_in_it() -> None:
    templates = (ROOT / "app" / "templates").rglob("*.html")
    found = {short(path): lines for path in templates if (lines := long_lines(path.read_text(encoding="utf-8")))}
    assert not found, f"break it after a block, which prints no newline, or before one that strips it: {found}"


def test_a_long_line_is_seen() -> None:
    assert long_lines("short\n" + "{{ td(row) }}" * 20 + '\n{{ _("' + "a" * 300 + '") }}') == [2]


def names_the_frame_sets(text: str) -> set[str]:
    """What base.html sets for itself: a page's own fact of the same name would be lost in its blocks."""
    told = re.findall(r"^\{%-? set ([\w, ]+?) *=", text, re.MULTILINE)
    return {name.strip() for names in told for name in names.split(",")}


def test_no_page_is_given_a_fact_under_a_name_the_frame_sets() -> None:
    own = names_the_frame_sets((ROOT / "app" / "templates" / "base.html").read_text(encoding="utf-8"))
    assert own, "the frame sets nothing any more"
    found = [
        f"{short(path)}:{node.lineno} {keyword.arg}"
        for path in python_files("app")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"render_template", "drawn"}
        for keyword in node.keywords
        # An error page has no more than the frame it is given.
        if keyword.arg in own and short(path) != "app/errors.py"
    ]
    assert not found, f"the frame's own name stands in the page's blocks; call it something else: {found}"


def test_the_frames_names_are_read() -> None:
    assert names_the_frame_sets("{% set one, two = a(), b() %}\n{% set three = 3 %}\n<p>") == {"one", "two", "three"}
