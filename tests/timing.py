"""Where the tests' time goes: `python -m tests.timing [what pytest takes]`, tables of CPU by layer, database, fixture.

CPU and not the clock, since other work on the machine lengthens the clock and hardly the CPU. The whole process tree
counts: what a test starts and leaves behind (PostgreSQL, Chromium, Java) is handed to this process, which waits for it.
Which programs took it is seen by looking twice a second: what each had used when it was last seen.
"""

import ctypes
import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

FOLDER = "TILSAGN_TIMING_FOLDER"
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
LONGEST = 30
LOOK_EVERY = 0.5
PROGRAMS = ("python", "postgres", "chrom", "node", "java", "soffice")


class Watch:
    """Writes a line for each part of each test, and for each fixture the time that is its own."""

    def __init__(self, folder: Path) -> None:
        self.file = (folder / f"{os.getpid()}.jsonl").open("a")
        self.inner = [0.0]

    def write(self, **facts: Any) -> None:
        self.file.write(json.dumps(facts) + "\n")

    def close(self) -> None:
        self.file.close()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: pytest.FixtureRequest) -> Generator[None, Any, Any]:
        began = _cpu()
        self.inner.append(0.0)
        try:
            return (yield)
        finally:
            spent = _cpu() - began
            own = spent - self.inner.pop()
            self.inner[-1] += spent
            self.write(part="fixture", test=request.node.nodeid, fixture=fixturedef.argname, cpu=own)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        return (yield from self._measured("setup", item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        return (yield from self._measured("call", item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        return (yield from self._measured("teardown", item))

    def _measured(self, part: str, item: pytest.Item) -> Generator[None, Any, Any]:
        clock, began = time.monotonic(), _cpu()
        try:
            return (yield)
        finally:
            self.write(part=part, test=item.nodeid, cpu=_cpu() - began, wall=time.monotonic() - clock)


def pytest_configure(config: pytest.Config) -> None:
    """Every process of the run, the workers too, writes a file of its own."""
    config.pluginmanager.register(Watch(Path(os.environ[FOLDER])), "timing-watch")


def pytest_unconfigure(config: pytest.Config) -> None:
    """What was written is all there before the process ends."""
    watch = config.pluginmanager.unregister(name="timing-watch")
    assert isinstance(watch, Watch)
    watch.close()


def _cpu() -> float:
    return sum(os.times()[:4])  # ours, and that of the processes we have waited for


class Programs(Thread):
    """What each program below this process has used: seconds by process, which number and start tell apart."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = Event()
        self.used: dict[tuple[int, str], tuple[str, float]] = {}

    def run(self) -> None:
        """Look until it is over."""
        while not self.ended.wait(LOOK_EVERY):
            self.look()

    def look(self) -> None:
        """Note what each process below this one has used until now."""
        found = dict(_processes())
        for pid, (name, _, began, used) in found.items():
            above = pid
            while above in found and above != os.getpid():
                above = found[above][1]
            if above == os.getpid() != pid:
                self.used[pid, began] = name, used

    def sums(self) -> Counter[str]:
        """Seconds by program."""
        return _sums(self.used.values())


def _processes() -> Iterable[tuple[int, tuple[str, int, str, float]]]:
    """Of each process its program, the one above it, when it began, and its CPU seconds."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = place.read_text().rpartition(")")
            command = (place.parent / "cmdline").read_bytes().split(b"\0")[0].rpartition(b"/")[2].decode()
        except OSError:
            continue  # it has ended meanwhile
        facts = after.split()
        name = next((each for each in PROGRAMS if each in command), command or before.partition("(")[2])
        ticks = int(facts[11]) + int(facts[12])
        yield int(place.parent.name), (name, int(facts[1]), facts[19], ticks / os.sysconf("SC_CLK_TCK"))


def run(arguments: list[str]) -> int:
    """Run pytest and print the tables; gives pytest's answer."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    folder = Path(tempfile.mkdtemp(prefix="tilsagn-timing-"))
    clock = time.monotonic()
    pytest_itself = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "pytest", "-p", "tests.timing", *arguments],
        {**os.environ, FOLDER: str(folder)},
    )
    programs = Programs()
    programs.start()
    answer, processes = _wait_for_all(pytest_itself)
    programs.ended.set()
    wall = time.monotonic() - clock
    lines = [json.loads(line) for each in folder.glob("*.jsonl") for line in each.read_text().splitlines()]
    _table("Process tree", processes)
    _table("Programs, as last seen", programs.sums())
    print(f"{sum(processes.values()) / 60:8.1f} CPU minutes, {wall / 60:.1f} minutes by the clock")
    print(f"lines kept in {folder}")
    tests = [line for line in lines if line["part"] != "fixture"]
    _table("By layer and database", _sums((_layer(line["test"]), line["cpu"]) for line in tests))
    _table("By part", _sums((line["part"], line["cpu"]) for line in tests))
    fixtures = [line for line in lines if line["part"] == "fixture"]
    _table("Fixtures, each its own", _sums((_fixture(line), line["cpu"]) for line in fixtures))
    _table("Files", _sums((line["test"].partition("::")[0], line["cpu"]) for line in tests))
    _table("Tests", _sums((line["test"], line["cpu"]) for line in tests))
    return answer


def _wait_for_all(pytest_itself: int) -> tuple[int, dict[str, float]]:
    answer, spent = 1, dict[str, float](defaultdict(float))
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        except ChildProcessError:
            return answer, spent
        assert found is not None
        name = Path(f"/proc/{found.si_pid}/comm").read_text().strip()  # still told of one that has ended
        _, status, used = os.wait4(found.si_pid, 0)
        spent[name] = spent.get(name, 0.0) + used.ru_utime + used.ru_stime
        if found.si_pid == pytest_itself:
            answer = os.waitstatus_to_exitcode(status)


def _layer(test: str) -> str:
    database = next((name for name in ("postgresql", "sqlite") if name in test.partition("::")[2]), "none told")
    return f"{f'{test}/'.split('/')[1] or 'session'}, {database}"


def _fixture(line: dict[str, Any]) -> str:
    return f"{line['fixture']}, {_layer(line['test']).rpartition(', ')[2]}"


def _sums(pairs: Iterable[tuple[str, float]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, cpu in pairs:
        found[name] += cpu  # type: ignore[assignment]
    return found


def _table(title: str, sums: "dict[str, float] | Counter[str]") -> None:
    print(f"\n{title} (CPU seconds)")
    for name, cpu in sorted(sums.items(), key=lambda pair: -pair[1])[:LONGEST]:
        print(f"{cpu:8.1f}  {name}")


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
