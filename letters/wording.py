"""The words of one letter in one language: reads the text files and puts values into them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from app.values.dates import format_date
from app.values.language import Language
from app.values.money import format_kr
from app.values.printable import is_unseen
from letters import markup
from letters.blocks import Block, Bullets, Heading, Paragraph, Span, Spans
from letters.errors import BadText
from letters.versions import file_name

FOLDER = Path(__file__).parent / "texts"
Value: TypeAlias = str | Span | Spans

# «§ 27», «kap. 701», «nr. 2», «post 21»: the number must not begin a line of its own, nor «jf.» end one.
_BOUND = re.compile(r"((?:§§?|\bkap\.|\bkapittel|\bpost|\bnr\.|\bside)(?= \d)|\bjf\.) ")
# An amount somebody typed is held together as the letters' own are.
_MONEY = re.compile(r"\d{1,3}(?: \d{3})*(?:,\d\d)? kr\b")
_BETWEEN = re.compile(r"\n\s*\n|\n\s*(?=[0-9]{1,2}[.)]\s+[A-ZÆØÅ]|[a-zæøå]\)\s)")
# As a word processor leaves them in pasted text.
_POINT = re.compile("\\s*[-*–•·▪●◦‣]\\s+")
_BLANKS = re.compile(r"[^\S\u00a0]+")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """User text as it can be set: composed signs (NFC), no invisible signs from word processors, single spaces."""
    composed = unicodedata.normalize("NFC", text.replace("\u202f", "\u00a0").replace("\u2007", "\u00a0"))
    seen = "".join(sign for sign in composed if not is_unseen(sign))
    bound = _BOUND.sub("\\1\u00a0", _BLANKS.sub(" ", seen)).strip()
    return _MONEY.sub(lambda amount: amount[0].replace(" ", "\u00a0"), bound)


def clean_lines(text: str) -> str:
    """As `clean`, line by line; blank lines are left out."""
    return "\n".join(filter(None, map(clean, text.splitlines())))


def blocks_of(text: str) -> tuple[Block, ...]:
    """A person's own text as paragraphs and lists.

    A blank line parts paragraphs, and so does a line that begins with a number («1. Kommunen», «b) »; never «1. mars»).
    Lines that begin with a bullet («- », «• ») are a list. Other line breaks stay, as the pages show them.
    """
    found: list[Block] = []
    for part in _BETWEEN.split(text.replace("\r\n", "\n").strip()):
        points: list[Spans] = []
        words: list[str] = []
        for line in part.splitlines():
            if point := _POINT.match(line):
                points.append((Span(clean(line[point.end() :])),))
            elif points:
                points[-1] = (Span(clean_lines(f"{points[-1][0].text}\n{line}")),)
            else:
                words.append(line)
        lead = clean_lines("\n".join(words))
        found += [Paragraph((Span(lead),))] if lead else []
        found += [Bullets(tuple(points))] if points else []
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Wording:
    """A language's labels, dates and money."""

    language: Language
    labels: Mapping[str, str]

    def __getitem__(self, label: str) -> str:
        """A label from words.txt. KeyError names one that is not there."""
        return self.labels[label]

    def on(self, day: date | None) -> str:
        """A date in words; nothing for none (then the letter is incomplete anyway)."""
        return format_date(day, self.language).replace(" ", "\u00a0", 1) if day else ""

    def kr(self, ore: int | None) -> str:
        """An amount in whole øre as «2 500 000 kr»."""
        return "" if ore is None else format_kr(ore)

    def period(self, start: date | None, end: date | None) -> str:
        """«1. januar 2025 til 31. desember 2025»."""
        return f"{self.on(start)} {self['to']} {self.on(end)}"


@lru_cache(maxsize=16)
def wording(language: Language, version: int = 1) -> Wording:
    """Read the labels of a language: lines of `code = words`."""
    labels = {}
    for line in _read(language, file_name("words", version)).splitlines():
        if line.strip() and not line.startswith("%"):
            code, _, words = line.partition(" = ")
            labels[code.strip()] = words.strip()
    return Wording(language, labels)


@lru_cache(maxsize=64)
def text(kind: str, language: Language, version: int) -> markup.Text:
    """A letter's text. FileNotFoundError when that version was never written."""
    return markup.text(markup.joined(_read(language, file_name(kind, version)), lambda name: _shared(language, name)))


def _shared(language: Language, name: str) -> str:
    return _read(language, f"shared/{name}.txt")


def _read(language: Language, name: str) -> str:
    return (FOLDER / language / name).read_text(encoding="utf-8")


def fill(template: markup.Template, values: Mapping[str, Value]) -> Spans:
    """Put the values in. Raises BadText when the words ask for one the letter does not have."""
    spans = []
    for part in template:
        if not part.value:
            spans.append(Span(_BOUND.sub("\\1\u00a0", part.text), part.strong))
            continue
        if part.text not in values:
            raise BadText(f"the letter has no value {part.text!r}")
        value = values[part.text]
        if isinstance(value, str):
            value = Span(clean(value), part.strong)
        spans += [value] if isinstance(value, Span) else value
    return tuple(span for span in spans if span.text)


def blocks(
    items: tuple[markup.Item, ...], values: Mapping[str, Value], made: Mapping[str, tuple[Block, ...]]
) -> list[Block]:
    """A clause's blocks; points that follow one another become one list."""
    found: list[Block] = []
    for item in items:
        if item.kind == "block":
            if item.name not in made:
                raise BadText(f"the letter has no block {item.name!r}")
            found += made[item.name]
            continue
        spans = fill(item.template, values)
        last = found[-1] if found else None
        if item.kind == "bullet" and isinstance(last, Bullets):
            found[-1] = Bullets((*last.items, spans))
        elif item.kind == "bullet":
            found.append(Bullets((spans,)))
        else:
            found.append(Heading(spans) if item.kind == "heading" else Paragraph(spans))
    return found
