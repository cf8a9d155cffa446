"""Whose fault it is: what goes wrong between the server and us fails nobody's letter, and holds up no other job."""

import socket
import threading
from collections import Counter
from contextlib import suppress
from time import monotonic
from typing import Any, Self

import pytest
from flask import Flask

from app.dispatch import jobs, line
from app.dispatch.mail import Postman
from app.dispatch.message import Message
from app.dispatch.refusals import Down, NotNow, Rejected, Unknown
from app.dispatch.workflow import Status
from tests.features.dispatch.rows import AT, a_notice, with_mail


class Gruff:
    """A server that answers each command as it is told, "" by hanging up; else as servers do. END: after the words."""

    USUAL = {"EHLO": "250 x", "HELO": "250 x", "DATA": "354 go", "QUIT": "221 bye"}

    def __init__(self, says: dict[str, str]) -> None:
        self.says, self.door = says, socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.door.accept()
                with line, line.makefile("rwb", buffering=0) as talk:
                    talk.write(b"220 x\r\n")
                    self._talk(talk)

    def _talk(self, talk: Any) -> None:
        seen: Counter[str] = Counter()
        for heard in talk:
            word = heard[:4].decode("ascii").upper().strip()
            seen[word] += 1
            answer = self.says.get(word, self.USUAL.get(word, "250 ok"))
            answer = self.says.get(f"second {word}", answer) if seen[word] == 2 else answer
            talk.write(answer.encode() + b"\r\n" if answer else b"")
            if not answer or answer.startswith(("221", "421")):
                return
            if answer.startswith("354"):
                while talk.readline() != b".\r\n":
                    pass
                taken = self.says.get("END", "250 taken")
                talk.write(taken.encode() + b"\r\n" if taken else b"")
                if not taken:
                    return


SERVERS: dict[str, tuple[dict[str, str], tuple[Status, Status]]] = {
    "busy at the greeting": ({"EHLO": "421 busy"}, (Status.READY, Status.READY)),
    "knows no EHLO": ({"EHLO": "502 what"}, (Status.SENT, Status.SENT)),
    "wants no greeting": ({"EHLO": "451 busy", "HELO": "451 busy"}, (Status.READY, Status.READY)),
    "wants a log-in": ({"MAIL": "530 5.7.0 Authentication required"}, (Status.READY, Status.READY)),
    "wants a log-in late": ({"RCPT": "530 5.7.0 Authentication required"}, (Status.READY, Status.READY)),
    "refuses us": ({"MAIL": "550 5.7.1 Sender not allowed"}, (Status.READY, Status.READY)),
    "is full": ({"MAIL": "552 5.3.4 Full"}, (Status.READY, Status.READY)),
    "hangs up on us": ({"MAIL": ""}, (Status.READY, Status.READY)),
    "does not relay": ({"RCPT": "554 5.7.1 Relay access denied"}, (Status.READY, Status.READY)),
    "blocks us": ({"RCPT": "554 5.7.1 <x[10.0.0.1]>: Client host rejected"}, (Status.READY, Status.READY)),
    "hangs up before the words": ({"DATA": ""}, (Status.READY, Status.READY)),
    "has lost its place": ({"DATA": "503 what"}, (Status.READY, Status.READY)),
    "knows nobody": ({"RCPT": "550 5.1.1 No such user"}, (Status.FAILED, Status.FAILED)),
    "takes one letter a line": ({"second MAIL": ""}, (Status.SENT, Status.SENT)),
}


@pytest.mark.parametrize("what", SERVERS)
def test_a_fault_between_the_server_and_us_is_no_letters_fault(app: Flask, what: str) -> None:
    says, (one, two) = SERVERS[what]
    with Gruff(says) as server, app.app_context():
        with_mail(app, f"smtp://127.0.0.1:{server.port}")
        first, second = a_notice(None, "1"), a_notice(None, "2")
        jobs.send_due(AT)
        assert (first.now().status, second.now().status) == (one, two)
        assert not first.now().uncertain


