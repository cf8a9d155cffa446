"""Letters are made once and sent once; what may have gone is never sent again unasked."""

import json
import sys
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import letters
from app.audit.verify import faults
from app.cases.models import Case
from app.db import db, writing
from app.dispatch import channel, composing, jobs, rendering
from app.dispatch.actions import retry, settle
from app.dispatch.message import Message
from app.dispatch.models import Outgoing
from app.dispatch.queries import by_key
from app.dispatch.refusals import Down, NotNow, Rejected, Unknown
from app.dispatch.workflow import Status
from app.documents.models import Document
from app.documents.queries import read
from app.flow import Refused, Stale
from tests import letter_samples
from tests.factories import acting
from tests.features.dispatch.rows import AT, a_case, a_letter, a_notice


class Post:
    """A postman that keeps what it is given, or does not take it."""

    def __init__(self, *faults: Exception | None) -> None:
        self.got: list[Message] = []
        self.faults = list(faults)

    def deliver(self, message: Message) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not isinstance(fault, Unknown):
            raise fault
        self.got.append(message)
        if fault is not None:
            raise fault

    def close(self) -> None:
        pass


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    made = Post()
    monkeypatch.setattr(channel, "postman", lambda: made)
    return made


def documents() -> list[Document]:
    return list(db.session.scalars(sa.select(Document).order_by(Document.id)))


