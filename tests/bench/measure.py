"""Pairs in one run: ours and the limit turn about, CPU time a request beside wall, ratios by round."""

import io
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

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


@dataclass
class Pair:
    """One job at one size. The limit is timed twice a round: limit ÷ limit is the noise."""

    job: str
    size: int
    ours: Callable[[], object]
    limit: Callable[[], object]
    times: int
    most: float | None = None
    # What the gate looks at: the processor's time, or wall where the disk is what the limit pays for.
    gated: str = "cpu"
    timed: dict[str, Timed] = field(default_factory=lambda: {k: Timed() for k in ("limit", "ours", "again")})

    def round(self) -> None:
        """Limit, ours, limit."""
        self.timed["limit"].run(self.limit, self.times)
        self.timed["ours"].run(self.ours, self.times)
        self.timed["again"].run(self.limit, self.times)

    def ratios(self, kind: str = "cpu") -> list[float]:
        """Ours ÷ limit, by round; the limit is the mean of the runs before and after."""
        ours, before, after = (getattr(self.timed[name], kind) for name in ("ours", "limit", "again"))
        return [2 * o / (b + a) for o, b, a in zip(ours, before, after, strict=True)]

    def null(self) -> list[float]:
        """Limit ÷ limit, by round."""
        return [a / b for a, b in zip(self.timed["again"].cpu, self.timed["limit"].cpu, strict=True)]

    def ms(self, name: str) -> float:
        """Median CPU milliseconds."""
        return statistics.median(self.timed[name].cpu) / 1000


def spread(values: Sequence[float]) -> str:
    """«2.9 [2.7–3.1]»."""
    return f"{statistics.median(values):.2f} [{min(values):.2f}–{max(values):.2f}]"
