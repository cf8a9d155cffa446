"""What a web process takes in and how long it waits, against a real one with little patience."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask, request

from app.access.guards import open_to_all
from app.hooks import HEADERS
from app.intake import MEGABYTE, SMALL, takes
from app.web import listen, reading, serving
from tests.ordeal.processes import until

DRIP = 0.1

pytestmark = pytest.mark.own_program


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[serving.Server]:
    """A web process in a thread. A body may take 0.6 s, and a second more for each 1000 bytes."""

    @takes(megabytes=1)
    @open_to_all
    def weigh() -> str:
        """What came, and whether it lies on disk."""
        return f"{len(request.get_data(as_text=True).strip('x'))} {type(request.environ['wsgi.input']).__name__}"

    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.add_url_rule("/weigh", "weigh", weigh, methods=["POST"])
    for name, value in {"HEAD": 0.4, "BODY": 0.2, "IDLE": 0.4, "SLOWEST": 1000}.items():
        monkeypatch.setattr(reading, name, value)
    monkeypatch.setitem(serving._OPTIONS, "cleanup_interval", 0)
    with listen("127.0.0.1:0") as listening:
        server = serving.Server(app, listening)
        thread = Thread(target=server.run)
        thread.start()
        yield server
        server.asked = True
        # Its round may be over already, and the trigger with it.
        with suppress(OSError):
            server.pull_trigger()
        thread.join(10)


@pytest.fixture
def port(server: serving.Server) -> int:
    """Where it listens."""
    return int(server.effective_port)


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


# Two lengths: whatever stands before us may take the other one.
BOTH = b"POST / HTTP/%s\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
# As long as a head may not be, and no longer: what a closing server leaves unread takes its answer with it.
TOO_LONG = b"GET / HTTP/1.1\r\nX: ".ljust(32 * 1024, b"x")
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


def answer(port: int, sent: bytes) -> str:
    """Everything that comes back until the line is closed, or nothing more comes."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(sent)
        came = b""
        while more := line.recv(65536):
            came += more
    return came.decode()


FORM = "Content-Type: application/x-www-form-urlencoded"


def post(path: str, body: bytes, *heads: str, length: int | None = None) -> bytes:
    """A request that asks for the line to be closed after it."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", FORM, *heads]
    if not any(head.startswith("Transfer-Encoding") for head in heads):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_a_large_body_is_kept_on_disk_for_the_page_that_takes_it(port: int) -> None:
    came = answer(port, post("/weigh", b"x" * (MEGABYTE - 1) + b"y"))
    assert came.startswith("HTTP/1.1 200 ")
    assert came.endswith("1 BufferedRandom")


def test_long_bodies_fill_no_more_of_the_disk_than_there_is_room_for(
    server: serving.Server, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that comes past it is read away and told to wait; short forms and the next upload are taken."""
    monkeypatch.setattr(reading, "ROOM", MEGABYTE)
    monkeypatch.setattr(reading, "BODY", 5)
    large = b"x" * (MEGABYTE - 1)
    with socket.create_connection(("127.0.0.1", port)) as half:
        half.sendall(post("/weigh", large[: 3 * MEGABYTE // 4], length=MEGABYTE - 1))
        # What is sent is not read yet, and a line that is closed not yet seen to be: the next one comes after both.
        assert until(lambda: spooled(server) == 3 * MEGABYTE // 4)
        came = answer(port, post("/weigh", large))
        assert came.startswith("HTTP/1.1 503 ")
        assert "Vi hadde ikke plass til filen akkurat nå." in came and "Retry-After: 30" in came
        assert answer(port, post("/weigh", b"x")).startswith("HTTP/1.1 200 ")
    assert until(lambda: not spooled(server))
    assert answer(port, post("/weigh", large)).startswith("HTTP/1.1 200 ")


def spooled(server: serving.Server) -> int:
    """Bytes of long bodies on disk, counted while the server's own thread lets connections in and out."""
    return sum(channel.on_disk for channel in tuple(server.active_channels.values()))


def test_what_a_page_does_not_take_is_answered_in_words(port: int) -> None:
    """Read away, so that a browser comes as far as reading the answer."""
    large = b"x" * (SMALL + 1)
    pieces = b"%x\r\n%b" % (2 * SMALL, large)
    sent = {
        "a plain form": post("/logg-inn", large),
        "no page of ours": post("/nowhere", large),
        "more than the view takes": post("/weigh", b"x" * (MEGABYTE + 1)),
        "one that asks first": post("/weigh", b"", "Expect: 100-continue", length=40 * MEGABYTE),
        "in pieces": post("/logg-inn", pieces, "Transfer-Encoding: chunked"),
    }
    for kind, wanted in sent.items():
        came = answer(port, wanted)
        assert came.startswith("HTTP/1.1 404 " if kind == "no page of ours" else "HTTP/1.1 413 "), (kind, came[:80])
        assert all(f"{name}: {value}" in came for name, value in HEADERS.items()), kind
        assert ("Det du sendte, er for stort" in came) is (kind not in ("no page of ours", "in pieces")), kind


def test_what_is_no_http_carries_our_headers_too(port: int) -> None:
    for sent, status in {
        b"Hei!\r\n\r\n": 400,
        b"GET http://[::1/x HTTP/1.1\r\nHost: x\r\n\r\n": 400,
        "GET http://a［b/ HTTP/1.1\r\nHost: x\r\n\r\n".encode(): 400,
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n": 400,
        BOTH % b"1.1": 400,
        BOTH % b"1.0": 400,
        TOO_LONG: 431,
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n": 501,
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 400000000\r\n\r\n": 413,
    }.items():
        came = answer(port, sent)
        assert f" {status} " in came.splitlines()[0], came[:200]
        assert all(f"{name}: {value}" in came for name, value in HEADERS.items()), status
        assert "waitress" not in came
