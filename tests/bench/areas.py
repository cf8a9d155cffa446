"""The scheme's page, an area's page and its follow-up at many claims, against bare pages with the same rows and sums.

`python -m tests.bench.areas --claims 100000 --database both`. First what no noise can change: few statements, and the
same words on both sides.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
import structlog
from flask import Flask

from app.db import db
from app.parties.models import PilotArea
from tests import area_rows, compensation_rows, drivers, factories, schema
from tests.bench.area_limit import bare
from tests.bench.case_check import words
from tests.bench.measure import Pair, ask, spread
from tests.bench.places import counted, program, session_of

MOST_RATIO, MOST_STATEMENTS = 4.0, 8
ROUNDS, TIMES, WARM = 5, 4, 5


def main() -> int:
    """Run, print, and give the number of gates that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    folder, shared = Path(tempfile.mkdtemp(prefix="tilsagn-bench-")), drivers.make_shared_folder()
    faults = []
    try:
        for dialect in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
            faults += measured(dialect, chosen.claims, folder / dialect, chosen.rounds)
    finally:
        drivers.remove_shared_folder(shared)
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(f"FAILED: {fault}")
    return len(faults)


def measured(dialect: str, claims: int, folder: Path, rounds: int) -> list[str]:
    """One database; what missed its gate."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'bench.db'}" if dialect == "sqlite" else schema.server().copy("template1", "areas")
    schema.migrate(url)
    ours = program(url, folder)
    area_id, address = _filled(ours, claims)
    least, faults, pairs = bare(url, area_id), [], []
    officer, coordinator = session_of(ours, "officer1")[0], session_of(ours, "area-nordland")[0]
    for path, limit, cookie in (
        ("/fastleger", "/fastleger", officer),
        ("/utprovingsomrade", "/omrade", coordinator),
        (f"/fastleger/omrader/{address}", "/oppfolging", officer),
    ):
        faults += _checked(ours, least, path, limit, cookie)
        calls = _asking(ours, path, cookie), _asking(least, limit, "")
        for call in calls * WARM:
            call()
        pairs.append(Pair(limit, claims, *calls, times=TIMES, most=MOST_RATIO))
    kind = "cpu" if dialect == "sqlite" else "wall"
    for _ in range(rounds):
        for pair in pairs:
            pair.round()
    for pair in pairs:
        ms = f"{pair.ms('ours', kind):.1f} ms, bare {pair.ms('limit', kind):.1f} ms"
        print(f"{dialect}: {pair.job}: {ms}, {spread(pair.ratios(kind))} (most {MOST_RATIO})", flush=True)
    with ours.app_context():
        db.session.remove()
        db.engine.dispose()
    faults += [fault for pair in pairs if (fault := pair.fault())]
    return [f"{dialect}: {fault}" for fault in faults]


def _filled(app: Flask, claims: int) -> tuple[int, str]:
    """The area that is looked at: its key and address."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        area_rows.areas(claims)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        row = db.session.execute(sa.select(PilotArea.id, PilotArea.public_id).order_by(PilotArea.id).limit(1)).one()
        db.session.remove()
    return row.id, row.public_id


def _checked(ours: Flask, least: Flask, path: str, limit: str, cookie: str) -> list[str]:
    """Few statements, and no word or figure on the bare page that ours lacks."""
    ask(ours, path, cookie)
    with counted(ours) as sent:
        page = ask(ours, path, cookie)
    faults = [f"{limit}: {len(sent)} statements, most {MOST_STATEMENTS}"] if len(sent) > MOST_STATEMENTS else []
    codes = {"submitted", "confirmed", "awaiting_funds", "active", "approved", "partly_approved", "paid", "phone"}
    if more := words(ask(least, limit).text) - words(page.text) - codes:
        faults.append(f"{limit}: the limit shows what ours does not: {sorted(more)[:5]}")
    print(f"{limit}: {len(sent)} statements")
    return faults


def _asking(app: Flask, path: str, cookie: str) -> Callable[[], object]:
    def call() -> None:
        answer = ask(app, path, cookie)
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")

    return call


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(1 if main() else 0)
