"""The moment of an answer, in the address of the page that tells what it did."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def told_as(at: datetime) -> str:
    """The moment to the microsecond, as an address writes it."""
    return str((at - EPOCH) // timedelta(microseconds=1))


def moment_of(text: str) -> datetime | None:
    """The moment an address tells of; None when it tells of none."""
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        return None
    return EPOCH + timedelta(microseconds=int(text))
