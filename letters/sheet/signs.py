"""Whether the font holds every sign of a letter: asked before a decision is made, not when its letter is printed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from letters.blocks import Block, Letter
from letters.sheet import fonts


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


@lru_cache(maxsize=1024)  # standing paragraphs are the same in every letter of a round
def _check(block: Block) -> None:
    for text in _texts(block):
        fonts.require(text)


def check_signs(letter: Letter) -> None:
    """Raise CannotSet with the first sign the font lacks, anywhere in the letter."""
    for block in letter.blocks:
        _check(block)
    for text in (letter.title, letter.running, letter.footer, letter.page_words):
        fonts.require(text)
