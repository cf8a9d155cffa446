"""kill -9 of the worker, again and again, while it renders and sends to a real SMTP server."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask

from app.db import clock, db, writing
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.documents.models import Document
from app.jobs.queries import last_runs
from tests.features.dispatch.rows import AT, a_case, a_letter, a_notice
from tests.ordeal.processes import Program, free_port, running, until, wait
from tests.ordeal.whole import assert_whole

LETTERS, NOTICES, KILLS, WHILE_MADE = 40, 60, 14, 4
OVER = (Status.SENT, Status.FAILED)


class Inbox:
    """Counts what came by Message-ID, unhurried, so that a kill meets it in the middle."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.sleep(0.03)
        self.got[message_from_bytes(envelope.content)["Message-ID"]] += 1
        await asyncio.sleep(0.03)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    made = Inbox()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield made, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def test_every_letter_goes_once_or_is_left_to_a_person(app: Flask, inbox: tuple[Inbox, str], tmp_path: Path) -> None:
    box, url = inbox
    dice = random.Random(7)
    with app.app_context():
        case = a_case()
        with writing():
            clock.start_at(AT)
        for n in range(LETTERS):
            a_letter(case, f"decision:{n}", subject=f"Vedtak {n}")
        for n in range(NOTICES):
            a_notice(case, f"notice:{n}")
        worker = Program(app, "worker", tmp_path, TILSAGN_SMTP_URL=url)
        for kill in range(KILLS):
            with running(worker):
                assert until(lambda least=kill: worker.said("leads the timetable") > least), worker.log.read_text(
                    "utf-8"
                )[-4000:]
                # The first while the letters are made, the others between two mails or in the middle of one.
                if kill >= WHILE_MADE:
                    goal = len(box.got) + dice.randint(1, 6)
                    assert until(lambda goal=goal: len(box.got) >= goal), worker.log.read_text("utf-8")[-2000:]
                wait(dice.uniform(0.0, 2.0 if kill < WHILE_MADE else 0.1))
                worker.kill()
        with running(worker):
            assert until(lambda: _open() == 0), (_open(), worker.log.read_text("utf-8")[-2000:])
            worker.stop()
        db.session.rollback()
        sent = db.session.scalars(sa.select(Outgoing)).all()
        assert len(sent) == LETTERS + NOTICES
        assert {o.status for o in sent} <= set(OVER)
        assert all(o.uncertain for o in sent if o.status is Status.FAILED)
        certain = [o for o in sent if o.status is Status.SENT]
        # One kill puts at most one in doubt.
        assert len(sent) - len(certain) <= KILLS
        assert max(box.got.values()) == 1, "a letter went twice"
        assert len(certain) <= len(box.got) <= len(sent)
        _one_document_each(sent)
        assert_whole()


def _open() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Outgoing.status.not_in(OVER))) or 0


def _one_document_each(sent: Any) -> None:
    letters = [o for o in sent if o.letter is not None]
    assert len({o.document_id for o in letters if o.document_id}) == len(letters) == LETTERS
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Document)) == LETTERS


def test_of_two_workers_one_leads_and_the_other_takes_over(app: Flask, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with app.app_context():
        a_notice(a_case())
        first, second = Program(app, "worker", tmp_path / "a"), Program(app, "worker", tmp_path / "b")
        with running(first):
            assert until(lambda: first.said("leads the timetable"))
            with running(second):
                assert until(lambda: second.said("worker started"))
                wait(5)
                assert not second.said("leads the timetable")
                first.kill()
                assert until(lambda: second.said("leads the timetable"), 20)
                second.stop()
        assert_whole()


def test_a_jump_of_the_clock_gives_each_job_one_run(app: Flask, tmp_path: Path) -> None:
    """A month ahead while the worker runs: thirty mornings are answered by one reminder run."""
    from datetime import timedelta

    from app.db.runs import JobRun

    def runs_of(name: str) -> int:
        db.session.rollback()
        return db.session.scalar(sa.select(sa.func.count()).where(JobRun.name == name)) or 0

    with app.app_context():
        with writing():
            clock.start_at(AT)
        worker = Program(app, "worker", tmp_path)
        with running(worker):
            assert until(lambda: "sweep-files" in last_runs() or db.session.rollback())
            before = {name: runs_of(name) for name in ("report-reminders", "verify-audit", "verify-budget")}
            with writing():
                clock.forward(timedelta(days=30))
            assert until(lambda: runs_of("verify-budget") > before["verify-budget"])
            wait(6)
            assert {name: runs_of(name) - count for name, count in before.items()} == dict.fromkeys(before, 1)
            worker.stop()
