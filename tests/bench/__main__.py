"""`make bench`: our time ÷ the limit's, in one run, at several sizes, on both databases; gates without a margin.

First what no noise can change: right answers, few statements, plans that walk. Then ratios: a round in which the limit
disagrees with itself is measured again.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from app.db import db
from tests import drivers
from tests.bench import case_check, menu
from tests.bench.case_rows import TABS
from tests.bench.letter import letter_pair
from tests.bench.measure import TRIES, Pair, ask, median_of, spread
from tests.bench.places import Place, counted, prepare, program, session_of
from tests.bench.servers import server_faults
from tests.bench.submit import submit_pair, too_many

ROUNDS = 5
SIZES = {"quick": (1_000, 10_000), "full": (1_000, 10_000, 100_000)}
DATABASES = ("sqlite", "postgresql")
LISTS = ("first", "filter", "deep", "search")
MOST = dict.fromkeys(LISTS, 2.5) | dict.fromkeys(TABS, 4.0)
MOST_STATEMENTS = dict.fromkeys(LISTS, 8) | dict.fromkeys(TABS, 12)
GROWTH = {"search": 1.5}
GROWTH_OF_THE_REST = 1.3
# A word that stands in nearly every case, at the smallest size (milliseconds of wall).
SEARCH_MS = 15
NUMBER = re.compile(r">(T\d\d-\d{4,})<")


def main() -> int:
    """Run, print, and give the number of gates that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="quick")
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    folder = Path(tempfile.mkdtemp(prefix="tilsagn-bench-"))
    shared = drivers.make_shared_folder()
    started = time.perf_counter()
    faults = []
    try:
        for dialect in DATABASES if chosen.database == "both" else (chosen.database,):
            faults += measured(dialect, SIZES[chosen.size], folder / dialect, chosen.rounds)
        print(f"\n{time.perf_counter() - started:.0f} s; sizes {SIZES[chosen.size]}; {chosen.rounds} rounds")
    finally:
        drivers.remove_shared_folder(shared)
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(f"FAILED: {fault}")
    print("all gates held" if not faults else f"{len(faults)} gates failed")
    return len(faults)


def measured(dialect: str, sizes: Sequence[int], folder: Path, rounds: int) -> list[str]:
    """One database."""
    places = [prepare(dialect, size, folder / f"{size}") for size in sizes]
    faults = [fault for place in places for fault in checked(place)]
    pairs = [pair for place in places for pair in pairs_of(place)]
    if dialect == "sqlite":
        faults += server_faults(program(places[0].url, folder / f"{sizes[0]}"), rounds, 1.0)
        pairs += letter_pair()
        for place in places:
            submits = submit_pair(place.ours, place.url, place.size, rounds * TRIES, session_of)
            pairs.append(submits)
            faults += too_many(place.ours, submits)
    pages = menu.pages_of([places[0], places[-1]])
    for _ in range(rounds):
        for each in (*pairs, *pages):
            each.round()
    kind = "cpu" if dialect == "sqlite" else "wall"
    print(table(dialect, pairs))
    print(menu.shown(pages, kind))
    faults += [fault for pair in pairs if (fault := pair.fault())] + grown(pairs, kind)
    faults += menu.faults_of(pages, kind)
    for place in places:
        with place.ours.app_context():
            db.session.remove()
            db.engine.dispose()
    return [f"{dialect}: {fault}" for fault in faults]


def pairs_of(place: Place) -> list[Pair]:
    """The page jobs at this size, each warmed."""
    made = []
    for job, (path, limit) in place.paths.items():
        ours, least = asking(place, path, place.cookie), asking(place, limit, "", bare=True)
        for _ in range(20):
            ours()
            least()
        made.append(Pair(job, place.size, ours, least, times=25, most=MOST[job]))
    return made


