"""Tables: column headings repeated on each page as an ornament, one tagged table however many pages it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from letters.blocks import Column, Span, Table
from letters.sheet.flow import Flow, Rule, Setter, visible_width
from letters.sheet.lines import Line, break_lines
from letters.sheet.style import ACCENT, CAPTION, CELL, CELL_GAP, CELL_HEAD, CELL_PAD, LEFT, RIGHT, Style
from letters.sheet.tags import Artifact, Tag

_COLUMN_HEAD = " /A <</O /Table /Scope /Column>>"
_ROW_HEAD = " /A <</O /Table /Scope /Row>>"


@dataclass(frozen=True, slots=True)
class _Cell:
    owner: Tag | Artifact
    text: tuple[Span, ...]
    lines: tuple[Line, ...]
    style: Style
    left: float
    right: float
    money: bool


_WHOLE = 8  # a table of so few rows is not split if it can be helped
_Row = Sequence[_Cell]


def _places(columns: Sequence[Column]) -> list[tuple[float, float]]:
    """Left and right edge of each column."""
    whole = sum(column.share for column in columns)
    room = RIGHT - LEFT - CELL_GAP * (len(columns) - 1)
    places, left = [], LEFT
    for column in columns:
        right = left + room * column.share / whole
        places.append((left, right))
        left = right + CELL_GAP
    return places


def _row(texts: Sequence[str], columns: Sequence[Column], owners: Sequence[Tag | Artifact], style: Style) -> _Row:
    row = []
    for text, column, owner, (left, right) in zip(texts, columns, owners, _places(columns), strict=True):
        spans = (Span(text),)
        lines = break_lines(spans, right - left, style.size, style.bold)
        row.append(_Cell(owner, spans, lines, style, left, right, column.money))
    return row


def _tagged(parent: Tag, columns: Sequence[Column]) -> list[Tag | Artifact]:
    """A table row's elements: its first cell names the row. An empty cell is drawn nowhere, but the row has it."""
    row = parent.child("TR")
    return [row.child("TH", _ROW_HEAD) if place == 0 else row.child("TD") for place in range(len(columns))]


def _height(row: _Row) -> float:
    return max(len(cell.lines) * cell.style.leading for cell in row) + 2 * CELL_PAD


def _set(flow: Flow, row: _Row, start: int, count: int) -> None:
    """Set lines `start` to `start + count` of every cell."""
    top = flow.y - CELL_PAD
    for cell in row:
        setter = Setter(flow, cell.owner, cell.text, cell.style)
        for number, line in enumerate(cell.lines[start : start + count], 1):
            left = cell.right - visible_width(line, cell.style.size) if cell.money else cell.left
            setter.set(line, left, top - number * cell.style.leading)
    used = max(min(len(cell.lines) - start, count) for cell in row) * row[0].style.leading
    flow.y -= used + 2 * CELL_PAD


@dataclass(slots=True)
class _Setting:
    flow: Flow
    columns: Sequence[Column]

    def head(self, owners: Sequence[Tag | Artifact]) -> None:
        row = _row([column.heading for column in self.columns], self.columns, owners, CELL_HEAD)
        _set(self.flow, row, 0, max(len(cell.lines) for cell in row))
        self.flow.put(Rule(LEFT, RIGHT, self.flow.y, 1.0, ACCENT))

    def turn(self) -> None:
        """Go on on the next page, under the same headings."""
        self.flow.turn()
        self.head([Artifact.REPEATED] * len(self.columns))

    def row(self, row: _Row, follows: float) -> None:
        """Set a row whole, with `follows` points free after it, or over pages when no page can hold it."""
        if self.flow.room < _height(row) + follows and not self.flow.fresh:
            self.turn()
        lines = max(len(cell.lines) for cell in row)
        start = 0
        while start < lines:
            fits = int((self.flow.room - 2 * CELL_PAD) // row[0].style.leading)
            count = max(min(lines - start, fits), 1)
            _set(self.flow, row, start, count)
            start += count
            if start < lines:
                self.turn()


def set_table(flow: Flow, parent: Tag, block: Table) -> None:
    """Set a table with its caption; the total row never stands alone on a page."""
    columns = block.columns
    rows = 2 + len(block.rows) if len(block.rows) <= _WHOLE else 3
    flow.need(CAPTION.leading + CAPTION.before + CAPTION.after + rows * (CELL.leading + 2 * CELL_PAD))
    table = parent.child("Table")
    flow.text(table.child("Caption"), (Span(block.caption),), CAPTION)
    setting = _Setting(flow, columns)
    head = table.child("TR")
    setting.head([head.child("TH", _COLUMN_HEAD) for _ in columns])
    for number, texts in enumerate(block.rows, 1):
        follows = 0.0
        if block.total and number == len(block.rows):
            follows = _height(_row(block.total, columns, [Artifact.LINE] * len(columns), CELL_HEAD))
        setting.row(_row(texts, columns, _tagged(table, columns), CELL), follows)
        flow.put(Rule(LEFT, RIGHT, flow.y))
    if block.total:
        setting.row(_row(block.total, columns, _tagged(table, columns), CELL_HEAD), 0)
        flow.put(Rule(LEFT, RIGHT, flow.y, 1.0, ACCENT))
    flow.y -= 9
