"""Which words of the program's texts hunspell's Norwegian word lists, and our own, do not know."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hunspell import Hunspell

from app.demo import stories, wordings
from app.demo.parties import invented
from app.parties.register import load_municipalities
from app.translations.catalogue import translations
from tests.architecture.source import ROOT, parsed, python_files

OWN = Path(__file__).with_name("words")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Places for facts, marks of a letter, and addresses.
_NO_WORDS = re.compile(r"%\(\w+\)[sd]|\{[^}]*\}|\[\[[^\]]*\]\]|https?://\S+|[\w.@-]*\.(?:no|pdf|xlsx|csv)\b")
# The nynorsk list lets the older «endelig» through beside «endeleg»; we write one of them.
_OLDER = re.compile(r"(?<!vil)lig(e|are|aste?)?$")
# A part that is fetched from another file, the name of a part, a remark.
_NO_TEXT = re.compile(r"^(<<|==|%)")
_NAMED = re.compile(r"^[a-z_]+ = ")


def texts(language: str) -> Iterator[str]:
    """Every text of the program in this language: catalogues, which hold the mails too, letters and rules."""
    catalogue, _ = translations()
    for message in filter(lambda each: each.id, catalogue):
        # Bokmål is the key; that each key is still in the program is another test's matter.
        said = message.id if language == "nb" else message.string
        yield from [said] if isinstance(said, str) else said
    for path in sorted((ROOT / "letters" / "texts" / language).rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not _NO_TEXT.match(line):
                yield _NAMED.sub("", line)

    yield from rule_texts(language)
    yield from demo_texts(language)


def rule_texts(language: str) -> Iterator[str]:
    """What `Words(bokmål, nynorsk)` says in this language: rules, calls and names that are written in the code."""
    place = ("nb", "nn").index(language)
    for path in python_files("app"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                yield from _said(node.args[place:])


def _said(args: list[ast.expr]) -> Iterator[str]:
    """The text of the first of these, what is filled in left out."""
    for part in ast.walk(args[0]) if args else ():
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def demo_texts(language: str) -> Iterator[str]:
    """What applicants, recipients and officers of the demo write in this language."""
    for told in (*stories.round_2025(), *stories.pll_2024(), *stories.pmd_2024()):
        if told.language.value == language:
            yield from (told.title, told.purpose, told.description, told.results, told.asked, told.answered, told.why)
    for name in ("answers", "reasons", "reports"):
        yield from _of_pairs(wordings.pool(name), language)


def _of_pairs(texts: Any, language: str) -> Iterator[str]:
    """Every text stands in both forms beside each other."""
    if isinstance(texts, dict):
        texts = list(texts.values())
    if isinstance(texts, list) and len(texts) == 2 and all(isinstance(each, str) for each in texts):
        yield texts[language == "nn"]
    elif isinstance(texts, list):
        for each in texts:
            yield from _of_pairs(each, language)


@cache
def places() -> frozenset[str]:
    """Names of municipalities, real and invented, and of the systems the demo invents."""
    names = [each.name for each in (*load_municipalities(), *invented())]
    systems = [name for found in wordings.pool("answers")["systems"].values() for name in found]
    return frozenset(word for name in (*names, *systems) for word in words_in(name))


def words_in(text: str) -> Iterator[str]:
    """The words of a text; single letters are names of things."""
    yield from (word for word in _WORD.findall(_NO_WORDS.sub(" ", text)) if len(word) > 1)


def own(language: str) -> list[str]:
    """Words of the field and names that the word lists lack, as our own file has them."""
    return (OWN / f"{language}.txt").read_text(encoding="utf-8").split()


def unknown(language: str) -> dict[str, str]:
    """Each word that neither list knows, with the first text it stands in."""
    found: dict[str, str] = {}
    for text in texts(language):
        for word in words_in(text):
            if word not in found and not knows(language, word):
                found[word] = text
    return found


@cache
def knows(language: str, word: str) -> bool:
    """Whether the word is right; of one with hyphens, whether its parts are."""
    mine = own_set(language)
    if language == "nn" and _OLDER.search(word):
        return False
    if word in places() or word.removesuffix("s") in places():
        return True
    if word in mine or word[:1].lower() + word[1:] in mine or _hunspell(language).spell(word):
        return True
    parts = re.split(r"['’-]", word)
    return len(parts) > 1 and all(len(part) == 1 or knows(language, part) for part in parts)


@cache
def own_set(language: str) -> frozenset[str]:
    """The same, to look up in."""
    return frozenset(own(language))


@cache
def _hunspell(language: str) -> Hunspell:
    return Hunspell("index", hunspell_data_dir=str(ROOT / "node_modules" / f"dictionary-{language}"))
