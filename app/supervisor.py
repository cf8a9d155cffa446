"""Web and worker as children of one process in the foreground: one Ctrl-C stops both, neither runs without the other."""

import ctypes
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
# Long enough for a request and the job's item at hand.
PATIENCE = 25.0
_PR_SET_PDEATHSIG = 1


def run(names: Sequence[str], say: Callable[[str], object], ready: Callable[[], bool], greeting: str) -> int:
    """Start `tilsagn <name>` for each, say `greeting` once `ready()`, and wait. Gives the exit code.

    Ends when asked to (0), or when a child ends by itself (1); the others are then stopped too.
    """
    asked = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    children = {name: _start(name) for name in names}
    greeted, ended = False, None
    try:
        while not asked.wait(0.1):
            ended = next((name for name, child in children.items() if child.poll() is not None), None)
            if ended is not None:
                say(f"{ended} ended with code {children[ended].returncode}; stopping the rest.")
                break
            if not greeted and ready():
                say(greeting)
                greeted = True
    finally:
        _stop(children, say)
    return 1 if ended else 0


def listens(bind: str) -> bool:
    """Whether somebody answers at «host:port»."""
    host, _, port = bind.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=0.2):
            return True
    except OSError:
        return False


def _start(name: str) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches only us and we stop the children in order."""
    command = [sys.executable, "-m", "app.commands", name]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=_die_with_parent)


def _die_with_parent() -> None:
    """Even a parent that is killed must not leave children that hold the port (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children: dict[str, subprocess.Popen[bytes]], say: Callable[[str], object]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for name, child in children.items():
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            say(f"{name} did not stop in {PATIENCE:.0f} s and is killed.")
            child.kill()
            child.wait()
