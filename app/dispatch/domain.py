"""What is said to somebody, before it is queued. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Notice:
    """A notice of words only. `key` makes it unique for its cause; `language` is that of the words."""

    key: str
    case_id: int | None
    party_id: int | None
    kind: str
    address: str
    language: str
    subject: str
    body: str


@dataclass(frozen=True)
class LetterToBe(Notice):
    """A letter with its facts, composed and printed by a job: one of thousands, which nobody may wait for.

    `letter` is the kind the letters package knows; the version of its text is settled when it is queued.
    """

    letter: str
    facts: Mapping[str, Any]
