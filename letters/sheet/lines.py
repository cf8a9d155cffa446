"""Words into lines. A wrapped line keeps its last space: without it a screen reader runs two words together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from letters.blocks import Span, Spans
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


def _typed(spans: Spans) -> Iterator[list[tuple[int, Span]]]:
    """The spans of each line a person broke themselves, with their places; a broken line ends in a space."""
    line: list[tuple[int, Span]] = []
    for number, span in enumerate(spans):
        *broken, last = span.text.split("\n")
        for text in broken:
            yield [*line, (number, replace(span, text=f"{text} "))]
            line = []
        line.append((number, replace(span, text=last) if broken else span))
    yield line


def _chunks(spans: list[tuple[int, Span]], bold: bool) -> Iterator[_Chunk]:
    chunk: _Chunk = []
    for number, span in spans:
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
    """Fill lines greedily to `room` points; a break in the words is one. Raises CannotSet for a sign the font lacks."""
    return tuple(line for typed in _typed(spans) for line in _filled(typed, room, size, bold))


def _filled(spans: list[tuple[int, Span]], room: float, size: float, bold: bool) -> list[Line]:
    for _, span in spans:
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
    return lines
