"""Source Sans 3, the one typeface of the letters: widths, what it can set, and its subsets.

The files come with `make setup` from npm `@expo-google-fonts/source-sans-3` (OFL 1.1) and are not in the repository.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace  # type: ignore[import-untyped]

from letters.errors import CannotSet

FOLDER = Path(__file__).parent.parent / "fonts"
REGULAR, BOLD = "SourceSans3", "SourceSans3-Bold"
FILES = {REGULAR: "SourceSans3_400Regular.ttf", BOLD: "SourceSans3_700Bold.ttf"}

# Signs most letters use. Given to every subset in this order, so that letters share one subset, cut once per process.
COMMON = "æøåÆØÅéè§«»–•\u00ad" + "áäöüčđšžÁČĐŠŽ—…’½°×→✓−ŋŧŊŦ"
BREAKABLE = "\u00ad"


class _Face(TTFontFace):  # type: ignore[misc]
    """A face that cuts each subset once: cutting is a tenth of a letter's time, and most letters need the same signs."""

    def makeSubset(self, subset: list[int]) -> Any:  # noqa: N802 - reportlab's name
        key = tuple(subset)
        cut = _cut_subsets.get((self.filename, key))
        if cut is None:
            cut = super().makeSubset(subset)
            if len(_cut_subsets) < 64:  # odd signs make odd subsets; never grow without end
                _cut_subsets[self.filename, key] = cut
        return cut


_cut_subsets: dict[tuple[str, tuple[int, ...]], Any] = {}


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Read and register both weights, once per process. FileNotFoundError when `make setup` has not run."""
    fonts = {}
    for name, file in FILES.items():
        path = FOLDER / file
        if not path.is_file():
            raise FileNotFoundError(f"{path.name} is not in letters/fonts: run make setup")
        font = TTFont(name, str(path), shapable=False)
        font.face = _Face(str(path))
        pdfmetrics.registerFont(font)
        fonts[name] = font
    return fonts


def seed(document: Any) -> None:
    """Give a new document the common signs first, so that its subset equals every other ordinary letter's."""
    for font in load().values():
        font.splitString(COMMON, document)


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
