"""Our web process against gunicorn's threads: what a page costs, and who is answered among those who send slowly."""

import logging
import os
import socket
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from app.db import db
from app.web import listen, serve, with_static
from tests.bench.measure import spread

# gunicorn does less, and we may cost so much more a request.
MOST = 1.2
ASKED, WARM, THREADS, SLOW, QUICK = 150, 30, 4, 40, 5
PAGE = "/logg-inn"
SLOW_BODY = (
    f"POST {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 100000\r\n\r\ncsrf_toke"
).encode()
_TICKS = os.sysconf("SC_CLK_TCK")


class Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One process of four threads, as ours."""

    def __init__(self, app: Flask, port: int) -> None:
        self._app, self._port = app, port
        super().__init__()

    def load_config(self) -> None:
        """As this program ran before waitress."""
        options = {"bind": f"127.0.0.1:{self._port}", "threads": THREADS, "worker_class": "gthread"}
        for name, value in {**options, "loglevel": "critical", "control_socket_disable": True}.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The same program behind the same static files."""
        return with_static(self._app)


def server_faults(app: Flask, rounds: int, noise: float) -> list[str]:
    """Measure both in turn, print, and give what missed its gate."""
    logging.getLogger("gunicorn.error").setLevel(logging.CRITICAL)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with listen("127.0.0.1:0") as listening:
        ours_at, theirs_at = listening.getsockname()[1], _free_port()
        with _running(lambda: serve(app, listening)) as ours, _running(Gunicorn(app, theirs_at).run) as theirs:
            sides = {"ours": (ours_at, ours), "gunicorn": (theirs_at, theirs)}
            for port, _ in sides.values():
                _ask(port, WARM)
            cost: dict[str, list[float]] = {name: [] for name in sides}
            for _ in range(rounds):
                for name, (port, pid) in sides.items():
                    before = _cpu(pid)
                    _ask(port, ASKED)
                    cost[name].append((_cpu(pid) - before) / ASKED * 1000)
            heard = {name: _heard(port) for name, (port, _) in sides.items()}
    ratios = [o / g for o, g in zip(cost["ours"], cost["gunicorn"], strict=True)]
    costs = ", ".join(f"{name} {statistics.median(each):.2f} ms" for name, each in cost.items())
    print(f"\nserver: {costs} CPU a page; ours ÷ gunicorn {spread(ratios)}, most {MOST}")
    print(f"of {QUICK} quick ones among {SLOW} slow bodies are answered: {heard}")
    faults = [f"server: {statistics.median(ratios):.2f}× gunicorn"] if statistics.median(ratios) > MOST * noise else []
    return faults + ([] if heard["ours"] == QUICK else ["server: the slow keep the quick waiting"])


@contextmanager
def _running(run: Callable[[], object]) -> Iterator[int]:
    process = get_context("fork").Process(target=run)
    process.start()
    assert process.pid is not None
    yield process.pid
    process.terminate()
    process.join(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _ask(port: int, times: int) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(times):
        line.request("GET", PAGE)
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
    line.close()


def _heard(port: int) -> int:
    """How many quick ones get their page within two seconds while the slow ones send."""
    with ExitStack() as stack:
        for _ in range(SLOW):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(SLOW_BODY)
        return sum(_is_heard(port) for _ in range(QUICK))


def _is_heard(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", PAGE)
        return bool(line.getresponse().status == 200)
    except OSError:
        return False
    finally:
        line.close()


def _cpu(pid: int) -> float:
    """Seconds of processor this process and its children have used."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS + sum(_cpu(int(child)) for child in below)
