"""The one process that runs the timetable. APScheduler only ticks; what is due is judged by the program's clock."""

import signal
from datetime import datetime
from threading import Event
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.db import db
from app.db.clock import now
from app.db.locks import Lock, lock
from app.db.runs import stopping
from app.jobs.queries import last_runs
from app.jobs.runs import Busy, run
from app.jobs.timetable import due

log = structlog.get_logger()

SECONDS = 2
LEADER = "timetable"


class Worker:
    """Runs what is due at each tick, while it leads. Another worker stands by and takes over when this one dies."""

    def __init__(self, flask: Flask) -> None:
        self._flask = flask
        self._lock: Lock | None = None
        self._ran: dict[str, datetime] = {}
        self.leads = False

    def tick(self) -> None:
        """One look at the timetable; does nothing while another process leads. Faults are logged, never raised."""
        try:
            with self._flask.app_context():
                if self._take_lead():
                    self._run_due()
        except Exception:  # the database may be away for a while; the next tick tries again
            log.exception("tick failed")

    def stop(self) -> None:
        """Let the lead go."""
        with self._flask.app_context():
            if self._lock is not None:
                self._lock.release()
            self.leads = False
            db.engine.dispose()

    def _take_lead(self) -> bool:
        if self._lock is None:
            self._lock = lock(LEADER)
        leads = self._lock.take()
        if leads != self.leads:
            log.info("leads the timetable" if leads else "stands by")
            # What ran while another led stands in the database.
            self._ran = last_runs() if leads else {}
        self.leads = leads
        return leads

    def _run_due(self) -> None:
        at = now()
        for job, for_at in due(at, self._ran):
            if stopping.is_set():
                return
            try:
                run(job.name, at, for_at=for_at)
            except Busy:
                # A person runs it by hand at this moment.
                log.info("job is busy", job=job.name)
            self._ran[job.name] = for_at


def main(flask: Flask) -> None:
    """Run until SIGTERM or SIGINT; the job at hand ends after its item."""
    asked = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()
        stopping.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    worker = Worker(flask)
    scheduler = BackgroundScheduler(timezone="UTC")
    options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    scheduler.add_job(worker.tick, "interval", seconds=SECONDS, **options)
    scheduler.start()
    log.info("worker started")
    asked.wait()
    scheduler.shutdown(wait=True)
    worker.stop()
    log.info("worker stopped")
