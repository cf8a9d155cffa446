"""A tagged PDF under the pen: text, lines and pictures, each told what it is. Rests on reportlab's canvas."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from letters.sheet import archive, fonts, tags
from letters.sheet.style import PAGE_HEIGHT, PAGE_WIDTH, Colour
from letters.sheet.tags import Artifact, LinkMark, Mark, Tag


def picture_ratio(png: bytes) -> float:
    """Height divided by width."""
    width, height = ImageReader(BytesIO(png)).getSize()
    return float(height) / float(width)


class TaggedPdf:
    """Draw in reading order, page by page, then `close()` for the bytes. One object makes one file."""

    def __init__(self, about: archive.About) -> None:
        fonts.load()
        self._buffer = BytesIO()
        self._canvas: Any = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.REGULAR,
            lang=about.language,
        )
        self._about = about
        self._document: Any = self._canvas._doc
        self._document.encrypt = archive.LineEndAfterStreams()
        fonts.seed(self._document)
        self.root = Tag("Document", placed=True)
        self._page = 0
        self._marked: list[list[Tag]] = [[]]
        self._links: list[tuple[Tag, tags.Raw, str]] = []
        self._page_links: dict[int, list[int]] = {}
        self._open: Tag | Artifact | None = None
        self._pen: Any = None
        self._ink: Colour | None = None

    def text(
        self, owner: Tag | Artifact, at: tuple[float, float], words: str, size: float, bold: bool, ink: Colour
    ) -> None:
        """Set words with their baseline starting `at` x, y."""
        self._enter(owner)
        if self._pen is None:
            self._pen = self._canvas.beginText()
        if ink != self._ink:
            self._pen.setFillColorRGB(*ink)
            self._ink = ink
        self._pen.setFont(fonts.BOLD if bold else fonts.REGULAR, size)
        self._pen.setTextOrigin(*at)
        self._pen.textOut(words)

    def line(self, x0: float, x1: float, y: float, thick: float, ink: Colour) -> None:
        """Draw a level line; it is an ornament and no part of the letter."""
        self._enter(Artifact.LINE)
        self._canvas.setStrokeColorRGB(*ink)
        self._canvas.setLineWidth(thick)
        self._canvas.line(x0, y, x1, y)

    def picture(self, owner: Tag, png: bytes, box: tuple[float, float, float, float]) -> None:
        """Draw a picture in `box` (x, y, width, height); the owner must be a Figure with Alt."""
        self._enter(owner)
        self._canvas.drawImage(ImageReader(BytesIO(png)), *box, mask="auto")

    def link(self, owner: Tag, href: str, words: str, box: tuple[float, float, float, float]) -> None:
        """Lay a link over `box` (left, bottom, right, top). `words` say where it leads (PDF/UA-1, 7.18.5)."""
        target = href.encode("ascii", "strict").decode().replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        corners = " ".join(f"{number:.2f}" for number in box)
        raw = tags.Raw()
        number = tags.add(self._document, raw)
        body = (
            f"<</Type /Annot /Subtype /Link /Rect [{corners}] /Border [0 0 0] /F 4 /Contents {tags.text_string(words)} "
            f"/A <</S /URI /URI ({target})>> /StructParent "
        )
        owner.place()
        owner.kids.append(LinkMark(self._page, number))
        self._links.append((owner, raw, body))
        self._page_links.setdefault(self._page, []).append(number)

    def next_page(self) -> None:
        """Close this page and open the next."""
        self._leave()
        self._canvas.showPage()
        self._page += 1
        self._marked.append([])
        self._ink = None

    def close(self) -> bytes:
        """Finish the file. The object is spent afterwards."""
        self._leave()
        self._canvas.showPage()
        archive.describe(self._document, self._about)
        archive.colour_profile(self._document)
        self._structure()
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._document.updateSignature(self._fingerprint())
        self._canvas.save()
        return self._buffer.getvalue()

    def _enter(self, owner: Tag | Artifact) -> None:
        """Begin a marked stretch, unless the same one is already open."""
        if owner is self._open:
            return
        self._leave()
        self._open = owner
        if isinstance(owner, Artifact):
            self._canvas.addLiteral(owner.value)
            return
        owner.place()
        here = self._marked[self._page]
        owner.kids.append(Mark(self._page, len(here)))
        self._canvas.addLiteral(f"/{owner.name} <</MCID {len(here)}>> BDC")
        here.append(owner)

    def _leave(self) -> None:
        if self._pen is not None:
            self._canvas.drawText(self._pen)
            self._pen = None
        if self._open is not None:
            self._canvas.addLiteral("EMC")
            self._open = None

    def _pages(self) -> list[Any]:
        return [self._document.idToObject[f"Page{number + 1}"] for number in range(len(self._marked))]

    def _fingerprint(self) -> bytes:
        """What the file's ID is made of: its content, so that two letters never share an ID."""
        pages = "".join(page.stream for page in self._pages())
        return sha256((repr(self._about) + pages).encode()).digest()

    def _structure(self) -> None:
        document = self._document
        for number, page in enumerate(self._pages()):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
            # Set here, or reportlab would wrap it in ASCII85 as its settings for the whole process say.
            page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
            if number in self._page_links:
                page.Annots = tags.Raw("[" + " ".join(f"{link} 0 R" for link in self._page_links[number]) + "]")
        for place, (_, raw, body) in enumerate(self._links):
            raw.body = body + f"{len(self._marked) + place}>>"
        numbers = [document.idToObjectNumberAndVersion[f"Page{n + 1}"][0] for n in range(len(self._marked))]
        owners = [owner for owner, _, _ in self._links]
        document.Catalog.StructTreeRoot = tags.write_tree(document, self.root, numbers, self._marked, owners)
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