def asking(place: Place, path: str, cookie: str, *, bare: bool = False) -> Callable[[], object]:
    """A call that fails when the answer is not the page."""
    app = place.bare if bare else place.ours

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
        if job in TABS:
            faults += [f"{job} {place.size}: {fault}" for fault in case_check.faults_of(job, ours.text, least.text)]
            faults += [f"{job} {place.size}: {fault}" for fault in planned_anew(place, sent)]
        elif NUMBER.findall(ours.text) != NUMBER.findall(least.text):
            faults.append(f"{job} {place.size}: not the same rows as the limit's")
        elif len(NUMBER.findall(ours.text)) != 50:
            faults.append(f"{job} {place.size}: {len(NUMBER.findall(ours.text))} rows, not 50")
        if len(sent) > MOST_STATEMENTS[job]:
            faults.append(f"{job} {place.size}: {len(sent)} statements, most {MOST_STATEMENTS[job]}")
        if job in ("first", "filter", "deep") and place.on_sqlite:
            faults += [f"{job} {place.size}: {plan}" for plan in sorted_or_scanned(place, sent)]
    return faults


def planned_anew(place: Place, sent: list[tuple[str, object]]) -> list[str]:
    """Statements that SQLite plans once more for every run: a code of ours is bound where an index has only some."""
    if not place.on_sqlite:
        return []
    with place.ours.app_context(), db.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_stmt WHERE reprep >= run AND run > 1").scalars()
        anew = {" ".join(sql.split()) for sql in found}
    return [f"planned for every run: {said[:90]}" for text, _ in sent if (said := " ".join(text.split())) in anew]


def sorted_or_scanned(place: Place, sent: list[tuple[str, object]]) -> list[str]:
    """Plans over the cases that scan the table, sort, or leave the covering index."""
    found = []
    with place.ours.app_context(), db.engine.connect() as connection:
        for statement, parameters in sent:
            if "FROM case_file" in statement:
                plan = [str(r[-1]) for r in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)]  # type: ignore[arg-type]
                steps = [line for line in plan if "case_file" in line]
                bad = any("TEMP B-TREE" in line for line in plan)
                bad |= any(not line.startswith("SEARCH case_file USING COVERING INDEX") for line in steps)
                found += ["; ".join(plan)] if bad else []
    return found


def table(dialect: str, pairs: list[Pair]) -> str:
    """What was measured, one line a job and size."""
    lines = [
        f"\n{dialect}: both called as WSGI in one process (no server, no network); ours ÷ limit by quiet round, median",
        "[min–max]; «new» are the rounds measured again.",
        "",
        f"{'job':<15}{'cases':>8}{'limit ms':>10}{'ours ms':>9}{'ours wall':>11}  "
        f"{'ours ÷ limit (CPU)':<22}{'(wall)':<22}{'most':>5}{'new':>5}",
    ]
    for pair in sorted(pairs, key=lambda p: (p.job, p.size)):
        lines.append(
            f"{pair.job:<15}{pair.size or '':>8}{pair.ms('limit', 'cpu'):>10.2f}{pair.ms('ours', 'cpu'):>9.2f}"
            f"{pair.ms('ours', 'wall'):>11.2f}  "
            f"{spread(pair.ratios()):<22}{spread(pair.ratios('wall')):<22}{pair.most or '':>5}{pair.disturbed:>5}"
        )
    return "\n".join(lines)


def grown(pairs: list[Pair], kind: str) -> list[str]:
    """Our own time at the largest size ÷ at the smallest, and the search at the smallest in milliseconds."""
    faults = []
    print("\ngrowth of our own time")
    for job in sorted({p.job for p in pairs if p.size}):
        sizes = sorted((p for p in pairs if p.job == job), key=lambda p: p.size)
        small, large = (median_of(getattr(p.timed["ours"], kind)) for p in (sizes[0], sizes[-1]))
        most = GROWTH.get(job, GROWTH_OF_THE_REST)
        print(f"{job:<15} t({sizes[-1].size}) ÷ t({sizes[0].size}) = {large / small:.2f}   most {most}")
        if large / small > most:
            faults.append(f"{job}: grows {large / small:.2f}× to {sizes[-1].size}, most {most}")
        if job == "search" and median_of(sizes[0].timed["ours"].wall) > SEARCH_MS * 1000:
            faults.append(f"search: {median_of(sizes[0].timed['ours'].wall) / 1000:.1f} ms, most {SEARCH_MS}")
    return faults


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(1 if main() else 0)