def a_message(to: str = "postmottak@demovik.example") -> Message:
    return Message("k", "Hdir <tilskudd@example.no>", to, "Hei", "Hei.", "nb", AT)


# What is said, where, and what it means (RFC 3463 § 3).
REFUSALS: dict[tuple[str, str], type[Exception]] = {
    ("RCPT", "550 5.7.1 Service unavailable; client [10.0.0.1] blocked using zen.spamhaus.org"): NotNow,
    ("RCPT", "550 5.7.1 <tilskudd@example.no>: Sender address rejected: not owned by user"): NotNow,
    ("RCPT", "553 5.1.8 Sender's domain not found"): NotNow,
    ("RCPT", "501 5.1.7 Bad sender address"): NotNow,
    ("RCPT", "553 sorry, that domain is not in my list of allowed rcpthosts (#5.7.1)"): NotNow,
    ("RCPT", "550 relay not permitted"): NotNow,
    ("RCPT", "500 what"): NotNow,
    ("RCPT", "502 5.5.1 what"): NotNow,
    ("RCPT", "554 no"): NotNow,
    ("RCPT", "452 5.1.1 busy"): NotNow,
    ("RCPT", "250 " + "x" * 9000): NotNow,
    ("RCPT", "550 5.1.10 The domain takes no mail"): Rejected,
    ("RCPT", "552 5.2.2 Mailbox full"): Rejected,
    ("RCPT", "550 No such user"): Rejected,
    ("RCPT", "550 sorry, no mailbox here by that name (#5.1.1)"): Rejected,
    ("DATA", ""): NotNow,
    ("DATA", "554 5.5.1 No valid recipients"): NotNow,
    ("END", "550 5.4.5 Daily user sending limit exceeded"): NotNow,
    ("END", "554 5.7.1 Looks like spam"): NotNow,
    ("END", "550 no"): NotNow,
    ("END", "552 5.3.4 Too large"): Rejected,
    ("END", "550 5.6.1 Takes no PDF"): Rejected,
    ("END", ""): Unknown,
    ("END", "hello"): Unknown,
}


@pytest.mark.parametrize(("where", "said"), REFUSALS)
def test_only_what_is_said_of_the_letter_fails_it_for_good(where: str, said: str) -> None:
    with Gruff({where: said}) as server, pytest.raises((NotNow, Rejected, Unknown)) as fault:
        Postman(f"smtp://127.0.0.1:{server.port}").deliver(a_message())
    assert type(fault.value) is REFUSALS[where, said]


REPEATED: dict[tuple[str, str], type[Exception]] = {
    ("RCPT", "550 5.7.1 Rejected"): Down,
    ("RCPT", "554 5.7.1 <{}>: Access denied"): Down,
    ("RCPT", "550 no"): Down,
    ("END", "550 5.4.5 Daily limit exceeded"): Down,
    ("RCPT", "450 4.7.1 Greylisted"): NotNow,
    ("RCPT", "550 5.1.1 No such user"): Rejected,
}


@pytest.mark.parametrize(("where", "said"), REPEATED)
def test_two_recipients_refused_in_the_same_words_are_the_servers_fault(where: str, said: str) -> None:
    with Gruff({}) as server:
        postman = Postman(f"smtp://127.0.0.1:{server.port}")

        def refused(to: str, words: str) -> type[Exception]:
            server.says = {where: words.format(to)}
            with pytest.raises((NotNow, Rejected)) as fault:
                postman.deliver(a_message(to))
            return type(fault.value)

        first, usual = "a@demovik.example", REPEATED[where, said]
        alone = refused(first, said)
        assert alone is not Down
        assert refused(first, said) is alone
        assert refused("b@demovik.example", said) is usual
        assert refused("c@demovik.example", "550 5.7.1 Otherwise") is NotNow
        server.says = {}
        postman.deliver(a_message())
        assert refused("d@demovik.example", "550 5.7.1 Otherwise") is NotNow


