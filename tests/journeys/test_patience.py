"""How long a connection may take, against a real web process with little patience."""

import socket
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask

from app.web import listen, reading, serving

DRIP = 0.1


@pytest.fixture
def dialect() -> str:
    """The database plays no part in it."""
    return "sqlite"


@pytest.fixture
def port(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A web process in a thread. A body may take 0.6 s, and a second more for each 1000 bytes."""
    for name, value in {"HEAD": 0.4, "BODY": 0.2, "IDLE": 0.4, "SLOWEST": 1000}.items():
        monkeypatch.setattr(reading, name, value)
    monkeypatch.setitem(serving._OPTIONS, "cleanup_interval", 0)
    with listen("127.0.0.1:0") as listening:
        server = serving.Server(app, listening)
        thread = Thread(target=server.run)
        thread.start()
        yield listening.getsockname()[1]
        server.asked = True
        server.pull_trigger()
        thread.join(10)


def seconds(port: int, sent: bytes, drip: bytes) -> float:
    """How long this connection lives: `sent` at once, then `drip` every now and then; gives up after two seconds."""
    began, pause = monotonic(), Event()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(sent)
        line.settimeout(DRIP)
        while monotonic() - began < 2:
            try:
                if drip:
                    line.sendall(drip)
                if line.recv(4096) == b"":
                    break
                pause.wait(DRIP)
            except TimeoutError:
                continue
            except OSError:
                break
    return monotonic() - began


HEAD = b"POST /logg-inn HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n"
LIVES = {
    "says nothing": (b"", b"", 0.4),
    "a head byte by byte": (b"GET / HTTP/1.1\r\nX: ", b"x", 0.4),
    "a body byte by byte": (HEAD, b"x", 0.6),
    "asks nothing more": (b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"", 0.4),
}


@pytest.mark.parametrize("kind", LIVES)
def test_the_patience_is_for_the_whole_request(port: int, kind: str) -> None:
    sent, drip, least = LIVES[kind]
    assert least - 0.1 <= seconds(port, sent, drip) < least + 1.2


def test_who_sends_fast_enough_is_heard_out(port: int) -> None:
    assert seconds(port, HEAD, b"x" * 400) >= 1.9
