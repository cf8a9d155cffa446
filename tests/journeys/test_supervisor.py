"""How the supervisor answers to a child that dies again and again, or that cannot run at all."""

import subprocess
import sys

import pytest

from app import supervisor
from tests.architecture.source import ROOT

CANNOT = """
from app import supervisor
from app.config import Missing

def lacking():
    raise Missing("TILSAGN_THING is not set.")

def steady():
    import time
    time.sleep(60)

raise SystemExit(supervisor.run({"web": steady, "worker": lacking}, print, lambda: False, ""))
"""


def test_what_cannot_run_ends_all_with_its_reason() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CANNOT], cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
    )
    assert ran.returncode == supervisor.CANNOT_RUN
    assert ran.stderr.strip() == "TILSAGN_THING is not set."
    assert ran.stdout.strip() == "worker cannot run; stopping the rest."


def test_the_wait_grows_and_starts_anew_after_a_good_run(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(supervisor, "monotonic", lambda: now[0])
    monkeypatch.setattr(supervisor, "_fork", lambda _part: 4711)
    child = supervisor.Child("worker", lambda: None)
    waits = []
    for _ in range(9):
        child.start()
        now[0] += 5
        waits.append(child.ended())
        assert child.due == now[0] + waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    child.start()
    now[0] += 60
    assert child.ended() == 1
