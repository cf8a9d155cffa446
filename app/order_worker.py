"""The process that works on orders. A child of its own: it stands in the way of no page and no job."""

import signal
from types import FrameType

import structlog
from flask import Flask

from app.db import db
from app.db.runs import stopping
from app.orders.running import work

log = structlog.get_logger()


def main(flask: Flask) -> None:
    """Run until SIGTERM or SIGINT; the batch at hand is done first."""

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    log.info("order worker started")
    with flask.app_context():
        work()
        db.engine.dispose()
    log.info("order worker stopped")
