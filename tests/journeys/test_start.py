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
    """A started program, which has not been waited for."""

    pid: int
    address: str
    said: Path
    code: Callable[[], int]

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(pid) for pid in found.read_text().split()] if found.exists() else []

    def words(self) -> str:
        return self.said.read_text("utf-8")

    def ask(self, what: signal.Signals) -> tuple[int, str]:
        """Send the signal and wait for the end; gives the code and all it said."""
        os.kill(self.pid, what)
        assert until(lambda: gone(self.pid)), self.words()
        return self.code(), self.words()


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


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """What has read the program."""
    made = Commands()
    yield made
    made.end()


@pytest.fixture
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """Forked from the process that has read the program, or as a new installation starts: read anew, on nothing."""
    environment, said = settings(tmp_path), tmp_path / "said"
    if getattr(request, "param", "ready") == "ready":
        commands: Commands = request.getfixturevalue("commands")
        ready(tmp_path)
        pid = commands.begin(["start"], environment, said, said)
        made = Running(pid, environment["TILSAGN_BASE_URL"], said, lambda: commands.code(pid))
    else:
        with said.open("w") as file:
            process = subprocess.Popen(command("start"), cwd=ROOT, env=environment, stdout=file, stderr=file)
        made = Running(process.pid, environment["TILSAGN_BASE_URL"], said, process.wait)
    try:
        assert until(lambda: answers(made.address) or gone(made.pid))
        assert not gone(made.pid), made.words()
        # A page may be answered before the supervisor has seen that it is, and said so.
        assert until(lambda: f"Tilsagn is at {made.address}" in made.words())
        assert len(made.children()) == 4
        yield made
    finally:
        if not gone(made.pid):
            made.ask(signal.SIGKILL)


def gone(pid: int) -> bool:
    """Whether the process has ended (one nobody has waited for counts as ended)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("running", ["nothing"], indirect=True)
def test_one_signal_stops_all(running: Running) -> None:
    children = running.children()
    code, words = running.ask(signal.SIGINT)
    assert code == 0, words
    assert all(gone(pid) for pid in children)


def test_a_dead_process_is_started_again_and_the_web_stays_up_until_all_are_asked_to_end(running: Running) -> None:
    _static_files_carry_their_hash_and_are_kept(running)
    children = running.children()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    # Nobody answers for a moment, but the port is held, so whoever asks meanwhile only waits.
    assert answers(running.address)
    assert until(lambda: len(running.children()) == 4 and not {*children} & {*running.children()})
    children = running.children()
    code, words = running.ask(signal.SIGTERM)
    assert code == 0, words
    assert all(gone(pid) for pid in children)
    for name in ("web 1", "web 2", "worker"):
        assert f"{name} ended with code -9; starting it again in 1 s." in words
        assert f"{name} is started again." in words


def _static_files_carry_their_hash_and_are_kept(running: Running) -> None:
    with urlopen(f"{running.address}/logg-inn") as page:
        assert b"/static/tilsagn.css?v=" in page.read()
    with urlopen(f"{running.address}/static/tilsagn.css") as file:
        assert file.headers["Cache-Control"] == "max-age=2592000, public"
        assert file.headers["X-Content-Type-Options"] == "nosniff"


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
    running.ask(signal.SIGKILL)
    assert until(lambda: all(gone(pid) for pid in children))
    assert until(lambda: not answers(running.address))


@pytest.fixture(scope="module")
def run(commands: Commands) -> Run:
    """A command with its words, in this folder, to its end."""

    def one(folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in settings(folder, **changes).items() if value}
        return commands.run([*words], environment)

    return one


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