@pytest.mark.parametrize("at", ["br%C3%B8d:p@127.0.0.1:{}", "b:p%C3%A5@127.0.0.1:{}", "post..example.no:{}"])
def test_a_setting_that_cannot_be_said_stops_all_and_leaves_no_line_half_greeted(at: str) -> None:
    with Gruff({"EHLO": "250-x\r\n250 AUTH PLAIN LOGIN", "AUTH": "235 ok"}) as server:
        postman = Postman(f"smtp://{at.format(server.port)}")
        for _letter in range(2):
            with pytest.raises(Down):
                postman.deliver(a_message())


class Endless(Gruff):
    """Never comes to the end of one answer: «250-wait» for ever, a sign at a time, or nothing at all."""

    def __init__(self, where: str, piece: bytes, pause: float) -> None:
        super().__init__({})
        self.where, self.piece, self.pause, self.over = where, piece, pause, threading.Event()

    def __exit__(self, *_fault: object) -> None:
        self.over.set()
        super().__exit__()

    def _talk(self, talk: Any) -> None:
        if self.where == "greeting":
            self._go_on(talk)
        for heard in talk:
            word = heard[:4].decode("ascii").upper().strip()
            if word == self.where:
                self._go_on(talk)
            talk.write(self.USUAL.get(word, "250 ok").encode() + b"\r\n")
            if word == "DATA":
                if self.where == "words":
                    self.over.wait(30)
                while talk.readline() != b".\r\n":
                    pass
                if self.where == "END":
                    self._go_on(talk)
                talk.write(b"250 taken\r\n")

    def _go_on(self, talk: Any) -> None:
        while not self.over.wait(self.pause):
            talk.write(self.piece)


PIECES = {"lines": (b"250-wait\r\n", 0.02), "signs": (b"2", 0.02), "a flood": (b"250-wait\r\n" * 400, 0.0001)}


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(
    ("where", "means"),
    {"EHLO": Down, "MAIL": Down, "RCPT": NotNow, "DATA": NotNow, "END": Unknown}.items(),
)
def test_an_answer_without_end_is_waited_for_only_so_long(
    where: str, means: type[Exception], piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    began = monotonic()
    with Endless(where, *PIECES[piece]) as server, pytest.raises((NotNow, Unknown)) as fault:
        Postman(f"smtp://127.0.0.1:{server.port}").deliver(a_message())
    assert type(fault.value) is means
    assert monotonic() - began < 2


@pytest.mark.parametrize(
    ("where", "status"), {"greeting": Status.READY, "RCPT": Status.READY, "END": Status.FAILED}.items()
)
def test_a_server_that_is_slow_to_all_stops_the_run_and_no_other_job(
    app: Flask, where: str, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    monkeypatch.setattr(jobs, "LONGEST_RUN", 0.5)
    with Endless(where, b"250-wait\r\n", 0.02) as server, app.app_context():
        with_mail(app, f"smtp://127.0.0.1:{server.port}")
        letters = [a_notice(None, str(n)) for n in range(5)]
        began = monotonic()
        jobs.send_due(AT)
        assert monotonic() - began < 2
        after = [each.now() for each in letters]
        assert after[0].status is status
        assert after[0].uncertain is (where == "END")
        # Nobody's letter was lost, and the last was not even begun.
        assert {each.status for each in after} <= {Status.READY, status}
        assert (after[-1].status, after[-1].attempts) == (Status.READY, 0)


def test_words_that_nobody_takes_in_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    monkeypatch.setattr(line, "SLOWEST", 10**9)
    letter = Message("k", "Hdir <tilskudd@example.no>", "a@demovik.example", "Hei", "Hei.\n" * 1_600_000, "nb", AT)
    with Endless("words", b"", 1) as server, pytest.raises(Unknown):
        Postman(f"smtp://127.0.0.1:{server.port}").deliver(letter)
