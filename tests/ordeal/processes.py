"""The program as real processes of its own, to be killed without warning."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from flask import Flask

from app.config import Settings
from tests.architecture.source import ROOT

LIMIT = 60.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(what: Callable[[], object], limit: float = LIMIT) -> bool:
    """Ask again and again until it is so, or too long has passed."""
    pause, end = Event(), monotonic() + limit
    while monotonic() < end:
        if what():
            return True
        pause.wait(0.02)
    return False


def wait(seconds: float) -> None:
    """Let this much time pass."""
    Event().wait(seconds)


def taken(line: socket.socket) -> bool:
    """Whether the program at the other end, on this machine, has read all that was sent on this line."""
    ours, theirs = (f":{name[1]:04X}" for name in (line.getsockname(), line.getpeername()))
    # Its local and remote address, its state, and what it has not sent : not read.
    ends = [row.split()[1:5] for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    left = [queue for near, far, _, queue in ends if {near[-5:], far[-5:]} == {ours, theirs}]
    return left == ["00000000:00000000"] * 2


class Program:
    """`tilsagn web` or `tilsagn worker` on the database and files of a test."""

    def __init__(self, flask: Flask, kind: str, folder: Path, **changes: str) -> None:
        settings: Settings = flask.config["SETTINGS"]
        self.port = free_port()
        self.log = folder / f"{kind}.log"
        self._kind = kind
        self._env = {
            "TILSAGN_DEMO": "1",
            "TILSAGN_INSTANCE": str(folder),
            "TILSAGN_DATABASE_URL": settings.database_url,
            "TILSAGN_FILES": str(settings.files_dir),
            "TILSAGN_SECRET_KEY": settings.secret_key,
            "TILSAGN_BIND": f"127.0.0.1:{self.port}",
            **changes,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Program":
        """Start it; for the web, wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.commands", self._kind],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if self._kind == "web":
            said = self.said("Tilsagn is at")
            assert until(lambda: self.said("Tilsagn is at") > said), self.log.read_text("utf-8")[-3000:]
        return self

    def kill(self) -> None:
        """SIGKILL to it and its children, the parent held still meanwhile: nobody gets to clean up."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        for pid in (*self.children(), self._process.pid):
            os.kill(pid, signal.SIGKILL)
        self._process.wait(LIMIT)

    def children(self) -> list[int]:
        """The processes it has started."""
        assert self._process is not None
        found = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in found.read_text().split()]

    def stop(self) -> None:
        """Ask it to end."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(LIMIT)

    def said(self, words: str) -> int:
        """How often these words stand in its log."""
        return self.log.read_text("utf-8").count(words) if self.log.exists() else 0


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """Started, and surely gone at the end."""
    try:
        yield program.start()
    finally:
        if program._process is not None and program._process.poll() is None:
            program.kill()
