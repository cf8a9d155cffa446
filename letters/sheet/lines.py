"""Words into lines. A wrapped line keeps its last space: without it a screen reader runs two words together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from letters.blocks import Spans
from letters.sheet import fonts

SOFT_HYPHEN = "\u00ad"
# A line may break after a space or soft hyphen, and after - or / between letters («HTO-prosjekt»), never in numbers.
_CHUNKS = re.compile(r"[^ \u00ad]*?(?:[^\W\d][-/](?=[^\W\d])|\u00ad| +|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style on one line; `span` is their place among the paragraph's spans."""

    text: str
    bold: bool
    span: int
    width: float


Line: TypeAlias = tuple[Piece, ...]
_Chunk: TypeAlias = list[tuple[str, bool, int]]  # what must stay together; may change style inside


def _chunks(spans: Spans, bold: bool) -> Iterator[_Chunk]:
    chunk: _Chunk = []
    for number, span in enumerate(spans):
        for match in _CHUNKS.finditer(span.text):
            text = match.group()
            if not text:
                continue
            chunk.append((text, bold or span.strong, number))
            if text[-1] in " \u00ad-/":
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _width(chunk: _Chunk, size: float) -> float:
    """Room a chunk needs: the space that ends it may hang over the edge."""
    *first, (text, bold, _) = chunk
    ending = text.rstrip(" ")
    visible = sum(fonts.width(part, strong) for part, strong, _ in first) + fonts.width(ending, bold)
    if ending.endswith(SOFT_HYPHEN):
        visible += fonts.width("-", bold)
    return visible * size / 1000


def _advance(chunk: _Chunk, size: float) -> float:
    return sum(fonts.width(text, bold) for text, bold, _ in chunk) * size / 1000


def _cut(chunk: _Chunk, room: float, size: float) -> Iterator[_Chunk]:
    """Cut a word wider than the line (a long address) between signs: it must never run off the paper."""
    used, part = 0.0, ""
    for text, bold, number in chunk:
        for sign in text:
            step = fonts.width(sign, bold) * size / 1000
            if part and sign != " " and used + step > room:
                yield [(part, bold, number)]
                used, part = 0.0, ""
            used, part = used + step, part + sign
        if part:
            yield [(part, bold, number)]
            used, part = 0.0, ""


def _line(chunks: list[_Chunk], size: float) -> Line:
    """Join what stands side by side in one style; a soft hyphen shows only where the line ends in it."""
    runs: list[tuple[str, bool, int]] = []
    for text, bold, number in (part for chunk in chunks for part in chunk):
        if runs and runs[-1][1:] == (bold, number):
            runs[-1] = (runs[-1][0] + text, bold, number)
        else:
            runs.append((text, bold, number))
    pieces = []
    for place, (text, bold, number) in enumerate(runs):
        shown = text.replace(SOFT_HYPHEN, "")
        wide = fonts.width(shown, bold)
        if place == len(runs) - 1 and text.endswith(SOFT_HYPHEN):
            shown, wide = shown + SOFT_HYPHEN, wide + fonts.width("-", bold)
        pieces.append(Piece(shown, bold, number, wide * size / 1000))
    return tuple(pieces)


@lru_cache(maxsize=2048)  # standing paragraphs are the same in every letter of a round
def break_lines(spans: Spans, room: float, size: float, bold: bool = False) -> tuple[Line, ...]:
    """Fill lines greedily to `room` points. Raises CannotSet for a sign the font lacks."""
    for span in spans:
        fonts.require(span.text)
    lines: list[Line] = []
    current: list[_Chunk] = []
    used = 0.0
    for whole in _chunks(spans, bold):
        parts = [whole] if _width(whole, size) <= room else list(_cut(whole, room, size))
        for chunk in parts:
            if current and used + _width(chunk, size) > room:
                lines.append(_line(current, size))
                current, used = [], 0.0
            current.append(chunk)
            used += _advance(chunk, size)
    if current:
        lines.append(_line(current, size))
    return tuple(lines)
