"""Letters to a real SMTP server on this machine."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.dispatch import jobs
from app.dispatch.workflow import Status
from app.documents.queries import read
from tests.features.dispatch.rows import AT, a_case, a_letter, a_notice, with_mail


class Inbox:
    """What the server was given; it answers `refuses` to addresses that begin with «nobody»."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such user"
        if address.startswith("later"):
            return "451 4.3.0 Try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.got.append(message_from_bytes(envelope.content, policy=SMTP))  # type: ignore[arg-type]
        return "250 OK"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    made = Inbox()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    with_mail(app, f"smtp://127.0.0.1:{controller.port}")
    yield made
    controller.stop()


def test_a_letter_reaches_the_recipient_with_its_pdf(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        letter = a_letter(a_case())
        jobs.render_due(AT)
        assert jobs.send_due(AT).done == 1
        (mail,) = inbox.got
        assert mail["To"] == "postmottak@demovik.example"
        assert mail["Subject"] == "Vedtak om tilskudd – sak T25-0123"
        assert mail["Message-ID"].endswith("@example.invalid>")
        body = mail.get_body()
        assert body is not None
        assert body.get_content().replace("\r\n", "\n").strip() == letter.now().body
        (attachment,) = mail.iter_attachments()
        assert attachment.get_filename() == "Vedtak om tilskudd – sak T25-0123.pdf"
        document = attachment.get_payload(decode=True)
        from app.db import db
        from app.documents.models import Document

        stored = db.session.get_one(Document, letter.now().document_id)
        assert document == read(stored.sha256)


def test_one_bad_address_does_not_stop_the_others(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        bad = a_notice(None, "1", address="nobody@demovik.example")
        none = a_notice(None, "2", address="")
        split = a_notice(None, "3", address="a@b.example\r\nBcc: c@d.example")
        later = a_notice(None, "4", address="later@demovik.example")
        good = a_notice(None, "5")
        tally = jobs.send_due(AT)
        assert (tally.done, tally.failed) == (1, 3)
        assert [each.now().status for each in (bad, none, split, later, good)] == [
            Status.FAILED,
            Status.FAILED,
            Status.FAILED,
            Status.READY,
            Status.SENT,
        ]
        assert "550 5.1.1 No such user" in bad.now().last_error
        assert len(inbox.got) == 1


def test_a_server_that_is_away_takes_nothing_and_loses_nothing(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        notice = a_notice(None)
        settings = app.config["SETTINGS"]
        with_mail(app, "smtp://127.0.0.1:1")
        assert jobs.send_due(AT).done == 0
        assert notice.now().status is Status.READY
        with_mail(app, settings.smtp_url)
        jobs.send_due(notice.now().not_before)
        assert notice.now().status is Status.SENT


def test_a_line_that_breaks_after_the_words_leaves_doubt(app: Flask, inbox: Inbox) -> None:
    async def cut(server: Any, _session: Any, _envelope: Any) -> str:
        server.transport.abort()
        return "250 OK"

    with app.app_context():
        notice = a_notice(None)
        inbox.handle_DATA = cut  # type: ignore[method-assign]
        assert jobs.send_due(AT).failed == 1
        assert notice.now().uncertain
        jobs.send_due(AT)
        assert notice.now().status is Status.FAILED
