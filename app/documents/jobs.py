"""Taking away files nobody points at."""

from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from app.db import db, writing
from app.db.runs import Tally
from app.documents import actions, files, mark, queries, virus
from app.documents.domain.scopes import Verdict
from app.values.clock import system_now
from app.values.language import N_

_MANY = 100
_OLD = timedelta(days=1)
_NO_ANSWER = N_("Virusprogrammet svarer ikke. Filene holdes stengt til de er sjekket.")


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


def check_held(at: datetime) -> Tally:
    """Ask the virus program about what is held back. What it does not answer about stays closed."""
    checked = 0
    waiting = queries.held_back(_MANY)
    for sha256 in waiting:
        db.session.rollback()
        told = virus.verdict(files.place(sha256))
        if told is None or told.verdict is Verdict.WAITING:
            # It will not answer about the others either.
            return Tally(done=checked, failed=len(waiting) - checked, message=_NO_ANSWER)
        with writing():
            checked += actions.judge(sha256, told, at=at)
    return Tally(done=checked)


def _remove(paths: list[Path]) -> int:
    """Judge and remove while nobody can point at a file (`actions.store` waits for the same row)."""
    with writing():
        queries.lock_store()
        kept = queries.stored([path.name for path in paths])
        orphans = [path for path in paths if path.name not in kept]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)
