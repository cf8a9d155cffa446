"""`make bench`: our time ÷ the limit's, in one run, at several sizes; gates on answers, counts, plans and ratios."""

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import sqlalchemy as sa
import structlog
from flask import Flask

from app import create_app
from app.cases.models import Case
from app.config import Settings
from app.db import db
from tests import schema
from tests.bench.letter import letter_pair
from tests.bench.limit import bare
from tests.bench.load import load
from tests.bench.measure import Pair, ask, spread
from tests.bench.servers import server_faults
from tests.bench.submit import submit_pair

ROUNDS = 5
SIZES = {"quick": (1_000, 10_000), "full": (1_000, 10_000, 100_000)}
# CPU ratios swing less than wall; a gate is missed only beyond this margin.
NOISE = 1.25
MOST = {"first": 4.0, "filter": 4.0, "deep": 4.0, "search": 6.0, "case": 8.0}
MOST_STATEMENTS = {"first": 8, "filter": 8, "deep": 8, "search": 8, "case": 12}
GROWTH = 1.3
SEARCH_GROWTH = 3.0
NUMBER = re.compile(r">(T\d\d-\d{4,})<")


@dataclass
class Place:
    """One size: our program and the bare one on the same database, somebody logged in."""

    size: int
    ours: Flask
    bare: Flask
    cookie: str
    paths: dict[str, tuple[str, str]]


def main() -> int:
    """Run, print, and give the number of gates that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="quick")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    folder = Path(tempfile.mkdtemp(prefix="tilsagn-bench-"))
    started = time.perf_counter()
    try:
        places = [prepare(size, folder / f"{size}") for size in SIZES[chosen.size]]
        failures = [fault for place in places for fault in checked(place)]
        failures += server_faults(program(folder / f"{places[0].size}"), chosen.rounds, NOISE)
        pairs = [pair for place in places for pair in pairs_of(place)] + letter_pair()
        pairs += [submit_pair(p.ours, p.bare, p.size, chosen.rounds, session_of) for p in places]
        for _ in range(chosen.rounds):
            for pair in pairs:
                pair.round()
        print(table(pairs))
        failures += [*missed(pairs), *grown(pairs)]
        print(f"\n{time.perf_counter() - started:.0f} s; sizes {SIZES[chosen.size]}; {chosen.rounds} rounds")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for fault in failures:
        print(f"FAILED: {fault}")
    print("all gates held" if not failures else f"{len(failures)} gates failed")
    return len(failures)


def prepare(size: int, folder: Path) -> Place:
    """A database of this size, the two programs on it, and a session opened through the log-in page."""
    folder.mkdir()
    url = database(folder)
    schema.migrate(url)
    ours = program(folder)
    began = time.perf_counter()
    with ours.app_context():
        vocabulary = load(size)
        case = db.session.scalars(sa.select(Case).where(Case.id == size // 2)).one()
        deep = (case.submitted_at, case.id, case.number)
        db.session.remove()
    print(f"{size} cases loaded in {time.perf_counter() - began:.0f} s", flush=True)
    word = vocabulary.words[0]
    moment, key, number = deep
    paths = {
        "first": ("/saker", "/first"),
        "filter": ("/saker?status=granted", "/filter"),
        "search": (f"/saker?{urlencode({'sok': word})}", f"/search?{urlencode({'sok': word})}"),
        "deep": (
            f"/saker?sorter=nyeste&etter={quote(f'{moment.isoformat()}~{key}')}",
            f"/deep?k={quote(moment.isoformat())}&i={key}",
        ),
        "case": (f"/saker/{number}", f"/case/{key}"),
    }
    return Place(size, ours, bare(url), logged_in(ours), paths)


def program(folder: Path) -> Flask:
    """Ours, anew, on the database in the folder: one that has answered takes no static files in front any more."""
    url, files = database(folder), folder / "files"
    return create_app(
        Settings(database_url=url, files_dir=files, secret_key="only-for-bench", demo=True, secure_cookies=False)
    )


def database(folder: Path) -> str:
    """The address of the folder's database."""
    return f"sqlite:///{folder / 'bench.db'}"


def logged_in(app: Flask) -> str:
    """The officer's cookie."""
    return session_of(app, "officer1")[0]


def session_of(app: Flask, username: str) -> tuple[str, str]:
    """Through the real log-in page; gives the cookie, and a token for forms."""
    page = ask(app, "/logg-inn")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None, "no form on the log-in page"
    cookie = cookie_of(page.headers)
    form = urlencode({"csrf_token": token[1], "username": username, "password": "demo"}).encode()
    answer = ask(app, "/logg-inn", cookie, form)
    assert answer.status == 303, f"log-in answered {answer.status}"
    cookie = cookie_of(answer.headers)
    opened = ask(app, dict(answer.headers)["Location"], cookie)
    cookie = cookie_of(opened.headers) or cookie
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opened.text)
    assert token is not None, "no form on the first page"
    return cookie, token[1]


def cookie_of(headers: list[tuple[str, str]]) -> str:
    """The session's cookie, among those that are set; empty when the answer sets none."""
    set_now = [value.partition(";")[0] for name, value in headers if name.lower() == "set-cookie"]
    return next((cookie for cookie in set_now if cookie.startswith("tilsagn=")), "")


