"""Letters of every kind, judged and composed from their facts before anything is stored."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import letters
from app.flow import Reason
from app.values.language import N_
from app.values.printable import shown, unprintable
from letters.facts import LetterFacts

NOT_MADE = N_("Brevet kan ikke lages.")
_OFFICER = N_("saksbehandler")


def why_not_letter(facts: LetterFacts) -> list[Reason]:
    """Why the letter cannot be made: each thing it lacks, or the sign that cannot be printed."""
    return _made(facts)[1]


def _made(facts: LetterFacts) -> tuple[letters.Letter | None, list[Reason]]:
    try:
        return letters.compose(facts), []
    except letters.Incomplete as error:
        return None, [Reason(N_("Brevet mangler %(element)s."), {"element": each}, _OFFICER) for each in error.missing]
    except letters.CannotSet as error:
        signs = shown((error.sign,))
        return None, [Reason(N_("Brevet har et tegn som ikke kan skrives ut: %(sign)s."), {"sign": signs})]
    except letters.LetterError:
        return None, [Reason(N_("Brevteksten kan ikke settes opp."), who=N_("administrator"))]


def dated(letter: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are stored: with their kind, and the version of the text that holds on the letter's day."""
    head = dict(facts.get("head") or {})
    if "text_version" not in head and head.get("dated_on"):
        head["text_version"] = letters.version_on(letter, date.fromisoformat(head["dated_on"]))
    return {"kind": letter, **facts, "head": head}


def composed(facts: Mapping[str, Any]) -> tuple[dict[str, Any] | None, list[Reason]]:
    """What is kept of the letter these stored facts (with their «kind») make; None and the reasons when they do not."""
    try:
        read = letters.from_json(json.dumps(facts))
    except letters.Unreadable:
        return None, [Reason(N_("Brevet mangler opplysninger."), who=N_("administrator"))]
    letter, reasons = _made(read)
    return letters.keep(letter) if letter is not None else None, reasons


def kept(blocks: Mapping[str, Any] | None) -> letters.Letter | None:
    """The letter as it was composed, for a page; None while there is none."""
    return letters.kept(blocks) if blocks else None


def pages_of(letter: letters.Letter | None) -> tuple[int, ...]:
    """The page each block of the letter begins on, and last how many there are; nothing while there is no letter."""
    return letters.first_pages(letter) if letter else ()


def printed(blocks: Mapping[str, Any]) -> bytes:
    """The same as PDF."""
    return letters.print_letter(letters.kept(blocks))


def strange_texts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each text of the facts that no letter can hold, with its place («questions.0»)."""
    return [(place, text) for place, text in _texts(facts, "") if unprintable(text)]


def mended(facts: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The facts with other texts at these places."""
    copy: dict[str, Any] = json.loads(json.dumps(facts))
    for place, text in texts.items():
        *way, last = place.split(".")
        inside: Any = copy
        for step in way:
            inside = inside[int(step)] if isinstance(inside, list) else inside[step]
        inside[int(last) if isinstance(inside, list) else last] = text
    return copy


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping | list):
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
        for name, inner in pairs:
            yield from _texts(inner, f"{place}.{name}" if place else str(name))
