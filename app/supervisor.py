"""Web and worker as children of one process in the foreground: one Ctrl-C stops both, and they end together."""

import ctypes
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from threading import Event
from time import monotonic
from types import FrameType

# Long enough for a request and the job's item at hand.
PATIENCE = 25.0
_PR_SET_PDEATHSIG = 1


def run(
    parts: Mapping[str, Callable[[], object]],
    say: Callable[[str], object],
    ready: Callable[[], bool],
    greeting: str,
) -> int:
    """Fork a child for each part, say `greeting` once `ready()`, and wait. Gives the exit code.

    Ends when asked to (0), or when a child ends by itself (1); the others are then stopped too. Forked, so that the
    program is read in once. Call it while the process has one thread and no database connection.
    """
    asked = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    running = {_start(part): name for name, part in parts.items()}
    greeted, faulty = False, False
    while not asked.wait(0.1):
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            name, faulty = running.pop(pid), True
            say(f"{name} ended with code {os.waitstatus_to_exitcode(status)}; stopping the rest.")
            break
        if not greeted and ready():
            say(greeting)
            greeted = True
    _stop(running, say)
    return 1 if faulty else 0


def listens(bind: str) -> bool:
    """Whether somebody answers at «host:port»."""
    host, _, port = bind.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=0.2):
            return True
    except OSError:
        return False


def _start(part: Callable[[], object]) -> int:
    """In a session of its own, so that Ctrl-C reaches only us and we stop the children. Gives the process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        _die_with(parent)
        part()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # Not sys.exit: the parent's own clean-up is not the child's to do.
        os._exit(code)
    raise AssertionError("unreachable")


def _die_with(parent: int) -> None:
    """Even a parent that is killed must not leave children that hold the port (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)


def _stop(running: Mapping[int, str], say: Callable[[str], object]) -> None:
    """Ask each to end; after `PATIENCE` seconds kill it."""
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    until, left, wait = monotonic() + PATIENCE, dict(running), Event()
    while left and monotonic() < until:
        pid, _status = os.waitpid(-1, os.WNOHANG)
        left.pop(pid, None)
        if not pid:
            wait.wait(0.05)
    for pid, name in left.items():
        say(f"{name} did not stop in {PATIENCE:.0f} s and is killed.")
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
