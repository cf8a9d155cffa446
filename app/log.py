"""The program's log: one line of JSON for each event, on standard output. No line is worth a page.

One that cannot be written, since its reader is gone or asleep or the disk is full, is tried on standard error and then
dropped; the next that comes through tells how many were.
"""

import logging
import os
import select
import sys
from io import TextIOWrapper
from threading import Lock
from typing import Any

import structlog

# Seconds a line waits for a reader who is behind. One who did not come is not waited for again until they have read.
PATIENCE = 0.2
_WRITING = Lock()
_asleep: set[str] = set()
_lost = 0


class Sink:
    """What structlog writes to."""

    def msg(self, line: str) -> None:
        """Write one event; never raises."""
        say(line)

    debug = info = warning = error = critical = msg


class _Libraries(logging.Handler):
    """What a library tells: on standard error, by the same rule."""

    def emit(self, record: logging.LogRecord) -> None:
        complain(self.format(record))


def install() -> None:
    """Let everything that is told in this process come here. May be called again."""
    structlog.configure(
        # Plain tracebacks: a frame's local values may hold a secret or what somebody wrote.
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_given: Sink(),
    )
    logging.lastResort = _Libraries(logging.WARNING)


def speak_utf8() -> None:
    """Whatever the machine's locale is, every name can be said, on both streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """A line on standard output, else on standard error, else nowhere; never raises, and waits for nobody long."""
    _tell(text, "stdout", "stderr")


def complain(text: str) -> None:
    """A line on standard error, else nowhere; never raises, and waits for nobody long."""
    _tell(text, "stderr")


def _tell(text: str, *streams: str) -> None:
    global _lost
    # Another thread may be held by a reader who fell asleep just then.
    if not _WRITING.acquire(timeout=PATIENCE):
        _lost += 1
        return
    try:
        # On a line of its own: the last one may have been broken off.
        before = f'\n{{"event": "lines of the log were lost", "count": {_lost}}}\n' if _lost else ""
        line = f"{before}{text}\n".encode("utf-8", "backslashreplace")
        _lost = 0 if any(_came_through(line, each) for each in streams) else _lost + 1
    finally:
        _WRITING.release()


def _came_through(line: bytes, name: str) -> bool:
    written = _written(line, getattr(sys, name), 0 if name in _asleep else PATIENCE)
    (_asleep.discard if written else _asleep.add)(name)
    return written


def _written(line: bytes, stream: Any, patience: float) -> bool:
    """Whether all of it was taken. A pipe that has room at all takes PIPE_BUF at once (POSIX): no write waits."""
    try:
        number = stream.fileno()
        room = select.poll()
        room.register(number, select.POLLOUT)
        while line:
            if not room.poll(1000 * patience):
                return False
            line = line[os.write(number, line[: select.PIPE_BUF]) :]
    except (AttributeError, OSError, ValueError):  # never opened; nobody there, no room on the disk; closed
        return False
    return True
