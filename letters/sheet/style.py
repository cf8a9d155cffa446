"""Sizes and colours of the sheet, in points (1/72 inch) from the lower left corner. A4 after ISO 216."""

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
LEFT = 25 * MM
RIGHT = PAGE_WIDTH - 25 * MM
TOP = PAGE_HEIGHT - 20 * MM
TOP_OF_NEXT = PAGE_HEIGHT - 27 * MM  # below the running head of page two and on
BOTTOM = 25 * MM

INK: Colour = (0.1, 0.1, 0.1)
QUIET: Colour = (0.32, 0.34, 0.38)  # 7:1 on white, so small print is still readable (WCAG 1.4.6)
ACCENT: Colour = (0.0, 0.2, 0.4)
LINK: Colour = (0.0, 0.29, 0.56)
WARNING: Colour = (0.62, 0.07, 0.07)
HAIR: Colour = (0.72, 0.75, 0.79)


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text is set: size, distance between lines, air above and below."""

    size: float
    leading: float
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: Colour = INK


BODY = Style(11, 14.5, after=7)
BULLET = Style(11, 14.5, after=2.5)
TITLE = Style(18, 22.5, before=6, after=11, bold=True, colour=ACCENT)
SECTION = Style(13, 17, before=8, after=3.5, bold=True, colour=ACCENT)
CAPTION = Style(10, 13.5, before=3, after=3, bold=True)
CELL = Style(10, 13.5)
CELL_HEAD = Style(10, 13.5, bold=True)
SENDER = Style(16, 20, bold=True, colour=ACCENT)
SMALL = Style(9, 12, colour=QUIET)
NOTICE = Style(11, 15, bold=True, colour=WARNING)
ADDRESS = Style(11, 14.5)
REFERENCE = Style(9.5, 13.5)

BULLET_INDENT = 16.0
CELL_PAD = 4.0
CELL_GAP = 10.0
