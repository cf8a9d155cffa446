"""Jobs: control of confirmed claims by rules, and word of new rules.

Safe to run twice, and to be cut off: a batch is whole or not there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog

from app.compensation import actions, queries
from app.compensation.queries import Middle
from app.db import db, writing
from app.db.runs import Tally, each, stopping
from app.values.clock import local_date

log = structlog.get_logger()
# One writing: what others wait for meanwhile.
BATCH = 250


def control_claims(at: datetime) -> Tally:
    """Look at every confirmed claim no control has seen."""
    total, ids = Tally(), queries.uncontrolled(0, BATCH)
    middles = queries.middles() if ids else {}
    while ids and not stopping.is_set():
        db.session.rollback()
        total += _batch(ids, middles, at)
        ids = queries.uncontrolled(ids[-1], BATCH)
    return total


def announce_changes(at: datetime) -> Tally:
    """Tell those it concerns of the rules that are to come, a batch at a time."""
    total = Tally()
    for change in queries.coming(local_date(at)):
        told = BATCH
        while told and not stopping.is_set():
            with writing():
                told = actions.announce(change, BATCH, at=at)
            total += Tally(done=told)
    return total


def _batch(ids: Sequence[int], middles: Mapping[int, Middle], at: datetime) -> Tally:
    """All of them at once; where one is bad, one by one: it is logged and stays for a person, and the rest goes on."""
    try:
        with writing():
            actions.control(ids, middles, at=at)
    except Exception:
        log.exception("claims not controlled together", first=ids[0])
        return each(ids, partial(_one, middles, at))
    return Tally(done=len(ids))


def _one(middles: Mapping[int, Middle], at: datetime, claim_id: int) -> None:
    with writing():
        actions.control([claim_id], middles, at=at)
