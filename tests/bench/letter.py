"""The letter as the program renders it, against a bare canvas that draws the same words on as many pages."""

import io

from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import letters
from letters.sheet.fonts import FILES, FOLDER, REGULAR
from tests import letter_samples
from tests.bench.measure import Pair

BARE = "BenchFace"


def letter_pair() -> list[Pair]:
    """The award letter; its limit is neither tagged nor an archive format, so this ratio is shown and not gated."""
    facts = letter_samples.award()
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(letters.render(facts))).pages]
    pdfmetrics.registerFont(TTFont(BARE, str(FOLDER / FILES[REGULAR])))
    drawn = PdfReader(io.BytesIO(bare_letter(pages)))
    assert len(drawn.pages) == len(pages)
    assert "Demovik kommune" in drawn.pages[0].extract_text()
    return [Pair("letter", 0, lambda: letters.render(facts), lambda: bare_letter(pages), times=10)]


def bare_letter(pages: list[list[str]]) -> bytes:
    """The same lines, drawn one by one."""
    held = io.BytesIO()
    canvas = Canvas(held)
    for lines in pages:
        canvas.setFont(BARE, 10)
        for row, line in enumerate(lines):
            canvas.drawString(60, 800 - 13 * row, line)
        canvas.showPage()
    canvas.save()
    return held.getvalue()
