"""Builds the nynorsk catalogue and says which texts have no nynorsk yet.

Bokmål is the source language, so the program's own texts are the keys. Each room keeps its nynorsk in `nn/<room>.po`.
Run as `python -m app.translations.catalogue build|check`.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.values.language import CONTEXT_ENDS

ROOT = Path(__file__).resolve().parents[2]
NYNORSK = ROOT / "app" / "translations" / "nn"
COMPILED = NYNORSK / "LC_MESSAGES" / "messages.mo"
FOLDERS = ("app", "forms", "letters")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None, "P_": ((1, "c"), 2)}
JINJA = {"extensions": "jinja2.ext.i18n", "silent": "false", "encoding": "utf-8"}

Key = str | tuple[str, ...]


@dataclass(frozen=True)
class Faults:
    """What is wrong with the catalogue: one line each, ready to be shown."""

    missing: tuple[str, ...]
    unused: tuple[str, ...]
    wrong: tuple[str, ...]

    def lines(self) -> list[str]:
        """Every fault with its kind."""
        kinds = (("no nynorsk", self.missing), ("nynorsk no longer used", self.unused), ("wrong", self.wrong))
        return [f"{kind}: {line}" for kind, lines in kinds for line in lines]


def texts_in_code(root: Path = ROOT) -> dict[Key, str]:
    """Every marked text with the first place it stands, as "app/x.py:12"."""
    found: dict[Key, str] = {}
    for folder in FOLDERS:
        options = {pattern: JINJA for pattern, method in METHODS if method == "jinja2"}
        for name, line, text, _comments, context in extract_from_dir(root / folder, METHODS, options, KEYWORDS):
            found.setdefault(_in_context(text, context), f"{folder}/{name}:{line}")
    return found


def translations(folder: Path = NYNORSK) -> tuple[Catalog, list[str]]:
    """All PO files of a language as one catalogue, and the texts that two rooms translate differently."""
    merged, clashes = Catalog(locale=folder.name, charset="utf-8"), []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            read = read_po(file, locale=folder.name, abort_invalid=True)
        for message in _translated(read):
            known = merged.get(message.id, message.context)
            if known is not None and known.string != message.string:
                clashes.append(f"{path.name}: {_first(message.id)!r} is translated differently in another room")
            merged.add(message.id, message.string, flags=message.flags, context=message.context)
    return merged, clashes


def faults(root: Path = ROOT) -> Faults:
    """Compare the code with the catalogue, both ways, and the places for facts within each pair."""
    used = texts_in_code(root)
    catalogue, clashes = translations(root / "app" / "translations" / "nn")
    there = {_key(message) for message in catalogue if message.id}
    return Faults(
        missing=tuple(f"{place}: {_first(key)!r}" for key, place in used.items() if key not in there),
        unused=tuple(repr(_first(key)) for key in sorted(there - used.keys(), key=_first)),
        wrong=(*clashes, *(f"{_first(m.id)!r}: {error}" for m, error in _placeholder_errors(catalogue))),
    )


def build() -> int:
    """Write the compiled catalogue; gives the number of texts."""
    catalogue, _clashes = translations()
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    fresh = COMPILED.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(COMPILED)
    return len(catalogue)


def _translated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not message.fuzzy and all(strings):
            yield message


def _key(message: Message) -> Key:
    return _in_context(message.id if isinstance(message.id, str) else tuple(message.id), message.context)


def _in_context(text: Key, context: str | None) -> Key:
    """As gettext keeps a text that has a context; only single ones have."""
    return f"{context}{CONTEXT_ENDS}{text}" if context and isinstance(text, str) else text


def _placeholder_errors(catalogue: Catalog) -> Iterator[tuple[Message, str]]:
    for message, errors in catalogue.check():
        for error in errors:
            yield message, str(error)


def _first(key: Key | list[str]) -> str:
    return key if isinstance(key, str) else key[0]


def main(arguments: list[str]) -> int:
    """Build, or check and name each fault; the answer is the exit code."""
    if arguments == ["build"]:
        print(f"nynorsk: {build()} texts compiled")
        return 0
    if arguments != ["check"]:
        print(__doc__)
        return 2
    found = faults().lines()
    print("\n".join(found) or "nynorsk: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
