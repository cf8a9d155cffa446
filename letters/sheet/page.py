"""The sheet of a Norwegian public letter: sender, address and references on top, running head and foot on each page."""

from letters.blocks import Block, Bullets, Figure, Heading, Letter, Letterhead, Paragraph, Signature, Span, Table, plain
from letters.sheet import fonts
from letters.sheet.archive import About
from letters.sheet.flow import Flow, Op, Picture, Rule, Setter, set_one_line
from letters.sheet.lines import break_lines
from letters.sheet.pdf import TaggedPdf, picture_ratio
from letters.sheet.style import (
    ADDRESS,
    BODY,
    BOTTOM,
    BULLET,
    BULLET_INDENT,
    HAIR,
    LEFT,
    MM,
    NOTICE,
    PAGE_HEIGHT,
    REFERENCE,
    RIGHT,
    SECTION,
    SENDER,
    SMALL,
    TITLE,
    TOP,
    TOP_OF_NEXT,
    Style,
)
from letters.sheet.tables import set_table
from letters.sheet.tags import Artifact, Tag, text_string

_ADDRESS_TOP = PAGE_HEIGHT - 48 * MM  # shows in the window of a C5 envelope
_REFERENCES_LEFT = LEFT + 100 * MM


def print_letter(letter: Letter) -> bytes:
    """Print a letter. The same letter gives the same bytes. Raises CannotSet for a sign the font lacks."""
    about = About(letter.title, letter.author, letter.subject, f"{letter.language}-NO", letter.dated)
    pdf = TaggedPdf(about)
    flow = Flow()
    for block in letter.blocks:
        _set_block(flow, pdf.root, block)
    for number, page in enumerate(flow.pages, 1):
        if number > 1:
            pdf.next_page()
            _running_head(pdf, letter)
        for op in page:
            _draw(pdf, op)
        _foot(pdf, letter, number, len(flow.pages))
    return pdf.close()


def first_pages(letter: Letter) -> tuple[int, ...]:
    """The page each block begins on, and last how many pages there are. Raises as `print_letter` does."""
    root = TaggedPdf(About(letter.title, letter.author, letter.subject, f"{letter.language}-NO", letter.dated)).root
    flow = Flow()
    begins = []
    for block in letter.blocks:
        page, filled = len(flow.pages), len(flow.pages[-1])
        _set_block(flow, root, block)
        begins.append(page if len(flow.pages[page - 1]) > filled else page + 1)
    return (*begins, len(flow.pages))


def _draw(pdf: TaggedPdf, op: Op) -> None:
    if isinstance(op, Rule):
        pdf.line(op.x0, op.x1, op.y, op.thick, op.ink)
    elif isinstance(op, Picture):
        pdf.picture(op.owner, op.png, op.box)
    else:
        pdf.text(op.owner, (op.x, op.y), op.words, op.size, op.bold, op.ink)
        if op.href and isinstance(op.owner, Tag):
            box = (op.x, op.y - 0.25 * op.size, op.x + op.width, op.y + 0.8 * op.size)
            pdf.link(op.owner, op.href, op.words.strip(), box)


def _small(pdf: TaggedPdf, part: Artifact, words: str, x: float, y: float) -> None:
    pdf.text(part, (x, y), words, SMALL.size, bold=False, ink=SMALL.colour)


def _running_head(pdf: TaggedPdf, letter: Letter) -> None:
    _small(pdf, Artifact.HEADER, _on_one_line(letter.running), LEFT, TOP_OF_NEXT + 20)
    pdf.line(LEFT, RIGHT, TOP_OF_NEXT + 12, 0.5, HAIR)


def _on_one_line(words: str) -> str:
    """As much of the words as a line holds: a long name is whole on page one, and would run off the paper here."""
    if fonts.width(words, bold=False) * SMALL.size / 1000 <= RIGHT - LEFT:
        return words
    first = break_lines((Span(words),), RIGHT - LEFT - 2 * SMALL.size, SMALL.size)[0]
    return "".join(piece.text for piece in first).rstrip() + " …"


def _foot(pdf: TaggedPdf, letter: Letter, number: int, pages: int) -> None:
    pdf.line(LEFT, RIGHT, BOTTOM - 12, 0.5, HAIR)
    words = letter.page_words.format(page=number, pages=pages)
    width = fonts.width(words, bold=False) * SMALL.size / 1000
    lines = break_lines((Span(letter.footer),), RIGHT - LEFT - width - 20, SMALL.size)
    for place, line in enumerate(lines[:3]):
        for piece in line:
            _small(pdf, Artifact.FOOTER, piece.text, LEFT, BOTTOM - 25 - place * SMALL.leading)
    _small(pdf, Artifact.FOOTER, words, RIGHT - width, BOTTOM - 25)


def _set_block(flow: Flow, root: Tag, block: Block) -> None:
    if isinstance(block, Paragraph):
        _set_paragraph(flow, root, block)
    elif isinstance(block, Heading):
        _set_heading(flow, root, block)
    elif isinstance(block, Bullets):
        _set_bullets(flow, root, block)
    elif isinstance(block, Table):
        set_table(flow, root, block)
    else:
        _set_piece(flow, root, block)


