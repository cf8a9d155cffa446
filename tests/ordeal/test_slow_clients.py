"""Two hundred who send slowly, or read slowly, and one who is quick: the quick one is answered at once."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask

from app.db import db
from tests import factories
from tests.hostile import client_of
from tests.ordeal.processes import Program, running, taken, until

SLOW, ASKED, PATIENT = 200, 25, 1.0
MEGABYTE = 1024 * 1024
_HOST = b"Host: 127.0.0.1\r\n"
_FORM = _HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
KINDS = {
    "heads": b"GET /logg-inn HTTP/1.1\r\nHo",
    "bodies": b"POST /logg-inn HTTP/1.1\r\n" + _FORM + b"Content-Length: 100000\r\n\r\ncsrf_toke",
    "nothing at all": b"",
    "bodies in pieces": b"POST /logg-inn HTTP/1.1\r\n" + _FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\ncs",
    "answers nobody reads": (b"GET /static/vendor/designsystemet.css HTTP/1.1\r\n" + _HOST + b"\r\n"),
}


@pytest.fixture
def web(app: Flask, tmp_path: Path) -> Iterator[Program]:
    with app.app_context():
        factories.people()
        db.session.remove()
    with running(Program(app, "web", tmp_path)) as program:
        yield program


@contextmanager
def many(port: int, sent: bytes, count: int = SLOW) -> Iterator[list[socket.socket]]:
    """So many connections that have sent so much."""
    with ExitStack() as stack:
        lines = []
        for _ in range(count):
            line = socket.socket()
            # A small window, so that an answer that nobody reads stays with the server.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(30)
            line.connect(("127.0.0.1", port))
            lines.append(stack.enter_context(line))
            line.sendall(sent)
        yield lines


def slowest(port: int, times: int = ASKED) -> float:
    """The longest wait of one who asks again and again, each time on a new connection."""
    longest = 0.0
    for _ in range(times):
        began = monotonic()
        line = HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("GET", "/logg-inn")
        assert line.getresponse().status == 200
        line.close()
        longest = max(longest, monotonic() - began)
    return longest


@pytest.mark.parametrize("kind", KINDS)
def test_the_quick_one_is_answered_among_the_slow(web: Program, kind: str) -> None:
    slowest(web.port, 4)
    with many(web.port, KINDS[kind]) as lines:
        assert slowest(web.port) < PATIENT
        for line in lines:
            line.sendall(b"x" if KINDS[kind] else b"G")
        assert slowest(web.port) < PATIENT


def test_a_full_house_still_hears_a_newcomer(web: Program) -> None:
    """More than all processes hold: the longest waiting give way, which takes its time."""
    with many(web.port, KINDS["bodies"], 1300):
        assert slowest(web.port) < 5 * PATIENT


def test_two_hundred_large_bodies_do_not_fill_the_memory(web: Program) -> None:
    """A page that takes little keeps nothing of them: neither in memory nor on disk."""
    before = _memory(web)
    head = b"POST /logg-inn HTTP/1.1\r\n" + _FORM + b"Content-Length: %d\r\n\r\n" % (8 * MEGABYTE)
    with many(web.port, head) as lines:
        for line in lines:
            line.sendall(b"a" * (4 * MEGABYTE))
        assert slowest(web.port) < PATIENT
        assert _memory(web) - before < 100 * MEGABYTE
        line = lines[0]
        line.sendall(b"a" * (4 * MEGABYTE))
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")


def _memory(web: Program) -> int:
    def of(pid: int) -> int:
        said = Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]
        return int(said) * 1024

    return sum(of(pid) for pid in web.children())


def test_what_is_being_answered_is_answered_before_the_end(app: Flask, web: Program) -> None:
    cookie = client_of(app, "officer1").get_cookie("tilsagn")
    assert cookie is not None
    with closing(HTTPConnection("127.0.0.1", web.port, timeout=20)) as line:
        line.request("GET", "/saker", headers={"Cookie": f"tilsagn={cookie.value}"})
        assert until(lambda: taken(line.sock))
        web.stop()
        answer = line.getresponse()
        assert answer.status == 200
        # Raises when less came than was announced.
        answer.read()
