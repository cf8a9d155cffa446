"""Set-up: the design system's stylesheet cut to what the pages use, and static files compressed beside themselves.

`python -m app.web.styles SOURCE TARGET` cuts; the Makefile lets WhiteNoise compress what is there.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).parents[1]
_CLASS = re.compile(r"ds-[a-z]+(?:-[a-z]+)*")
_IN_SELECTOR = re.compile(r"\.(ds-[a-z]+(?:-[a-z]+)*)")


def used() -> set[str]:
    """The design system's classes that a template, a script or the program names."""
    places = [*APP.rglob("*.html"), *(APP / "static").glob("*.js"), *APP.rglob("*.py")]
    return {name for place in places for name in _CLASS.findall(place.read_text(encoding="utf-8"))}


def cut(sheet: str, names: set[str]) -> str:
    """The sheet without the blocks of components nobody uses.

    It is one `@layer` block a component. A block goes only when it is a component's and none of its classes is named;
    what stands outside, or styles plain elements, stays.
    """
    return "".join(part for part in _parts(sheet) if _is_kept(part, names))


def _parts(sheet: str) -> Iterator[str]:
    """The statements and blocks at the top, one by one."""
    depth = start = 0
    for found in re.finditer(r"[{};]", sheet):
        depth += {"{": 1, "}": -1, ";": 0}[found[0]]
        if depth == 0:
            yield sheet[start : found.end()]
            start = found.end()
    yield sheet[start:]


def _is_kept(part: str, names: set[str]) -> bool:
    if not part.startswith("@layer ds.components{"):
        return True
    classes = set(_IN_SELECTOR.findall(part))
    return not classes or bool(classes & names)


def main(source: str, target: str) -> None:
    """Cut one file into another."""
    Path(target).write_text(cut(Path(source).read_text(encoding="utf-8"), used()), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
