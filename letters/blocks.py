"""What a letter is made of, before anyone decides how it looks.

The page preview and the PDF are both drawn from these blocks, so they cannot hold different words.
Every block has a `block` name, for templates that choose a macro by it.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from app.values.language import Language


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style; a line break in them stays one. `href` makes them a link, whose words make sense alone."""

    text: str
    strong: bool = False
    href: str | None = None


Spans: TypeAlias = tuple[Span, ...]


def plain(spans: Spans) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading. Level 1 is the letter's title and stands once."""

    block: ClassVar[str] = "heading"
    spans: Spans
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    block: ClassVar[str] = "paragraph"
    spans: Spans


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order carries no meaning."""

    block: ClassVar[str] = "bullets"
    items: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading, its share of the width, and whether it holds money (set to the right)."""

    heading: str
    share: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of column headings; the first cell of each row is that row's heading.

    `total` is a last row set apart, or empty. Every row has as many cells as there are columns.
    """

    block: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a crooked table: a lost cell would put an amount under the wrong heading."""
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns: {row}")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Top of the first page: who writes, to whom, and the references. `notice` is the line that says «Demodata»."""

    block: ClassVar[str] = "letterhead"
    sender: str
    unit: str
    recipient: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The close: greeting, who stands behind the letter (name, title), and why no one has signed by hand."""

    block: ClassVar[str] = "signature"
    greeting: str
    signers: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG bytes) and the words that stand for it when it is not seen. `width_mm` is its width in print."""

    block: ClassVar[str] = "figure"
    png: bytes
    alt: str
    width_mm: int


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Letterhead | Signature | Figure


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be shown or printed.

    `running` stands at the top of every page but the first, `page_words` is «Side {page} av {pages}», and
    `dated` (ISO date) becomes the file's date, so that the same letter is always the same bytes.
    """

    kind: str
    language: Language
    title: str
    subject: str
    author: str
    running: str
    footer: str
    page_words: str
    dated: str
    blocks: tuple[Block, ...]
