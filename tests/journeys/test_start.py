"""`tilsagn start`: one process in the foreground, web and worker below it, together to the end."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.request import urlopen

import pytest

from tests import schema
from tests.architecture.source import ROOT
from tests.journeys.commands import Commands

LIMIT = 60.0
Run = Callable[..., subprocess.CompletedProcess[str]]


@dataclass
class Running:
    """A started program."""

    process: subprocess.Popen[str]
    address: str

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in found.read_text().split()] if found.exists() else []

    def end(self) -> tuple[int, str]:
        words, _ = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, words


def until(what: Callable[[], bool]) -> bool:
    """Ask again and again until it is so, or too long has passed."""
    pause, end = Event(), monotonic() + LIMIT
    while monotonic() < end:
        if what():
            return True
        pause.wait(0.1)
    return False


def answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/logg-inn", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def settings(folder: Path, **changes: str) -> dict[str, str]:
    """An installation that is no demo, on a port of its own."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    return {
        "TILSAGN_INSTANCE": str(folder),
        "TILSAGN_BIND": f"127.0.0.1:{port}",
        "TILSAGN_BASE_URL": f"http://127.0.0.1:{port}",
        "TILSAGN_SECRET_KEY": "only-for-tests-and-longer-than-32-bytes",
        "TILSAGN_MAIL_FROM": "tilskudd@example.invalid",
        **changes,
    }


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "app.commands", *words]


def ready(folder: Path) -> None:
    """Lay the migrated database there, as `tilsagn migrate` leaves it."""
    schema.copy_of("sqlite", "migrated", folder / "tilsagn.db", "")


@pytest.fixture(params=["ready"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """On an installation that is migrated, or on nothing."""
    if request.param == "ready":
        ready(tmp_path)
    environment = settings(tmp_path)
    process = subprocess.Popen(
        command("start"), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    made = Running(process, environment["TILSAGN_BASE_URL"])
    assert until(lambda: answers(made.address) or process.poll() is not None)
    assert process.poll() is None, process.communicate()[0]
    yield made
    if process.poll() is None:
        process.kill()
        process.communicate()


def gone(pid: int) -> bool:
    """Whether the process has ended (one nobody has waited for counts as ended)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize(
    ("running", "ask"), [("nothing", signal.SIGINT), ("ready", signal.SIGTERM)], indirect=["running"]
)
def test_one_signal_stops_all(running: Running, ask: signal.Signals) -> None:
    children = running.children()
    assert len(children) == 3
    # A page may be answered before the supervisor has seen that it is, and said so: waited for, line by line.
    assert running.process.stdout is not None
    assert any(f"Tilsagn is at {running.address}" in line for line in iter(running.process.stdout.readline, ""))
    running.process.send_signal(ask)
    code, words = running.end()
    assert code == 0, words
    assert all(gone(pid) for pid in children)


def test_a_dead_process_is_started_again_and_the_web_stays_up(running: Running) -> None:
    children = running.children()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    # Nobody answers for a moment, but the port is held, so whoever asks meanwhile only waits.
    assert answers(running.address)
    assert until(lambda: len(running.children()) == 3)
    running.process.send_signal(signal.SIGTERM)
    code, words = running.end()
    assert code == 0, words
    for name in ("web 1", "web 2", "worker"):
        assert f"{name} ended with code -9; starting it again in 1 s." in words
        assert f"{name} is started again." in words


def test_a_taken_port_is_said_and_nothing_starts(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        ran = run(tmp_path, "start", TILSAGN_BIND=bind)
    assert ran.returncode == 1
    assert f"Cannot listen at {bind}" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "such as 127.0.0.1:8000" in run(tmp_path, "start", TILSAGN_BIND="somewhere").stderr


def test_a_killed_start_leaves_nobody_on_the_port(running: Running) -> None:
    children = running.children()
    running.process.kill()
    running.end()
    assert until(lambda: all(gone(pid) for pid in children))
    assert until(lambda: not answers(running.address))


def test_static_files_carry_their_hash_and_are_kept(running: Running) -> None:
    with urlopen(f"{running.address}/logg-inn") as page:
        assert b"/static/tilsagn.css?v=" in page.read()
    with urlopen(f"{running.address}/static/tilsagn.css") as file:
        assert file.headers["Cache-Control"] == "max-age=2592000, public"
        assert file.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """A command with its words, in this folder, to its end."""
    commands = Commands()

    def one(folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in settings(folder, **changes).items() if value}
        return commands.run([*words], environment)

    yield one
    commands.end()


def test_what_is_missing_is_said_and_nothing_starts(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "start", TILSAGN_SECRET_KEY="", TILSAGN_MAIL_FROM="")
    assert ran.returncode == 1
    assert "TILSAGN_SECRET_KEY" in ran.stderr
    assert "TILSAGN_MAIL_FROM" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_clock_goes_forward_in_the_demo_and_never_back(run: Run, tmp_path: Path) -> None:
    demo = {"TILSAGN_DEMO": "1"}
    ready(tmp_path)
    first = run(tmp_path, "clock", **demo).stdout
    moved = run(tmp_path, "clock", "forward", "400d", **demo)
    assert moved.returncode == 0, moved.stderr
    assert int(moved.stdout[:4]) > int(first[:4])
    assert run(tmp_path, "clock", **demo).stdout[:10] == moved.stdout[:10]
    for wrong in ("-1d", "0d", "1y", ""):
        assert run(tmp_path, "clock", "forward", "--", wrong, **demo).returncode == 2
    assert run(tmp_path, "clock", "forward", "1d").returncode == 1


def test_a_job_is_run_by_name_and_as_of_a_time(run: Run, tmp_path: Path) -> None:
    ready(tmp_path)
    ran = run(tmp_path, "run-job", "verify-audit", "--at", "2025-02-10T09:00")
    assert ran.stdout == "verify-audit: 0 done, 0 failed.\n", ran.stderr
    assert run(tmp_path, "run-job", "nothing").returncode == 2
    assert run(tmp_path, "run-job", "send", "--at", "yesterday").returncode == 2
    assert "verify-audit           last 2025-02-10 09:00:00" in run(tmp_path, "jobs").stdout


def test_a_real_installation_gets_its_first_administrator(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path, "migrate").returncode == 0
    made = run(tmp_path, "add-admin", "Kari", "Kari Nordmann")
    assert made.returncode == 0, made.stderr
    assert "kari is administrator." in made.stdout
    assert re.search(r"http://127\.0\.0\.1:\d+/nytt-passord\?kode=[A-Za-z0-9_-]{43}\n", made.stdout)
    assert "already a user" in run(tmp_path, "add-admin", "kari", "Kari Nordmann").stderr
    assert "record is whole" in run(tmp_path, "verify-audit").stdout
