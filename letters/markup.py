"""The small markup of `texts/` (README.md there), read into clauses of templates.

Values go into the templates after they are read, so nothing an applicant writes can be taken for markup.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from letters.errors import BadText

_CLAUSE = re.compile(r"== (\w+)(?: (if|unless) (\w+))?$")
_SHARED = re.compile(r"^<< ([\w.]+)$", re.MULTILINE)
_BLOCK = re.compile(r"\[\[(\w+)\]\]$")
_PARTS = re.compile(r"\{(\w+)\}|(\*\*)|([{}])")


@dataclass(frozen=True, slots=True)
class TextPart:
    """Words as they stand, or the name of a value."""

    text: str
    strong: bool
    value: bool = False


Template: TypeAlias = tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a clause: `heading`, `paragraph`, `bullet`, or `block` (then `name` says which)."""

    kind: str
    template: Template = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A named piece of a letter. Left out when `flag` is (not) set."""

    name: str
    items: tuple[Item, ...]
    flag: str = ""
    wanted: bool = True

    def holds(self, flags: frozenset[str]) -> bool:
        """Whether this letter has the clause."""
        return not self.flag or (self.flag in flags) is self.wanted


@dataclass(frozen=True, slots=True)
class Text:
    """A letter's words: its title and its clauses."""

    title: Template
    clauses: tuple[Clause, ...]


def template(words: str) -> Template:
    """Read one paragraph. Raises BadText for a lone brace or stress that does not end."""
    parts: list[TextPart] = []
    strong, place = False, 0
    for match in _PARTS.finditer(words):
        if match.start() > place:
            parts.append(TextPart(words[place : match.start()], strong))
        place = match.end()
        name, stars, brace = match.groups()
        if brace:
            raise BadText(f"a lone {brace} in {words!r}")
        if stars:
            strong = not strong
        else:
            parts.append(TextPart(name, strong, value=True))
    if strong:
        raise BadText(f"** without an end in {words!r}")
    if place < len(words):
        parts.append(TextPart(words[place:], strong))
    return tuple(parts)


def _item(lines: list[str]) -> Item:
    """One paragraph's lines as an item."""
    first = lines[0]
    block = _BLOCK.match(first)
    if block:
        return Item("block", name=block[1])
    if first.startswith("## "):
        return Item("heading", template(first[3:]))
    if first.startswith("- "):
        return Item("bullet", template(" ".join([first[2:], *lines[1:]])))
    return Item("paragraph", template(" ".join(lines)))


def _starts_item(line: str) -> bool:
    return line.startswith(("## ", "- ", "[["))


def _ends_item(lines: list[str]) -> bool:
    return bool(lines) and lines[0].startswith(("## ", "[["))


@lru_cache(maxsize=512)
def items(words: str) -> tuple[Item, ...]:
    """Read the inside of a clause: the files' own, or a paragraph edited in the program."""
    found: list[Item] = []
    lines: list[str] = []
    for line in [*(raw.strip() for raw in words.splitlines()), ""]:
        if lines and (not line or _starts_item(line) or _ends_item(lines)):
            found.append(_item(lines))
            lines = []
        if line:
            lines.append(line)
    return tuple(found)


def joined(source: str, shared: Callable[[str], str]) -> str:
    """A text with the clauses it shares with others («<< complaint») in their places."""
    return _SHARED.sub(lambda found: shared(found[1]), source)


def text(source: str) -> Text:
    """Read a whole file. Raises BadText."""
    lines = [line for line in source.splitlines() if not line.startswith("%")]
    head, *rest = re.split(r"^(?===)", "\n".join(lines), flags=re.MULTILINE)
    title = head.strip()
    if not title.startswith("# ") or "\n" in title:
        raise BadText("a text begins with its title: # Words")
    return Text(template(title[2:]), tuple(_clause(part) for part in rest))


def _clause(part: str) -> Clause:
    first, _, body = part.partition("\n")
    match = _CLAUSE.match(first.strip())
    if match is None:
        raise BadText(f"not a clause: {first!r}")
    name, word, flag = match.groups()
    return Clause(name, items(body), flag or "", word != "unless")
