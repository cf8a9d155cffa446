"""What has become of frozen figures since: figure by figure, and cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.rules.domain import Words
from app.summaries.domain.counted import Cell, Column, Counted, Table, Unit


@dataclass(frozen=True)
class Difference:
    """One figure or cell. `then`: as frozen; `now`: as counted today; None also where it was not there."""

    table: Words | None
    row: Words | None
    name: Words
    unit: Unit
    then: Cell
    now: Cell


def differences(frozen: Counted, now: Counted) -> list[Difference]:
    """All that is not what it was, in the order of the delivery; what came later stands last in its table."""
    return [*_figures(frozen, now), *(each for table in frozen.tables for each in _cells(table, now))]


def _figures(frozen: Counted, now: Counted) -> Iterator[Difference]:
    for then in frozen.figures:
        found = now.figure(then.code)
        value = found.value if found else None
        if value != then.value:
            yield Difference(None, None, then.name, then.unit, then.value, value)


def _cells(table: Table, now: Counted) -> Iterator[Difference]:
    newer = next((each for each in now.tables if each.code == table.code), None)
    then, there = _by_place(table), _by_place(newer) if newer else {}
    names = _names(table) | (_names(newer) if newer else {})
    columns: dict[str, Column] = {c.code: c for t in (newer, table) if t for c in t.columns}
    for key, code in dict.fromkeys([*then, *there]):
        before, after = then.get((key, code)), there.get((key, code))
        if before != after:
            yield Difference(table.name, names[key], columns[code].name, columns[code].unit, before, after)


def _by_place(table: Table) -> dict[tuple[str, str], Cell]:
    """Every cell but those that name the row."""
    return {
        (row.key, column.code): cell
        for row in table.rows
        for column, cell in list(zip(table.columns, row.cells, strict=True))[table.named :]
    }


def _names(table: Table) -> dict[str, Words]:
    return {row.key: table.name_of(row) for row in table.rows}
