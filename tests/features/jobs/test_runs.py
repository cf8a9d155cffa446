"""Running jobs: alone, seen, and never stopped by each other's faults."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import clock as program_clock
from app.db import db, writing
from app.db.locks import alone, lock
from app.db.runs import JobRun, Tally, each
from app.jobs import queries, runs, timetable
from app.jobs.timetable import TIMETABLE, Job
from app.worker import Worker
from tests.features.dispatch.rows import a_notice

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)
CALLS: list[datetime] = []


def counted(at: datetime) -> int:
    """A job for these tests: one done the first time, nothing after."""
    CALLS.append(at)
    return 1 if len(CALLS) == 1 else 0


def broken(_at: datetime) -> int:
    """A job for these tests."""
    raise ValueError("something is wrong")


@pytest.fixture
def one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    CALLS.clear()
    jobs = (
        Job("broken", timetable.Every(timedelta(minutes=1)), f"{__name__}.broken", "x"),
        Job("counted", timetable.Every(timedelta(minutes=1)), f"{__name__}.counted", "x"),
        Job("not-there", timetable.Every(timedelta(minutes=1)), "app.nowhere.jobs.x", "x"),
    )
    monkeypatch.setattr(timetable, "TIMETABLE", jobs)
    monkeypatch.setattr("app.worker.due", lambda at, ran: timetable.due(at, ran, jobs))


def rows() -> list[JobRun]:
    db.session.rollback()
    return queries.newest()


def test_a_run_leaves_a_row(app: Flask, one_job: None) -> None:
    with app.app_context():
        assert runs.run("counted", AT) == Tally(done=1)
        (row,) = rows()
        assert (row.name, row.for_at, row.done, row.failed) == ("counted", AT, 1, 0)
        assert row.finished_at is not None


def test_a_fault_stands_in_the_row(app: Flask, one_job: None) -> None:
    with app.app_context():
        assert runs.run("broken", AT).failed == 1
        assert rows()[0].message == "ValueError: something is wrong"


def test_a_job_whose_room_is_not_there_does_nothing(app: Flask, one_job: None) -> None:
    with app.app_context():
        assert runs.run("not-there", AT) == Tally()


def test_every_job_of_the_timetable_runs_twice_and_the_second_time_does_nothing(app: Flask) -> None:
    with app.app_context():
        a_notice(None)
        first = {each.name: runs.run(each.name, AT) for each in TIMETABLE}
        assert not {name: tally for name, tally in first.items() if tally.failed}
        assert first["send"].done == 1
        proves = {"verify-audit", "verify-budget"}
        again = {each.name: runs.run(each.name, AT) for each in TIMETABLE if each.name not in proves}
        assert set(again.values()) == {Tally()}


def test_a_quiet_job_without_work_leaves_one_row(app: Flask) -> None:
    with app.app_context():
        for _ in range(3):
            runs.run("send", AT)
        assert [row.name for row in rows()] == ["send"]
        a_notice(None)
        runs.run("send", AT)
        assert [row.done for row in rows()] == [1, 0]


def test_a_job_runs_in_one_place_at_a_time(app: Flask, one_job: None) -> None:
    with app.app_context(), alone("job-counted") as ours:
        assert ours
        with pytest.raises(runs.Busy):
            runs.run("counted", AT)
    with app.app_context():
        assert runs.run("counted", AT).done == 1


def test_a_bad_item_is_logged_and_the_rest_go_on(app: Flask) -> None:
    def do(key: int) -> bool:
        if key == 2:
            raise ValueError("bad")
        return key != 3

    with app.app_context():
        assert each([1, 2, 3, 4], do) == Tally(done=2, failed=1, message="ValueError: bad")


def test_of_two_workers_one_leads_and_the_other_takes_over(app: Flask, one_job: None) -> None:
    first, second = Worker(app), Worker(app)
    first.tick()
    second.tick()
    assert (first.leads, second.leads) == (True, False)
    assert len(CALLS) == 1
    first.stop()
    second.tick()
    assert second.leads
    second.stop()


def test_a_worker_catches_up_once_after_the_clock_moved(app: Flask, one_job: None) -> None:
    worker = Worker(app)
    worker.tick()
    ran = len(CALLS)
    with app.app_context(), writing():
        program_clock.forward(timedelta(days=30))
    worker.tick()
    worker.tick()
    assert len(CALLS) == ran + 1
    worker.stop()


def test_a_run_that_was_broken_off_does_not_count(app: Flask, one_job: None) -> None:
    with app.app_context():
        with writing() as session:
            session.add(JobRun(name="counted", for_at=AT, started_at=AT))
        assert queries.last_runs() == {}


def test_a_lock_is_gone_with_its_connection(app: Flask, dialect: str, tmp_path: Path) -> None:
    with app.app_context():
        first, second = lock("x"), lock("x")
        assert first.take()
        assert not second.take()
        if dialect == "postgresql":
            # An administrator, or a restart of the server, cuts the line.
            with db.engine.connect() as connection:
                connection.execute(
                    sa.text(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks"
                        " WHERE locktype = 'advisory' AND database ="
                        " (SELECT oid FROM pg_database WHERE datname = current_database())"
                    )
                )
            assert not first.take()
        else:
            first.release()
        assert second.take()
        second.release()
