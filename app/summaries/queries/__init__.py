"""Reading deliveries."""

from app.summaries.queries.rows import (
    any_open,
    by_public_id,
    counted_now,
    history,
    last_number,
    locked,
    newest,
    newest_of,
    open_ones,
    versions,
    years,
)

__all__ = [
    "any_open",
    "by_public_id",
    "counted_now",
    "history",
    "last_number",
    "locked",
    "newest",
    "newest_of",
    "open_ones",
    "versions",
    "years",
]
