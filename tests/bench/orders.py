"""An import of GPs' claims, tried and carried out by the process that works on orders, against a bare program.

The bare one reads the same CSV, makes the same checks with the same functions, and writes the same claims, lines,
hands and sealed entries with executemany in one transaction. It keeps no row of what came of each line, tries nothing
first, and cannot be stopped. `python -m tests.bench.orders --rows 100000`.
"""

import argparse
import csv
import io
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask

from app.audit.models import AuditEntry, AuditHead
from app.audit.record import seal
from app.compensation.domain import Period, importing, why_not_claim
from app.compensation.domain.claims import reckon
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.queries import prices_in_use
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.documents import actions as documents
from app.flow.models import Hand
from app.orders import actions, running
from app.orders.domain import Outcome, line, places
from app.orders.models import OrderRow
from app.orders.queries import counts
from app.values.clock import local_date
from tests import compensation_rows, drivers, factories, gp_rows, order_rows, schema
from tests.bench.places import program

MOST_RATIO = 6.0
# What the process may grow by from the tenth part of the rows to all of them, in megabytes.
MOST_GROWTH = 40
MONTHS = 6


def main() -> int:
    """Run, print, and give the number of gates that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=12_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    folder, shared = Path(tempfile.mkdtemp(prefix="tilsagn-bench-")), drivers.make_shared_folder()
    failed = 0
    try:
        for dialect in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
            failed += measured(dialect, chosen.rows // MONTHS, folder)
    finally:
        drivers.remove_shared_folder(shared)
        shutil.rmtree(folder, ignore_errors=True)
    return failed


def measured(dialect: str, gps: int, folder: Path) -> int:
    """Both on this database, each on a ground of its own; the number of gates that failed."""
    rows = gps * MONTHS
    with _ground(dialect, gps, folder / f"{dialect}-bare", "import_bare") as app, app.app_context():
        bare = _timed(lambda: _bare(gp_rows.file_of(gps, MONTHS)))
        assert _many(Claim) == rows
    with _ground(dialect, gps, folder / f"{dialect}-ours", "import_ours") as app, app.app_context():
        ours, grown = _ours(gps, rows)
    ratio = ours / bare
    told = f"{dialect}: {rows} rows: ours {ours:.1f} s, bare {bare:.1f} s, ratio {ratio:.2f} (most {MOST_RATIO})"
    print(f"{told}; grew {grown:.0f} MB (most {MOST_GROWTH})", flush=True)
    return (ratio > MOST_RATIO) + (grown > MOST_GROWTH)


def _ours(gps: int, rows: int) -> tuple[float, float]:
    order = _placed(gp_rows.file_of(gps, MONTHS))
    memory: list[float] = []
    batch = running.Work._batch

    def watched(self: running.Work, by: Any) -> bool:
        memory.append(_resident())
        return batch(self, by)

    running.Work._batch = watched  # type: ignore[method-assign]  # looked at between batches
    try:
        spent = _timed(running.run_next)
        assert counts(order)[Outcome.READY] == rows, counts(order)
        by = factories.acting("area-nordland")
        with writing():
            actions.carry_out(order, _version(order), by=by, at=order_rows.PLACED)
        spent += _timed(running.run_next)
    finally:
        running.Work._batch = batch  # type: ignore[method-assign]
    assert counts(order) == {Outcome.MADE: rows}, counts(order)
    assert _many(Claim) == _many(OrderRow) == rows
    return spent, memory[-1] - memory[len(memory) // 10]


def _placed(data: bytes) -> int:
    """Laid in; the check of the upload is the web process's, and stands in neither side."""
    by, at = factories.acting("area-nordland"), order_rows.PLACED
    upload = documents.Upload(documents.store(data, "text/csv", at), "krav.csv")
    with writing():
        return actions.place("gp-claims", upload, min(by.area_ids), by=by, at=at).id


def _version(order: int) -> int:
    from app.orders.models import WorkOrder

    return db.session.scalars(sa.select(WorkOrder.version).where(WorkOrder.id == order)).one()