def test_a_repeated_key_gives_the_first_back(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        a_letter(case)
        a_letter(case, subject="Another")
        a_notice(case)
        a_notice(case, subject="Another")
        found = list(db.session.scalars(sa.select(Outgoing.subject).order_by(Outgoing.id)))
        assert found == ["Vedtak om tilskudd – sak T25-0123", "Rapporten forfaller snart"]


def test_a_letter_is_made_and_reaches_the_outbox(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        letter, notice = a_letter(case), a_notice(case)
        assert jobs.render_due(AT).done == 1
        assert jobs.send_due(AT).done == 2
        assert (letter.now().status, notice.now().status) == (Status.SENT, Status.SENT)
        (document,) = documents()
        assert letter.now().document_id == document.id
        assert read(document.sha256).startswith(b"%PDF")
        assert document.filename == "Vedtak om tilskudd – sak T25-0123.pdf"
        assert not list(faults())


def test_made_twice_it_has_one_document_and_the_same_bytes(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        first, second = a_letter(case), a_letter(case, "decision:2")
        jobs.render_due(AT)
        assert jobs.render_due(AT).done == 0
        one, two = documents()
        assert one.sha256 == two.sha256
        assert first.now().document_id != second.now().document_id


def test_what_is_not_due_waits(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        later = AT + timedelta(days=2)
        letter, notice = a_letter(case, not_before=later), a_notice(case, not_before=later)
        jobs.render_due(AT)
        jobs.send_due(AT)
        assert (letter.now().status, notice.now().status) == (Status.QUEUED, Status.READY)
        jobs.render_due(later)
        jobs.send_due(later)
        assert (letter.now().status, notice.now().status) == (Status.SENT, Status.SENT)


def test_a_letter_that_cannot_be_made_is_refused_or_a_persons_task_and_the_rest_go_on(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        with pytest.raises(Refused, match="mangler"):
            a_letter(case, facts={"head": {}})
        assert by_key("decision:1") is None
        bad, good = a_letter(case, facts={"head": {}}, even_unmade=True), a_letter(case, "decision:2")
        assert jobs.render_due(AT).done == 1
        assert bad.now().status is Status.FAILED
        assert bad.now().last_error == composing.NOT_MADE
        assert good.now().status is Status.READY


def test_a_full_disk_stops_the_job_and_leaves_the_letter_queued(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any) -> str:
        raise OSError(28, "No space left on device")

    with app.app_context():
        letter = a_letter(a_case())
        monkeypatch.setattr("app.documents.files.put", full)
        with pytest.raises(OSError, match="No space"):
            jobs.render_due(AT)
        assert letter.now().status is Status.QUEUED
        assert not documents()
        monkeypatch.undo()
        jobs.render_due(AT)
        assert letter.now().status is Status.READY


def test_by_mail_the_stored_bytes_go_as_attachment(app: Flask, post: Post) -> None:
    with app.app_context():
        letter = a_letter(a_case())
        jobs.render_due(AT)
        assert jobs.send_due(AT).done == 1
        (message,) = post.got
        assert message.attachment is not None
        assert message.attachment.data == read(documents()[0].sha256)
        assert letter.now().sent_at == AT
        assert jobs.send_due(AT).done == 0
        assert len(post.got) == 1


def test_a_crash_between_the_two_steps_never_sends_twice(
    app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_given: Any) -> None:
        raise SystemExit("killed")

    with app.app_context():
        notice = a_notice(a_case())
        monkeypatch.setattr(jobs, "_finish", crash)
        with pytest.raises(SystemExit):
            jobs.send_due(AT)
        assert notice.now().status is Status.SENDING
        monkeypatch.undo()
        monkeypatch.setattr(channel, "postman", lambda: post)
        assert jobs.send_due(AT).failed == 1
        jobs.send_due(AT)
        assert len(post.got) == 1
        assert notice.now().status is Status.FAILED
        assert notice.now().uncertain
        assert notice.now().last_error == jobs.UNCERTAIN


@pytest.mark.parametrize(("verb", "sends"), [(retry, 2), (settle, 1)])
def test_a_person_decides_about_the_uncertain(app: Flask, post: Post, verb: Any, sends: int) -> None:
    with app.app_context():
        notice = a_notice(a_case())
        post.faults = [Unknown("the line broke")]
        jobs.send_due(AT)
        failed = notice.now()
        assert (failed.status, failed.uncertain) == (Status.FAILED, True)
        with writing():
            verb(failed.id, failed.version, by=acting("officer1"), at=AT)
        jobs.render_due(AT)
        jobs.send_due(AT)
        assert notice.now().status is Status.SENT
        assert len(post.got) == sends
        with pytest.raises(Stale), writing():
            verb(failed.id, 1, by=acting("officer1"), at=AT)


def test_what_surely_failed_cannot_be_called_sent_and_an_auditor_sends_nothing(app: Flask, post: Post) -> None:
    with app.app_context():
        notice = a_notice(a_case())
        post.faults = [Rejected("550 no such user")]
        assert jobs.send_due(AT).failed == 1
        failed = notice.now()
        assert failed.last_error == f"{jobs.REJECTED}\n550 no such user"
        with pytest.raises(Refused), writing():
            settle(failed.id, failed.version, by=acting("officer1"), at=AT)
        with pytest.raises(Refused), writing():
            retry(failed.id, failed.version, by=acting("auditor"), at=AT)


def test_a_letter_sent_again_is_not_made_again(app: Flask, post: Post) -> None:
    with app.app_context():
        letter = a_letter(a_case())
        jobs.render_due(AT)
        post.faults = [Rejected("550")]
        jobs.send_due(AT)
        with writing():
            retry(letter.now().id, letter.now().version, by=acting("officer1"), at=AT)
        jobs.render_due(AT)
        jobs.send_due(AT)
        assert letter.now().status is Status.SENT
        assert len(documents()) == 1


def test_a_server_that_is_down_is_left_alone_for_a_while_and_uses_up_no_try(app: Flask, post: Post) -> None:
    with app.app_context():
        case, at = a_case(), AT
        first, second = a_notice(case), a_notice(case, "notice:2")
        post.faults = [Down("refused")] * (2 * jobs.MOST_ATTEMPTS)
        while post.faults:
            assert jobs.send_due(at).done == 0
            assert {(each.now().status, each.now().attempts) for each in (first, second)} == {(Status.READY, 0)}
            at += jobs.PAUSES[0]
            assert max(first.now().not_before, second.now().not_before) == at
        jobs.send_due(at)
        assert {(each.now().status, each.now().attempts) for each in (first, second)} == {(Status.SENT, 1)}


def test_a_fault_nobody_foresaw_leaves_no_doubt_and_is_tried_again(app: Flask, post: Post) -> None:
    with app.app_context():
        first, second = a_notice(a_case()), a_notice(None, "notice:2")
        post.faults = [RuntimeError("odd")]
        tally = jobs.send_due(AT)
        assert (tally.done, tally.failed, tally.message) == (1, 1, "RuntimeError: odd")
        assert (first.now().status, second.now().status) == (Status.READY, Status.SENT)
        assert first.now().last_error == f"{jobs.NOT_SENT}\nRuntimeError: odd"
        jobs.send_due(first.now().not_before)
        assert first.now().status is Status.SENT


def test_an_unwilling_server_is_asked_less_and_less_and_then_a_person_is(app: Flask, post: Post) -> None:
    with app.app_context():
        notice = a_notice(a_case())
        post.faults = [NotNow("451 later") for _ in range(99)]
        at, waits = AT, []
        while notice.now().status is Status.READY:
            jobs.send_due(at)
            waits.append(notice.now().not_before - at)
            at = max(notice.now().not_before, at + timedelta(minutes=1))
        assert notice.now().status is Status.FAILED
        assert not notice.now().uncertain
        assert waits[:3] == [timedelta(minutes=m) for m in (1, 5, 15)]
        assert len(waits) == jobs.MOST_ATTEMPTS


def test_many_letters_are_made_in_processes_that_know_no_database(app: Flask) -> None:
    blocks = json.dumps(letters.keep(letters.compose(letter_samples.award())))
    alone = rendering.render(blocks)
    assert alone.data == letters.render(letter_samples.award())
    assert list(rendering.render_all([blocks, blocks, "{}"], in_process_below=2)) == [
        alone,
        alone,
        rendering.Rendered(b"", "Unreadable: not the blocks of a letter"),
    ]


def test_the_press_brings_no_database_with_it() -> None:
    import subprocess

    code = "import sys, app.dispatch.rendering; print({'flask', 'sqlalchemy', 'app.db'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_case_knows_its_letters_events(app: Flask) -> None:
    from app.audit.models import AuditEntry

    with app.app_context():
        case: Case = a_case()
        a_letter(case)
        jobs.render_due(AT)
        jobs.send_due(AT)
        told = db.session.scalars(
            sa.select(AuditEntry.event).where(AuditEntry.case_id == case.id).order_by(AuditEntry.id)
        )
        assert [event for event in told if event.startswith(("outgoing", "document"))] == [
            "outgoing.queued",
            "document.added",
            "outgoing.render",
            "outgoing.begin",
            "outgoing.finish",
        ]
