"""Text onto pages. First everything is placed, so that «side 1 av 2» is known; then it is drawn.

House rules of the page: a paragraph leaves at least two lines on each side of a page break, a heading never stands
alone at the foot, and what is asked to stay together does.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from letters.blocks import Spans
from letters.sheet import fonts
from letters.sheet.lines import Line, break_lines
from letters.sheet.style import BOTTOM, HAIR, LEFT, LINK, RIGHT, TOP, TOP_OF_NEXT, Colour, Style
from letters.sheet.tags import Artifact, Tag


@dataclass(frozen=True, slots=True)
class Set:
    """Words at a place. With `href` they carry a link, and `width` says how far it reaches."""

    owner: Tag | Artifact
    x: float
    y: float
    words: str
    size: float
    bold: bool
    ink: Colour
    href: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line at a place."""

    x0: float
    x1: float
    y: float
    thick: float = 0.5
    ink: Colour = HAIR


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at a place: box is x, y, width, height."""

    owner: Tag
    png: bytes
    box: tuple[float, float, float, float]


Op: TypeAlias = Set | Rule | Picture


def visible_width(line: Line, size: float) -> float:
    """How far a line reaches; the space that ends a wrapped line hangs outside."""
    hanging = len(line[-1].text) - len(line[-1].text.rstrip(" "))
    return sum(piece.width for piece in line) - hanging * fonts.width(" ", line[-1].bold) * size / 1000


@dataclass(slots=True)
class Flow:
    """The pages being filled. `y` is how far down the present page is used."""

    pages: list[list[Op]] = field(default_factory=lambda: [[]])
    y: float = TOP

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.y - BOTTOM

    @property
    def fresh(self) -> bool:
        """Nothing stands on this page yet."""
        return not self.pages[-1]

    def put(self, op: Op) -> None:
        """Add to the present page."""
        self.pages[-1].append(op)

    def turn(self) -> None:
        """Go to the next page."""
        self.pages.append([])
        self.y = TOP_OF_NEXT

    def need(self, height: float) -> None:
        """Turn the page unless `height` points are free; a fresh page is never turned."""
        if self.room < height and not self.fresh:
            self.turn()

    def space(self, height: float) -> None:
        """Air, but never at the head of a page."""
        if not self.fresh:
            self.y -= height

    def fitting(self, lines: int, leading: float) -> int:
        """How many of a paragraph's lines to set on this page; 0 asks for a new page."""
        free = int((self.room + 0.01) // leading)
        if lines <= free:
            return lines
        free = min(free, lines - 2)
        if free < 2 and not self.fresh:
            return 0
        return max(free, 1)

    def text(self, tag: Tag, spans: Spans, style: Style, left: float = LEFT, right: float = RIGHT) -> None:
        """Set a paragraph, over as many pages as it takes."""
        self.space(style.before)
        setter = Setter(self, tag, spans, style)
        rest = break_lines(spans, right - left, style.size, style.bold)
        while rest:
            count = self.fitting(len(rest), style.leading)
            for line in rest[:count]:
                self.y -= style.leading
                setter.set(line, left, self.y)
            rest = rest[count:]
            if rest:
                self.turn()
        self.y -= style.after


@dataclass(slots=True)
class Setter:
    """Sets the lines of one text under one tag, its links under tags of their own."""

    flow: Flow
    owner: Tag | Artifact
    spans: Spans
    style: Style
    _links: dict[int, Tag] = field(default_factory=dict)

    def set(self, line: Line, left: float, bottom: float) -> None:
        """Set one line whose space on the paper begins at `left`, `bottom`."""
        style = self.style
        baseline = bottom + (style.leading - style.size) / 2 + 0.22 * style.size
        x = left
        for piece in line:
            href = self.spans[piece.span].href or ""
            ink = LINK if href else style.colour
            owner = self._owner(piece.span, href)
            width = piece.width if href else 0
            self.flow.put(Set(owner, x, baseline, piece.text, style.size, piece.bold, ink, href, width))
            if href:
                self.flow.put(Rule(x, x + piece.width, baseline - 1.6, 0.5, LINK))
            x += piece.width

    def _owner(self, span: int, href: str) -> Tag | Artifact:
        if not href or isinstance(self.owner, Artifact):
            return self.owner
        if span not in self._links:
            self._links[span] = Tag("Link", self.owner)
        return self._links[span]


def set_one_line(flow: Flow, owner: Tag | Artifact, spans: Spans, style: Style, at: tuple[float, float]) -> None:
    """Set a text known to be short on one line at (left, bottom), outside the flow."""
    for line in break_lines(spans, 10_000, style.size, style.bold):
        Setter(flow, owner, spans, style).set(line, *at)