def _bare(data: bytes) -> None:
    """One reading, one judgement a line, one transaction."""
    at, today = order_rows.PLACED, local_date(order_rows.PLACED)
    by = factories.acting("area-nordland")
    prices, headings = prices_in_use(), importing.headings(prices_in_use())
    codes = [each for each in headings if each not in importing.FIXED]
    agreements = {
        row.hpr_no: row
        for row in db.session.execute(
            sa.select(GpAgreement.id, GpAgreement.case_id, GpAgreement.hpr_no, GpAgreement.area_id).add_columns(
                GpAgreement.payee_id, GpAgreement.from_on, GpAgreement.to_on, GpAgreement.cap_ore
            )
        )
    }
    version = db.session.scalars(sa.select(Claim.rule_version_id)).first() or _rules()
    heads = {row.stream: (row.seq, row.seal) for row in db.session.execute(sa.select(*AuditHead.__table__.columns))}
    db.session.rollback()
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    found = places(next(reader), headings)
    used: dict[str, dict[str, int]] = {}
    left: dict[str, int] = {}
    periods: dict[str, list[Period]] = {}
    claims, lines, hands, entries = [], [], [], []
    for key, cells in enumerate(reader, start=1):
        asked = importing.read(key, line(key, cells, found).says, codes)
        assert asked.facts is not None
        agreed, hpr = agreements[asked.hpr_no], asked.hpr_no
        so_far, earlier = used.setdefault(hpr, {}), periods.setdefault(hpr, [])
        reckoned = reckon(prices, asked.facts.units, so_far, left.setdefault(hpr, agreed.cap_ore))
        period = asked.facts.period
        assert not why_not_claim(period, Period(agreed.from_on, agreed.to_on), earlier, reckoned, today)
        earlier.append(period)
        left[hpr] -= reckoned.sum_ore
        for each in reckoned.lines:
            so_far[each.code] = so_far.get(each.code, 0) + each.paid_units
            lines.append(_line(key, each))
        claims.append(_claim(key, agreed, version, period, reckoned.sum_ore, by.id, at))
        hands.append({"kind": "claim", "thing_id": key, "case_id": agreed.case_id, "hand": "submitted",
                      "user_id": by.id, "at": at})  # fmt: skip
        entries.append(_entry(heads, agreed.case_id, period, reckoned.sum_ore, by, at))
    with writing() as session:
        connection = session.connection()
        for model, rows in ((Claim, claims), (ClaimLine, lines), (Hand, hands), (AuditEntry, entries)):
            connection.execute(sa.insert(model.__table__), rows)  # type: ignore[arg-type]
        known = set(connection.execute(sa.select(AuditHead.stream)).scalars())
        new = [{"stream": s, "seq": q, "seal": h} for s, (q, h) in heads.items() if s not in known]
        connection.execute(sa.insert(AuditHead.__table__), new)  # type: ignore[arg-type]


def _rules() -> int:
    from app.cases.models import Case

    return db.session.scalars(sa.select(Case.rule_version_id)).first() or 0


def _claim(key: int, agreed: Any, version: int, period: Period, ore: int, by: int, at: datetime) -> dict[str, Any]:
    return {
        "id": key,
        "public_id": f"bare-{key}",
        "agreement_id": agreed.id,
        "case_id": agreed.case_id,
        "area_id": agreed.area_id,
        "party_id": agreed.payee_id,
        "rule_version_id": version,
        "from_on": period.from_on,
        "to_on": period.to_on,
        "status": Status.SUBMITTED,
        "version": 1,
        "claimed_ore": ore,
        "submitted_by": by,
        "submitted_at": at,
        "reason": "",
    }


def _line(key: int, each: Any) -> dict[str, Any]:
    return {
        "claim_id": key,
        "code": each.code,
        "units": each.units,
        "paid_units": each.paid_units,
        "unit_price_ore": each.unit_price_ore,
        "amount_ore": each.amount_ore,
    }


def _entry(heads: dict[str, tuple[int, str]], case_id: int, period: Period, ore: int, by: Any, at: datetime) -> Any:
    stream = f"case:{case_id}"
    seq, before = heads.get(stream, (0, ""))
    told = {"amount_ore": ore, "from_on": period.from_on.isoformat(), "to_on": period.to_on.isoformat()}
    row = {"stream": stream, "at": at, "by_id": by.id, "by_name": by.name, "event": "claim.submitted", "facts": told,
           "case_id": case_id, "seq": seq + 1}  # fmt: skip
    row["seal"] = seal(before, row)
    heads[stream] = seq + 1, row["seal"]
    return row


@contextmanager
def _ground(dialect: str, gps: int, folder: Path, name: str) -> Iterator[Flask]:
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'bench.db'}" if dialect == "sqlite" else schema.server().copy("template1", name)
    schema.migrate(url)
    app = program(url, folder)
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
        gp_rows.agreements(gps)
        with writing():
            clock.start_at(order_rows.PLACED)
        db.session.remove()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _many(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _timed(do: Any) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _resident() -> float:
    """Megabytes this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576


if __name__ == "__main__":
    raise SystemExit(main())
