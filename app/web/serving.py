"""The serving itself: one process with its threads, on a socket that it shares with the other process."""

import logging
import resource
import signal
import socket
from collections.abc import Callable
from time import monotonic
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from app.config import Missing
from app.hooks import headers
from app.intake import limit_at
from app.web.reading import READ_AWAY, Channel
from app.web.static import with_static

THREADS = 4
# One process's connections. Past them the one that has waited longest gives way, so that a newcomer is always heard.
CONNECTIONS = 500
# So many newcomers are let in before those who are inside are looked to again.
AT_ONCE = 32
PATIENCE = 20.0
_KILOBYTE = 1024
# `TILSAGN_TRUSTED_PROXIES` decides whom to believe, so waitress leaves the proxies' headers alone.
_OPTIONS: dict[str, Any] = {
    "threads": THREADS,
    "connection_limit": 2 * CONNECTIONS,
    "cleanup_interval": 1,
    "max_request_header_size": 32 * _KILOBYTE,
    "max_request_body_size": READ_AWAY,
    "inbuf_overflow": 128 * _KILOBYTE,
    "outbuf_overflow": 512 * _KILOBYTE,
    "recv_bytes": 64 * _KILOBYTE,
    "asyncore_use_poll": True,
    "clear_untrusted_proxy_headers": False,
    "log_socket_errors": False,
    "ident": None,
}


def listen(bind: str) -> socket.socket:
    """Take «host:port». Raises config.Missing when it is not ours to have, or somebody else has it."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=family, backlog=1024)
    except OSError as taken:
        raise Missing(
            f"Cannot listen at {bind} ({taken.strerror}): stop what is there, or set TILSAGN_BIND."
        ) from taken


def serve(flask: Flask, listening: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; what a thread has then is answered first."""
    # How deep the queue is at each moment is no fault.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A connection, and a file for what it sends and for what it gets.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4 * CONNECTIONS) if most > 0 else 4 * CONNECTIONS, most))
    server = Server(flask, listening)

    def ask(_signal: int, _frame: FrameType | None) -> None:
        server.asked = True
        server.pull_trigger()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    server.run()


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress ships no types
    """waitress on an open socket."""

    channel_class = Channel

    def __init__(self, flask: Flask, listening: socket.socket) -> None:
        adj = Adjustments(sockets=[listening], **_OPTIONS)
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(THREADS)
        about = (listening.family, listening.type, listening.proto, listening.getsockname())
        given: dict[str, Any] = {"dispatcher": threads, "adj": adj, "sockinfo": about, "bind_socket": False}
        super().__init__(with_static(flask), {}, _sock=listening, **given)
        self.carried = headers(secure=flask.config["SESSION_COOKIE_SECURE"])
        self.limit: Callable[[str, str], int] = limit_at(flask)
        self.asked = False

    def spooled(self) -> int:
        """Bytes of long bodies on disk just now."""
        return sum(channel.on_disk for channel in self.active_channels.values())

    def run(self) -> None:
        """Until asked to end; then until every answer is out, or `PATIENCE` has passed."""
        while not self.asked:
            self._turn(1.0)
        wasyncore.dispatcher.close(self)
        end = monotonic() + PATIENCE
        while monotonic() < end and any(channel.busy for channel in self.active_channels.values()):
            self._turn(0.1)
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def maintenance(self, now: float) -> None:
        """Each second: close what our patience has run out for."""
        for channel in self.active_channels.values():
            if not channel.requests and channel.until < now:
                channel.will_close = True

    def handle_accept(self) -> None:
        """Take newcomers in; when the house is full, those who have waited longest go."""
        for _ in range(AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return
            if before >= CONNECTIONS:
                self._make_room()

    def _make_room(self) -> None:
        waiting = [channel for channel in self.active_channels.values() if not channel.busy]
        if waiting:
            min(waiting, key=lambda channel: channel.began or channel.creation_time).handle_close()

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)