def pairs_of(place: Place) -> list[Pair]:
    """The page jobs at this size, each warmed."""
    made = []
    for job, (path, limit) in place.paths.items():
        ours, least = asking(place.ours, path, place.cookie), asking(place.bare, limit, "")
        for _ in range(20):
            ours()
            least()
        made.append(Pair(job, place.size, ours, least, times=25, most=MOST[job]))
    return made


def asking(app: Flask, path: str, cookie: str) -> Callable[[], object]:
    """A call that fails when the answer is not the page."""

    def call() -> None:
        answer = ask(app, path, cookie)
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")

    return call


def checked(place: Place) -> list[str]:
    """Right answers, few statements, plans that walk: what no noise can change."""
    faults = []
    for job, (path, limit) in place.paths.items():
        with counted(place.ours) as sent:
            ours = ask(place.ours, path, place.cookie)
        least = ask(place.bare, limit)
        if job != "case" and NUMBER.findall(ours.text) != NUMBER.findall(least.text):
            faults.append(f"{job} {place.size}: not the same rows as the limit's")
        if job != "case" and len(NUMBER.findall(ours.text)) != 50:
            faults.append(f"{job} {place.size}: {len(NUMBER.findall(ours.text))} rows, not 50")
        if len(sent) > MOST_STATEMENTS[job]:
            faults.append(f"{job} {place.size}: {len(sent)} statements, most {MOST_STATEMENTS[job]}")
        if job in ("first", "filter", "deep"):
            faults += [f"{job} {place.size}: {plan}" for plan in sorted_or_scanned(place.ours, sent)]
    return faults


class counted:  # noqa: N801  (read as a word: with counted(app) as sent)
    """The statements sent meanwhile; the clock's look at its offset, once a second, is left out."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.sent: list[tuple[str, Any]] = []

    def __enter__(self) -> list[tuple[str, Any]]:
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        return self.sent

    def __exit__(self, *_told: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "clock_offset" not in statement:
            self.sent.append((statement, parameters))


def sorted_or_scanned(app: Flask, sent: list[tuple[str, Any]]) -> list[str]:
    """Plans over the cases that scan the table, sort, or leave the covering index."""
    found = []
    with app.app_context(), db.engine.connect() as connection:
        for statement, parameters in sent:
            if "FROM case_file" in statement:
                plan = [str(r[-1]) for r in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)]
                steps = [line for line in plan if "case_file" in line]
                bad = any("TEMP B-TREE" in line for line in plan)
                bad |= any(not line.startswith("SEARCH case_file USING COVERING INDEX") for line in steps)
                found += ["; ".join(plan)] if bad else []
    return found


def table(pairs: list[Pair]) -> str:
    """What was measured, one line a job and size."""
    lines = [
        "",
        "CPU time a request, both called as WSGI in one process (no server, no network); ours ÷ limit by round,",
        f"median [min–max]. Null is limit ÷ limit. Gates hold to {NOISE}× beyond the target,",
        "on CPU. Submit is gated on wall, since its limit is mostly the disk's: its CPU ratio is above 10 and is",
        "shown, not held (some thirty statements of a checked, told and searchable case against eight bare inserts).",
        "",
        f"{'job':<8}{'cases':>8}{'limit ms':>10}{'ours ms':>9}  "
        f"{'ours ÷ limit (CPU)':<22}{'(wall)':<22}{'null':<20}{'most':>5}",
    ]
    for pair in sorted(pairs, key=lambda p: (p.job, p.size)):
        lines.append(
            f"{pair.job:<8}{pair.size or '':>8}{pair.ms('limit'):>10.2f}{pair.ms('ours'):>9.2f}  "
            f"{spread(pair.ratios()):<22}{spread(pair.ratios('wall')):<22}{spread(pair.null()):<20}{pair.most or '':>5}"
        )
    return "\n".join(lines)


def missed(pairs: list[Pair]) -> list[str]:
    """Ratios over their target, beyond the noise."""
    return [
        f"{p.job} {p.size}: {statistics.median(p.ratios(p.gated)):.2f}× the limit ({p.gated}), target {p.most}"
        for p in pairs
        if p.most and statistics.median(p.ratios(p.gated)) > p.most * NOISE
    ]


def grown(pairs: list[Pair]) -> list[str]:
    """Our own time at each size ÷ at the smallest, by round."""
    faults = []
    print("\ngrowth of our own time")
    for job in sorted({p.job for p in pairs if p.size}):
        sizes = sorted((p for p in pairs if p.job == job), key=lambda p: p.size)
        first = sizes[1] if job == "search" and len(sizes) > 2 else sizes[0]
        target = SEARCH_GROWTH if job == "search" else GROWTH
        for pair in sizes[sizes.index(first) + 1 :]:
            ours = zip(pair.timed["ours"].cpu, first.timed["ours"].cpu, strict=True)
            growth = [large / small for large, small in ours]
            print(f"{job:<8} t({pair.size}) ÷ t({first.size}) = {spread(growth)}   most {target}")
            if statistics.median(growth) > target * NOISE and pair.size == sizes[-1].size:
                faults.append(f"{job}: grows {statistics.median(growth):.2f}× to {pair.size}, target {target}")
    return faults


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(1 if main() else 0)
