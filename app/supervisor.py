"""An installation's processes as children of one in the foreground: Ctrl-C stops all, a dead one is started again."""

import ctypes
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event
from time import monotonic
from types import FrameType

from app.config import Missing
from app.log import complain

# Long enough for a request and the job's item at hand.
PATIENCE = 25.0
# Seconds before a dead child is started again: doubled each time, until one has run so long.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# A child that something is missing for (`config.Missing`, said already): starting it again would not help.
CANNOT_RUN = 78
_PR_SET_PDEATHSIG = 1
_ASKING = (signal.SIGTERM, signal.SIGINT)
Part = Callable[[], object]
Say = Callable[[str], object]


class Child:
    """One part of the installation, running or waiting to be started again."""

    def __init__(self, name: str, part: Part) -> None:
        self.name = name
        self._part = part
        self._wait = FIRST_WAIT
        self._began = 0.0
        self.pid: int | None = None
        self.due = 0.0

    def start(self) -> None:
        """Fork it."""
        self._began, self.pid = monotonic(), _fork(self._part)

    def ended(self) -> float:
        """Note that it died; gives the seconds until it is started again."""
        now = monotonic()
        if now - self._began >= LONGEST_WAIT:
            self._wait = FIRST_WAIT
        wait, self.pid = self._wait, None
        self.due, self._wait = now + wait, min(2 * wait, LONGEST_WAIT)
        return wait


def run(parts: Mapping[str, Part], say: Say, ready: Callable[[], bool], greeting: str) -> int:
    """Fork a child for each part, say `greeting` once `ready()`, and keep them running. Gives the exit code.

    Ends when asked to (0), or when a child cannot run at all (`CANNOT_RUN`); the others are then stopped too. Forked,
    so that the program is read in once. Call it while the process has one thread and no database connection.
    """
    asked = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    for each in _ASKING:
        signal.signal(each, ask)
    children = [Child(name, part) for name, part in parts.items()]
    for child in children:
        child.start()
    code, greeted = 0, False
    while not code and not asked.wait(0.1):
        code = _tend(children, say)
        if not greeted and ready():
            say(greeting)
            greeted = True
    _stop({child.pid: child.name for child in children if child.pid is not None}, say)
    return code


def answers(bind: str) -> bool:
    """Whether a program answers at «host:port»: who only listens may have nobody behind it yet."""
    host, _, port = bind.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=1) as line:
            line.sendall(b"OPTIONS * HTTP/1.0\r\n\r\n")
            return bool(line.recv(1))
    except OSError:
        return False


def _tend(children: list[Child], say: Say) -> int:
    """Note who died, and start again whose time has come. Gives the exit code that ends all, else 0."""
    pid, status = _ended()
    for child in children:
        if pid and child.pid == pid:
            code = os.waitstatus_to_exitcode(status)
            wait = child.ended()
            if code == CANNOT_RUN:
                say(f"{child.name} cannot run; stopping the rest.")
                return CANNOT_RUN
            say(f"{child.name} ended with code {code}; starting it again in {wait:.0f} s.")
    for child in children:
        if child.pid is None and child.due <= monotonic():
            child.start()
            say(f"{child.name} is started again.")
    return 0


def _ended() -> tuple[int, int]:
    try:
        return os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:  # all are dead, and wait to be started
        return 0, 0


def _fork(part: Part) -> int:
    """In a session of its own, so that Ctrl-C reaches only us and we stop the children. Gives the process id."""
    _flush()
    parent = os.getpid()
    # Until the child has its own answer to them: with ours it would note the signal and never look.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return pid
    code = 1
    try:
        os.setsid()
        for each in _ASKING:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _die_with(parent)
        part()
        code = 0
    except Missing as missing:
        code = CANNOT_RUN
        complain(str(missing))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        complain(traceback.format_exc())
    finally:
        _flush()
        # Not sys.exit: the parent's own clean-up is not the child's to do.
        os._exit(code)
    raise AssertionError("unreachable")


def _flush() -> None:
    """What nobody takes is let go of: neither who forks nor who ends may be stopped by it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # never opened, nobody there, closed
            stream.flush()


def _die_with(parent: int) -> None:
    """Even a parent that is killed must not leave children that hold the port (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)


def _stop(running: Mapping[int, str], say: Say) -> None:
    """Ask each to end; after `PATIENCE` seconds kill it."""
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    until, left, wait = monotonic() + PATIENCE, dict(running), Event()
    while left and monotonic() < until:
        pid, _status = _ended()
        left.pop(pid, None)
        if not pid:
            wait.wait(0.05)
    for pid, name in left.items():
        say(f"{name} did not stop in {PATIENCE:.0f} s and is killed.")
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