def _set_piece(flow: Flow, root: Tag, block: Letterhead | Signature | Figure) -> None:
    if isinstance(block, Letterhead):
        _set_letterhead(flow, root, block)
    elif isinstance(block, Signature):
        _set_signature(flow, root, block)
    else:
        _set_figure(flow, root, block)


def _set_paragraph(flow: Flow, root: Tag, block: Paragraph) -> None:
    """What ends in a colon leads to something, and stays with its beginning."""
    if plain(block.spans).endswith(":"):
        lines = len(break_lines(block.spans, RIGHT - LEFT, BODY.size))
        flow.need((lines + 2) * BODY.leading + BODY.after)
    flow.text(root.child("P"), block.spans, BODY)


def _set_heading(flow: Flow, root: Tag, block: Heading) -> None:
    """Room below it for two lines, or for a line of two that ends in a colon with what it leads to."""
    style = TITLE if block.level == 1 else SECTION
    lines = len(break_lines(block.spans, RIGHT - LEFT, style.size, style.bold))
    flow.need(style.before + lines * style.leading + style.after + 4 * BODY.leading + BODY.after)
    flow.text(root.child(f"H{block.level}"), block.spans, style)


def _set_bullets(flow: Flow, root: Tag, block: Bullets) -> None:
    flow.need(2 * BULLET.leading)
    whole = root.child("L", " /A <</O /List /ListNumbering /Disc>>")
    for item in block.items:
        flow.need(min(2, len(break_lines(item, RIGHT - LEFT - BULLET_INDENT, BULLET.size))) * BULLET.leading)
        entry = whole.child("LI")
        mark = (Span("•"),)
        set_one_line(flow, entry.child("Lbl"), mark, BULLET, (LEFT + 4, flow.y - BULLET.leading))
        flow.text(entry.child("LBody"), item, BULLET, LEFT + BULLET_INDENT)
    flow.y -= BODY.after - BULLET.after


def _column(flow: Flow, root: Tag, lines: tuple[str, ...], style: Style, at: tuple[float, float]) -> float:
    """Set an address as one paragraph at a fixed place; returns how far down it came."""
    left, y = at
    tag = root.child("P")
    for place, words in enumerate(lines, 1):
        spans = (Span(words + (" " if place < len(lines) else "")),)
        for line in break_lines(spans, _REFERENCES_LEFT - 12 - left, style.size, style.bold):
            y -= style.leading
            Setter(flow, tag, spans, style).set(line, left, y)
    return y


def _set_letterhead(flow: Flow, root: Tag, block: Letterhead) -> None:
    y = TOP - SENDER.leading
    set_one_line(flow, root.child("P"), (Span(block.sender),), SENDER, (LEFT, y))
    if block.unit:
        set_one_line(flow, root.child("P"), (Span(block.unit),), SMALL, (LEFT, y - SMALL.leading))
    if block.notice:
        set_one_line(
            flow, root.child("P"), (Span(block.notice),), NOTICE, (LEFT, y - SMALL.leading - NOTICE.leading - 2)
        )
    end = _column(flow, root, block.recipient, ADDRESS, (LEFT, _ADDRESS_TOP))
    below = _ADDRESS_TOP
    for label, value in block.references:
        spans = (Span(label + " ", strong=True), Span(value))
        tag = root.child("P")
        for line in break_lines(spans, RIGHT - _REFERENCES_LEFT, REFERENCE.size):
            below -= REFERENCE.leading
            Setter(flow, tag, spans, REFERENCE).set(line, _REFERENCES_LEFT, below)
    flow.y = min(end, below) - 22


def _set_signature(flow: Flow, root: Tag, block: Signature) -> None:
    """Greeting, names and note stay together: names alone on a page could belong to any letter."""
    flow.need(8 + BODY.leading * (3 + 2 * len(block.signers)) + 20)
    flow.space(8)
    flow.text(root.child("P"), (Span(block.greeting),), BODY)
    flow.space(4)
    for name, title in block.signers:
        tag = root.child("P")
        flow.text(tag, (Span(name, strong=True),), Style(BODY.size, BODY.leading))
        flow.text(root.child("P"), (Span(title),), BODY)
    flow.text(root.child("P"), (Span(block.note),), Style(10, 14, before=2, after=10, colour=SMALL.colour))


def _set_figure(flow: Flow, root: Tag, block: Figure) -> None:
    """The words that stand for the picture, and where it lies (PDF/UA-1, 7.3)."""
    width, height = block.width_mm * MM, block.width_mm * MM * picture_ratio(block.png)
    flow.need(height)
    flow.y -= height
    box = f"{LEFT:.2f} {flow.y:.2f} {LEFT + width:.2f} {flow.y + height:.2f}"
    place = f"/A <</O /Layout /Placement /Block /BBox [{box}]>>"
    tag = root.child("Figure", f" /Alt {text_string(block.alt)} {place}")
    flow.put(Picture(tag, block.png, (LEFT, flow.y, width, height)))
    flow.y -= BODY.after
