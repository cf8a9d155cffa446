"""Whose fault it is: what goes wrong between the server and us fails nobody's letter."""

import socket
import threading
from collections import Counter
from contextlib import suppress
from typing import Any, Self

import pytest
from flask import Flask

from app.dispatch import jobs
from app.dispatch.workflow import Status
from tests.features.dispatch.rows import AT, a_notice, with_mail


class Gruff:
    """A server that answers each command as it is told, "" by hanging up; else as servers do."""

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
                talk.write(b"250 taken\r\n")


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
    "has lost its place": ({"DATA": "503 what"}, (Status.READY, Status.READY)),
    "knows nobody": ({"RCPT": "550 5.1.1 No such user"}, (Status.FAILED, Status.FAILED)),
    "takes one letter a line": ({"second MAIL": ""}, (Status.SENT, Status.SENT)),
}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", SERVERS)
def test_a_fault_between_the_server_and_us_is_no_letters_fault(app: Flask, what: str) -> None:
    says, (one, two) = SERVERS[what]
    with Gruff(says) as server, app.app_context():
        with_mail(app, f"smtp://127.0.0.1:{server.port}")
        first, second = a_notice(None, "1"), a_notice(None, "2")
        jobs.send_due(AT)
        assert (first.now().status, second.now().status) == (one, two)
        assert not first.now().uncertain
