"""Source Sans 3, the one typeface of the letters: widths, what it can set, and its subsets.

The files come with `make setup` from npm `@expo-google-fonts/source-sans-3` (OFL 1.1) and are not in the repository.
"""

import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from letters.errors import CannotSet

FOLDER = Path(__file__).parent.parent / "fonts"
REGULAR, BOLD = "SourceSans3", "SourceSans3-Bold"
FILES = {REGULAR: "SourceSans3_400Regular.ttf", BOLD: "SourceSans3_700Bold.ttf"}

# Signs most letters use. Given to every subset in this order, so that letters share one subset, cut once per process.
COMMON = "æøåÆØÅéè§«»–•\u00ad" + "áäöüčđšžÁČĐŠŽ—…’½°×→✓−ŋŧŊŦ"
BREAKABLE = "\u00ad"


class _Zip(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab has no types
    """Packs a subset once: letters share it."""

    def encode(self, data: bytes) -> bytes:
        return _packed(data)


@lru_cache(maxsize=64)  # odd signs make odd subsets; never grow without end
def _packed(data: bytes) -> bytes:
    return zlib.compress(data)


class _Face(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """A face that cuts each subset once: cutting and packing is a fifth of a letter's time."""

    def makeSubset(self, subset: list[int]) -> Any:  # noqa: N802 - reportlab's name
        return self._cut(tuple(subset))

    @lru_cache(maxsize=64)  # noqa: B019 - the two faces live as long as the process
    def _cut(self, subset: tuple[int, ...]) -> Any:
        return super().makeSubset(list(subset))

    def addSubsetObjects(self, doc: Any, fontname: str, subset: list[int]) -> Any:  # noqa: N802 - reportlab's name
        reference = super().addSubsetObjects(doc, fontname, subset)
        doc.idToObject[f"fontFile:{self.filename}({fontname})"].filters = [_Zip()]
        return reference


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose common signs have the same codes in every document (`seed`), so their encoding is kept."""

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802 - reportlab's name
        if not _SEEDED.issuperset(text):
            return super().splitString(text, doc, encoding)
        key = (self.fontName, text)
        codes = _codes.get(key)
        if codes is None:
            codes = super().splitString(text, doc, encoding)
            if len(_codes) < 20_000:
                _codes[key] = codes
        return codes


_SEEDED = frozenset(COMMON) | frozenset(map(chr, range(32, 127)))
_codes: dict[tuple[str, str], Any] = {}


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Read and register both weights, once per process. FileNotFoundError when `make setup` has not run."""
    fonts = {}
    for name, file in FILES.items():
        path = FOLDER / file
        if not path.is_file():
            raise FileNotFoundError(f"{path.name} is not in letters/fonts: run make setup")
        font = _Font(name, str(path), asciiReadable=1, shapable=False)
        font.face = _Face(str(path))
        pdfmetrics.registerFont(font)
        fonts[name] = font
    return fonts


def seed(document: Any) -> None:
    """Give a new document the common signs first, so that its subset equals every other ordinary letter's."""
    for font in load().values():
        TTFont.splitString(font, COMMON, document)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    held = [set(font.face.charToGlyph) for font in load().values()]
    return frozenset(map(chr, set.intersection(*held)))


@lru_cache(maxsize=8192)
def require(text: str) -> None:
    """Raise CannotSet with the first sign that either weight lacks."""
    if not _known().issuperset(text):
        raise CannotSet(next(sign for sign in text if sign not in _known()))


@lru_cache(maxsize=16384)
def width(text: str, bold: bool) -> float:
    """Width of the words at size 1000. Soft hyphens inside them are not drawn and take no room."""
    face = load()[BOLD if bold else REGULAR].face
    widths, default = face.charWidths, face.defaultWidth
    return float(sum(widths.get(ord(sign), default) for sign in text if sign != BREAKABLE))
