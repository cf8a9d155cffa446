"""What people are shown comes by one way: dates by the local formatter, and behaviour never hangs on a sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, parsed, python_files

# A date shown by anything else is UTC's day, or a form of its own.
_BY_HAND = re.compile(r"\bstrftime\b|\bisoformat\b|\.date\(\)|\b\w*_(?:at|on)\s*\[")
_SHOWS = ("routes", "exports")


def by_hand(text: str) -> list[str]:
    """Each place in this text where a date is formed by hand."""
    return _BY_HAND.findall(text)


def sentences_compared(tree: ast.AST) -> Iterator[str]:
    """Every text with a blank or a Norwegian letter that this code compares with: people's words, which may change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.Constant) and isinstance(side.value, str) and _is_words(side.value):
                    yield side.value


def _is_words(text: str) -> bool:
    return " " in text.strip() or bool(re.search("[æøåÆØÅ]", text))


def test_no_page_forms_a_date_by_hand() -> None:
    shown = [p for p in python_files("app") if any(name in (*p.parts, p.stem) for name in _SHOWS)]
    pages = [*shown, *(ROOT / "app" / "templates").rglob("*.html")]
    assert len(pages) > 100
    found = {str(p.relative_to(ROOT)): by_hand(p.read_text(encoding="utf-8")) for p in pages}
    assert {name: places for name, places in found.items() if places} == {}
    assert by_hand("row.made_at.date()") == [".date()"]
    assert by_hand("{{ case.due_on[:10] }} {{ at.strftime('%d') }}") == ["due_on[", "strftime"]


def test_nothing_hangs_on_a_sentence() -> None:
    found = {(str(p.relative_to(ROOT)), text) for p in python_files("app", "forms") for text in _in(p)}
    # What a program of others says on its line, word for word (clamd's protocol).
    assert found == {("app/documents/virus.py", "stream: OK")}
    assert list(sentences_compared(ast.parse('any("først svare" in reason.text for reason in reasons)'))) == [
        "først svare"
    ]


def _in(path: Path) -> Iterator[str]:
    return sentences_compared(parsed(path))
