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
from app.dispatch.mail import NO_UTF8
from app.dispatch.workflow import Status
from app.documents.queries import read
from tests.features.dispatch.rows import AT, a_case, a_letter, a_notice, with_mail


class Inbox:
    """What the server was given; it answers `refuses` to addresses that begin with «nobody»."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.to: list[str] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such user"
        if address.startswith("later"):
            return "451 4.3.0 Try later"
        if address.startswith("away"):
            return "421 4.3.2 Going down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.raw.append(envelope.content)
        self.to += envelope.rcpt_tos
        self.got.append(message_from_bytes(envelope.content, policy=SMTP))  # type: ignore[arg-type]
        return "250 OK"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def offers() -> bool:
    """Whether the server offers SMTPUTF8; most do not."""
    return False


@pytest.fixture
def inbox(app: Flask, offers: bool) -> Iterator[Inbox]:
    made = Inbox()
    controller = Controller(made, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=offers)
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


@pytest.mark.parametrize("offers", [False, True])
def test_a_name_with_a_norwegian_letter_never_touches_the_next_letter(app: Flask, inbox: Inbox, offers: bool) -> None:
    with app.app_context():
        strange = a_notice(None, "1", address="bjørn.aas@demovik.example")
        next_one = a_notice(None, "2", address="postmottak@bodø.example")
        jobs.send_due(AT)
        assert next_one.now().status is Status.SENT
        assert strange.now().status is (Status.SENT if offers else Status.FAILED)
        assert not strange.now().uncertain
        assert inbox.to == [*(["bjørn.aas@demovik.example"] if offers else []), "postmottak@xn--bod-2na.example"]
        assert strange.now().last_error == ("" if offers else NO_UTF8)
        assert inbox.raw[-1].isascii()


WRONG = {
    "nobody@demovik.example": Status.FAILED,
    "later@demovik.example": Status.READY,
    "a@b.example\r\nRSET": Status.FAILED,
    "a@b.example, c@d.example": Status.FAILED,
    "Navn <a@b.example>": Status.FAILED,
    "bjørn@b.example": Status.FAILED,
    "a" * 1100 + "@b.example": Status.FAILED,
    "": Status.FAILED,
}


def test_whatever_is_wrong_with_one_the_next_goes(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        pairs = [
            (a_notice(None, f"bad:{place}", address=address), status, a_notice(None, f"good:{place}"))
            for place, (address, status) in enumerate(WRONG.items())
        ]
        jobs.send_due(AT)
        for bad, status, good in pairs:
            assert (bad.now().status, good.now().status) == (status, Status.SENT)
            assert not bad.now().uncertain
        assert len(inbox.got) == len(WRONG)


def test_a_server_that_goes_away_at_one_address_takes_the_next_letter(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        away, good = a_notice(None, "1", address="away@demovik.example"), a_notice(None, "2")
        jobs.send_due(AT)
        assert (away.now().status, good.now().status) == (Status.READY, Status.SENT)


def test_a_server_that_closes_before_the_words_leaves_no_doubt(app: Flask, inbox: Inbox) -> None:
    async def hang_up(server: Any, *_given: Any) -> str:
        server.transport.abort()
        return "250 OK"

    with app.app_context():
        first, second = a_notice(None, "1"), a_notice(None, "2")
        inbox.handle_RCPT, kept = hang_up, inbox.handle_RCPT  # type: ignore[method-assign]
        jobs.send_due(AT)
        assert (first.now().status, second.now().status) == (Status.READY, Status.READY)
        inbox.handle_RCPT = kept  # type: ignore[method-assign]
        jobs.send_due(first.now().not_before)
        assert (first.now().status, second.now().status) == (Status.SENT, Status.SENT)


def test_strange_words_arrive_as_written_in_lines_any_server_takes(app: Flask, inbox: Inbox) -> None:
    body = ".\n..\r\nFrom: x\n" + "ø" * 1500 + "\n" + "x" * 3000 + "\n.\nQUIT\n" + "slutt"
    with app.app_context():
        a_notice(None, "1", subject="Æ" * 300 + " \r\nBcc: c@d.example\x07 " + "y" * 1200, body=body)
        a_notice(None, "2", subject="b", body="b")
        assert jobs.send_due(AT).done == 2
        strange, plain = inbox.got
        assert strange["Bcc"] is None and inbox.to == ["postmottak@demovik.example"] * 2
        assert strange["Subject"].split() == ["Æ" * 300, "Bcc:", "c@d.example", "y" * 1200]
        got = strange.get_body()
        assert got is not None
        assert got.get_content().splitlines() == body.splitlines()
        assert max(map(len, inbox.raw[0].splitlines())) <= 998 and inbox.raw[0].isascii()
        assert strange["Message-ID"] != plain["Message-ID"]


OURS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo"),
}
ENCODED = "=?utf-8?q?x=0D=0AReply-To:_evil@b.example=0D=0AContent-Type:_text/html=0D=0A=0D=0A<a>Logg_inn</a>?="


@pytest.mark.parametrize("subject", [ENCODED, f"Vedtak: {ENCODED} – Øvre", f"Søknaden «{ENCODED}» venter", "=??=?"])
def test_a_title_is_only_ever_a_title(app: Flask, inbox: Inbox, subject: str) -> None:
    """An encoded word (RFC 2047) is signs like others: it makes no header, no body, and no other words."""
    with app.app_context():
        a_letter(a_case(), subject=subject, body="Det ekte brevet.")
        a_notice(None, "2", address="=?utf-8?q?a=0D=0ABcc=3A_b?=@demovik.example")
        jobs.render_due(AT)
        assert jobs.send_due(AT).done == 2
        for mail in inbox.got:
            assert mail["Reply-To"] is None and mail["Bcc"] is None and "text/html" not in str(mail)
            assert set(mail.keys()) <= OURS
        letter = inbox.got[0]
        assert letter["Subject"] == subject
        assert len(letter.defects) == 0
        body, (attachment,) = letter.get_body(), letter.iter_attachments()
        assert body is not None and body.get_content().strip() == "Det ekte brevet."
        assert attachment.keys() == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"]


def test_no_header_of_any_message_is_two() -> None:
    from app.dispatch.message import Attachment, Message, Unmailable

    split = Message("k", "T <t@b.example>", "a@b.example", "s", "b", "nb\r\nBcc: x", AT, Attachment("a.pdf", b""))
    with pytest.raises(Unmailable):
        split.written()


def test_a_letter_tried_again_has_the_same_message_id(app: Flask, inbox: Inbox) -> None:
    async def full(*_given: Any) -> str:
        return "452 4.3.1 Full"

    with app.app_context():
        letter = a_letter(a_case(), subject="Vedtak: søknad «Ærlig» – " + "lang " * 60)
        jobs.render_due(AT)
        kept = inbox.handle_DATA
        seen: list[bytes] = []

        async def look(_server: Any, _session: Any, envelope: Any) -> str:
            seen.append(envelope.content)
            return await full()

        inbox.handle_DATA = look  # type: ignore[method-assign]
        jobs.send_due(AT)
        inbox.handle_DATA = kept  # type: ignore[method-assign]
        jobs.send_due(letter.now().not_before)
        ids = [message_from_bytes(raw, policy=SMTP)["Message-ID"] for raw in (*seen, *inbox.raw)]
        assert len(ids) == 2 and len(set(ids)) == 1
        (attachment,) = inbox.got[0].iter_attachments()
        assert "Ærlig" in (attachment.get_filename() or "")
