"""Figures and tables as they were counted, with their names in both forms of Norwegian: plain data that can be kept.

What is kept names itself, so that a frozen delivery reads the same whatever the program's own words are later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.rules.domain import Words
from app.translations.lookup import spoken
from app.values.language import Language, Worded

HIDDEN = ":"
"""What stands for a small number that is not shown; Statistics Norway's own sign for it."""

UNTOLD = Words("", "")

# A whole number (øre where the column is money), a text, one in both forms, HIDDEN, or nothing where there is nothing
# to count.
Cell: TypeAlias = int | str | Words | None


class Unit(Worded):
    """How a figure is written."""

    NUMBER = "number"
    ORE = "ore"
    TEXT = "text"


def both(msgid: str, **facts: object) -> Words:
    """A text of the program in both forms, with its facts."""
    nb, nn = (spoken(language, msgid) for language in (Language.NB, Language.NN))
    return Words(nb % facts, nn % facts) if facts else Words(nb, nn)


@dataclass(frozen=True)
class Figure:
    """One figure that a text may refer to by its code."""

    code: str
    name: Words
    value: Cell
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True)
class Column:
    """A column of a table. `told`: what it is, for who uses the data without us."""

    code: str
    name: Words
    unit: Unit = Unit.NUMBER
    told: Words = UNTOLD


@dataclass(frozen=True)
class TableRow:
    """A row, with a key that is the same the next time it is counted."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first `named` columns are what a row is called. Raises ValueError for a crooked one."""

    code: str
    name: Words
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...] = ()
    named: int = 1

    def __post_init__(self) -> None:
        """A lost cell would put a number under the wrong heading."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.code}: {len(row.cells)} cells in {len(self.columns)} columns: {row.key}")

    def name_of(self, row: TableRow) -> Words:
        """What the row is called, by all of those."""
        cells = row.cells[: self.named]
        nb, nn = (" · ".join(c.in_(form) if isinstance(c, Words) else str(c) for c in cells) for form in Language)
        return Words(nb, nn)


@dataclass(frozen=True)
class Counted:
    """All that was counted at one moment. `lacks` are codes the kind itself knows, of what stops an approval."""

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    lacks: tuple[str, ...] = ()

    def figure(self, code: str) -> Figure | None:
        """The figure of this code."""
        return next((each for each in self.figures if each.code == code), None)


def to_data(counted: Counted) -> dict[str, Any]:
    """As plain JSON data. What stops an approval is not kept: what is kept is approved."""
    return {
        "figures": [
            {"code": f.code, "name": _words(f.name), "value": _kept(f.value), "unit": f.unit.value}
            for f in counted.figures
        ],
        "tables": [
            {
                "code": t.code,
                "name": _words(t.name),
                "named": t.named,
                "columns": [
                    {"code": c.code, "name": _words(c.name), "unit": c.unit.value, "told": _words(c.told)}
                    for c in t.columns
                ],
                "rows": [{"key": r.key, "cells": [_kept(cell) for cell in r.cells]} for r in t.rows],
            }
            for t in counted.tables
        ],
    }


def from_data(data: Mapping[str, Any]) -> Counted:
    """What `to_data` gave, unchanged."""
    return Counted(
        tuple(Figure(f["code"], Words(**f["name"]), _read(f["value"]), Unit(f["unit"])) for f in data["figures"]),
        tuple(
            Table(
                t["code"],
                Words(**t["name"]),
                tuple(Column(c["code"], Words(**c["name"]), Unit(c["unit"]), Words(**c["told"])) for c in t["columns"]),
                tuple(TableRow(r["key"], tuple(map(_read, r["cells"]))) for r in t["rows"]),
                t["named"],
            )
            for t in data["tables"]
        ),
    )


def _kept(cell: Cell) -> Any:
    return _words(cell) if isinstance(cell, Words) else cell


def _read(cell: Any) -> Cell:
    return Words(**cell) if isinstance(cell, dict) else cell


def _words(words: Words) -> dict[str, str]:
    return {"nb": words.nb, "nn": words.nn}
