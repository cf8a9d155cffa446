"""What is said to somebody, before it is queued. Plain Python."""

from dataclasses import dataclass


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
