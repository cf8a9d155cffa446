"""Taking away files nobody points at."""

from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from app.db import writing
from app.documents import files, mark, queries
from app.documents.models import StoreMark
from app.values.clock import system_now

_MANY = 100
_OLD = timedelta(days=1)


def sweep(at: datetime) -> int:
    """Remove files that were written, but whose row never came: a crash between the two. Gives how many.

    Never before they have lain a day, by the machine's clock, which is also the disk's; the program's may be moved.
    """
    del at
    mark.claim()
    moment = (system_now() - _OLD).timestamp()
    old = files.older_than(moment)
    removed = 0
    while some := list(islice(old, _MANY)):
        removed += _remove(some)
    return removed


def _remove(paths: list[Path]) -> int:
    """Judge and remove while nobody can point at a file (`actions.store` waits for the same row)."""
    with writing() as session:
        session.execute(sa.select(StoreMark.id).with_for_update())
        kept = queries.stored([path.name for path in paths])
        orphans = [path for path in paths if path.name not in kept]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)
