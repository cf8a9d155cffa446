"""Pairs in one run: ours and the limit turn about, CPU time a request beside wall, ratios by round."""

import io
import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

# How much two runs of the same may differ in a quiet moment.
QUIET = (0.9, 1.1)
TRIES = 5
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(app: Wsgi, path: str, cookie: str = "", form: bytes | None = None) -> Answer:
    """One request straight to the WSGI application: no server and no client between, the same for both sides."""
    address, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT_LANGUAGE": "nb",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(form or b""),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if form is not None:
        environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(form))}
    told: list[Any] = []
    answered = app(environ, lambda status, headers, *_: told.extend((status, headers)))
    body = b"".join(answered)
    if hasattr(answered, "close"):
        answered.close()
    return Answer(int(told[0].split()[0]), told[1], body)


@dataclass
class Timed:
    """Time a call in microseconds, by round."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def run(self, call: Callable[[], object], times: int) -> None:
        """One round."""
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(times):
            call()
        self.cpu.append((time.process_time() - cpu) / times * 1e6)
        self.wall.append((time.perf_counter() - wall) / times * 1e6)

    def forget(self) -> None:
        """The last round was disturbed."""
        self.cpu.pop()
        self.wall.pop()


@dataclass
class Pair:
    """One job at one size. The limit is timed before and after ours: where the two disagree the machine was disturbed.

    The gate looks at our own processor time; wall, in which PostgreSQL's work stands too, is shown beside it.
    """

    job: str
    size: int
    ours: Callable[[], object]
    limit: Callable[[], object]
    times: int
    most: float | None = None
    disturbed: int = 0
    timed: dict[str, Timed] = field(default_factory=lambda: {k: Timed() for k in ("limit", "ours", "again")})

    def round(self) -> None:
        """Limit, ours, limit; once more when the two limits differ by more than a tenth, five times at most."""
        for _ in range(TRIES):
            self.timed["limit"].run(self.limit, self.times)
            self.timed["ours"].run(self.ours, self.times)
            self.timed["again"].run(self.limit, self.times)
            if QUIET[0] <= self.null()[-1] <= QUIET[1]:
                return
            self.disturbed += 1
            for timed in self.timed.values():
                timed.forget()

    def ratios(self, kind: str = "cpu") -> list[float]:
        """Ours ÷ limit, by quiet round; the limit is the mean of the runs before and after."""
        ours, before, after = (getattr(self.timed[name], kind) for name in ("ours", "limit", "again"))
        return [2 * o / (b + a) for o, b, a in zip(ours, before, after, strict=True)]

    def null(self) -> list[float]:
        """Limit ÷ limit, by round."""
        return [a / b for a, b in zip(*(self.timed[n].cpu for n in ("again", "limit")), strict=True)]

    def ms(self, name: str, kind: str) -> float:
        """Median milliseconds."""
        return median_of(getattr(self.timed[name], kind)) / 1000

    def fault(self) -> str | None:
        """What is wrong: over its target, or never a quiet moment to measure in."""
        if not self.most:
            return None
        ratios = self.ratios()
        if not ratios:
            return f"{self.job} {self.size}: no quiet round; measure on a quiet machine"
        found = statistics.median(ratios)
        return f"{self.job} {self.size}: {found:.2f}× the limit, most {self.most}" if found > self.most else None


def median_of(values: Sequence[float]) -> float:
    """The median; not a number where nothing was measured."""
    return statistics.median(values) if values else math.nan


def spread(values: Sequence[float]) -> str:
    """«2.9 [2.7–3.1]»."""
    return f"{statistics.median(values):.2f} [{min(values):.2f}–{max(values):.2f}]" if values else "never quiet"
