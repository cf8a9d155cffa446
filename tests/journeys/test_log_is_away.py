"""Nobody reads what the program tells, or the disk it is written to is full: every page comes all the same."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.architecture.source import ROOT
from tests.journeys.test_start import Running, answers, command, ready, settings, until


@contextmanager
def started(folder: Path, told: int | None) -> Iterator[Running]:
    """`tilsagn start` in a locale of ASCII, telling all of it there; None: closed from the start."""
    environment = settings(folder, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    close = None if told is not None else lambda: [os.close(each) for each in (1, 2)]
    process = subprocess.Popen(
        command("start"), cwd=ROOT, env=environment, stdout=told, stderr=told, text=True, preexec_fn=close
    )
    made = Running(process.pid, environment["TILSAGN_BASE_URL"], Path(os.devnull), lambda: process.wait(60))
    try:
        assert until(lambda: answers(made.address) or process.poll() is not None)
        yield made
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=5) as page:
            return int(page.status)
    except HTTPError as refused:
        return refused.code


def lives(running: Running) -> None:
    """Every page is answered, a dead process is started again, and all ends when asked to."""
    for _ in range(3):
        assert status(f"{running.address}/logg-inn") == 200
        assert status(f"{running.address}/troms%C3%B8") == 404
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: len(running.children()) == 3 and not set(before) & set(running.children()))
    assert status(f"{running.address}/logg-inn") == 200
    assert running.ask(signal.SIGTERM)[0] == 0


@pytest.mark.parametrize("kind", ["gone", "asleep", "full", "closed"])
def test_the_site_is_up_when_its_log_is_away(tmp_path: Path, kind: str) -> None:
    reading, writing = os.pipe()
    if kind == "asleep":
        os.set_blocking(writing, False)
        while _takes_more(writing):
            pass
        os.set_blocking(writing, True)
    full = os.open("/dev/full", os.O_WRONLY)
    told = {"full": full, "closed": None}.get(kind, writing)
    ready(tmp_path)
    with started(tmp_path, told) as running:
        os.close(writing)
        os.close(full)
        if kind != "asleep":
            os.close(reading)
        lives(running)
    if kind == "asleep":
        os.close(reading)


def _takes_more(writing: int) -> bool:
    """Whether one more byte went in."""
    try:
        return os.write(writing, b"x") == 1
    except BlockingIOError:
        return False
