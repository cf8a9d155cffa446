"""Control of claims by rules against a bare program that makes the same checks and writes the same claims, findings,
sealed entries and letters with executemany in one transaction. It promises no money and makes nothing payable.

`python -m tests.bench.control --claims 100000`.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask

from app.audit.models import AuditEntry, AuditHead
from app.audit.record import SYSTEM, seal
from app.compensation import jobs
from app.compensation.domain.control import UNREMARKABLE, Examined, examine
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.demo.rules import establish, gp_2025
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as OutgoingStatus
from app.parties.models import PilotArea
from app.rules.domain import ControlRule, Rules
from app.rules.queries import pot_by_code, rules_of
from tests import compensation_rows, drivers, factories, schema
from tests.bench.orders import _resident, _timed
from tests.bench.places import program
from tests.many_claims import copies

MOST_RATIO = 3.0
# What the process may grow by while it controls all of them, in megabytes.
MOST_GROWTH = 60
AT = compensation_rows.CONFIRMED


def main() -> int:
    """Run, print, and give the number of gates that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    folder, shared = Path(tempfile.mkdtemp(prefix="tilsagn-bench-")), drivers.make_shared_folder()
    failed = 0
    try:
        for dialect in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
            failed += measured(dialect, chosen.claims, folder)
    finally:
        drivers.remove_shared_folder(shared)
        shutil.rmtree(folder, ignore_errors=True)
    return failed


def measured(dialect: str, claims: int, folder: Path) -> int:
    """Both on this database, each on a ground of its own; the number of gates that failed."""
    with _ground(dialect, claims, folder / f"{dialect}-bare", "control_bare") as app, app.app_context():
        bare = _timed(_bare)
        approved = _approved()
    with _ground(dialect, claims, folder / f"{dialect}-ours", "control_ours") as app, app.app_context():
        before = _resident()
        ours = _timed(lambda: jobs.control_claims(AT))
        grown = _resident() - before
        assert _approved() == approved == claims + 1
    ratio = ours / bare
    told = f"{dialect}: {claims} claims: ours {ours:.1f} s, bare {bare:.1f} s, ratio {ratio:.2f} (most {MOST_RATIO})"
    print(f"{told}; grew {grown:.0f} MB (most {MOST_GROWTH})", flush=True)
    return (ratio > MOST_RATIO) + (grown > MOST_GROWTH)


def _bare() -> None:
    """One reading, one judgement a claim, one transaction."""
    hosts = {row.id: row.host_party_id for row in db.session.execute(sa.select(PilotArea.id, PilotArea.host_party_id))}
    cut = set(db.session.scalars(sa.select(ClaimLine.claim_id).where(ClaimLine.paid_units < ClaimLine.units)))
    query = (
        sa.select(Claim.id, Claim.claimed_ore, Claim.case_id, Claim.area_id, Claim.party_id, Claim.rule_version_id)
        .add_columns(Claim.submitted_at, Claim.from_on, Claim.to_on, GpAgreement.cap_ore, GpAgreement.claimed_ore)
        .join(GpAgreement, GpAgreement.id == Claim.agreement_id)
        .where(Claim.status == Status.CONFIRMED, Claim.finding.is_(None))
    )
    sums = sorted(db.session.scalars(sa.select(Claim.claimed_ore)))
    middle, count = sums[(len(sums) - 1) // 2], len(sums)
    heads = {row.stream: (row.seq, row.seal) for row in db.session.execute(sa.select(*AuditHead.__table__.columns))}
    known = set(heads)
    claims, entries, letters = [], [], []
    units = {row.claim_id: row for row in db.session.execute(sa.select(*ClaimLine.__table__.columns))}
    for row in db.session.execute(query):
        rule = rules_of(row.rule_version_id).control
        left = row[9] - row[10]
        own = hosts[row.area_id] == row.party_id
        seen = Examined(row.claimed_ore, left, middle, count, 50, row.id in cut, late=False, own_host=own)
        found = examine(seen, rule)
        assert found.held_for is None
        claims.append({"k": row.id, "ore": row.claimed_ore, "figures": found.figures})
        told = {"from": "confirmed", "to": "approved", "amount_ore": row.claimed_ore}
        subject = f"Svar på krav om kompensasjon for {row.from_on:%d.%m.%Y} til {row.to_on:%d.%m.%Y}"
        for event, facts in (
            ("claim.approve_by_rule", told),
            ("outgoing.queued", {"subject": subject, "kind": "claim_answer"}),
        ):
            entries.append(_entry(heads, row.case_id, event, facts))
        letters.append(_letter(row, subject, units[row.id], rules_of(row.rule_version_id)))
    db.session.rollback()
    change = (
        sa.update(Claim.__table__)  # type: ignore[arg-type]
        .where(sa.column("id") == sa.bindparam("k"))
        .values(status=Status.APPROVED, version=sa.column("version") + 1, approved_ore=sa.bindparam("ore"))
        .values(finding=sa.bindparam("figures"), rule=UNREMARKABLE, ruled_at=AT)
    )
    with writing() as session:
        connection = session.connection()
        connection.execute(change, claims)
        connection.execute(sa.insert(Outgoing.__table__), letters)  # type: ignore[arg-type]
        connection.execute(sa.insert(AuditEntry.__table__), entries)  # type: ignore[arg-type]
        new = [{"stream": s, "seq": q, "seal": h} for s, (q, h) in heads.items() if s not in known]
        connection.execute(sa.insert(AuditHead.__table__), new)  # type: ignore[arg-type]


def _letter(row: Any, subject: str, line: Any, rules: Rules) -> dict[str, Any]:
    body = f"Kravet er godkjent med {row.claimed_ore // 100} kr. Pengene blir utbetalt til kontoen i avtalen."
    return {
        "public_id": f"bare-{row.id}",
        "key": f"claim:{row.id}:approved",
        "case_id": row.case_id,
        "party_id": row.party_id,
        "kind": "claim_answer",
        "language": "nb",
        "address": "gp1@example.invalid",
        "subject": subject,
        "body": body,
        "letter": "claim_answer",
        "facts": _facts(row, line, rules),
        "text_version": 1,
        "status": OutgoingStatus.QUEUED,
        "version": 1,
        "attempts": 0,
        "uncertain": False,
        "last_error": "",
        "not_before": AT,
        "queued_at": AT,
    }


def _facts(row: Any, line: Any, rules: Rules) -> dict[str, Any]:
    """The letter's facts, as many and as long as ours."""
    price = next(price for price in rules.unit_prices if price.code == line.code)
    head = {
        "language": "nb",
        "case_no": "T25-0001",
        "our_ref": "T25-0001",
        "archive_case_no": "",
        "dated_on": AT.date().isoformat(),
        "sender": {
            "name": "Helsedirektoratet",
            "orgnr": "983 544 622",
            "unit": "Tilskuddsforvaltning",
            "address": [],
            "phone": "",
            "email": "tilskudd@example.invalid",
            "web": "http://127.0.0.1:8000",
        },
        "recipient": {"name": "Demo legekontor AS", "orgnr": "312 999 021", "address": ["9999 Demovik"]},
        "case_handler": {"name": "Helsedirektoratet", "title": "", "phone": "", "email": "tilskudd@example.invalid"},
        "demo": True,
        "text_version": 1,
    }
    return {
        "kind": "claim_answer",
        "head": head,
        "gp_name": "Lege Demo",
        "submitted_on": row.submitted_at.date().isoformat(),
        "from_on": row.from_on.isoformat(),
        "to_on": row.to_on.isoformat(),
        "agreed_from": "2025-01-01",
        "agreed_to": "2025-12-31",
        "answer": "approved",
        "claimed_ore": row.claimed_ore,
        "approved_ore": row.claimed_ore,
        "lines": [
            {
                "name": price.words.nb,
                "asked": f"{line.units} {price.many.nb}",
                "paid": f"{line.paid_units} {price.many.nb}",
                "unit_price_ore": line.unit_price_ore,
                "asked_ore": line.units * line.unit_price_ore,
                "amount_ore": line.amount_ore,
            }
        ],
        "decided_by": {"name": "", "title": ""},
        "reason": "",
        "by_rule": True,
        "by_helfo": False,
        "scheme_name": "Kompensasjonsordning for fastleger",
        "legal_basis": rules.legal_basis.nb,
        "complaint": {"body": rules.complaint_body.nb},
    }


def _entry(heads: dict[str, tuple[int, str]], case_id: int, event: str, facts: dict[str, Any]) -> dict[str, Any]:
    stream = f"case:{case_id}"
    seq, before = heads.get(stream, (0, ""))
    row = {"stream": stream, "at": AT, "by_id": None, "by_name": SYSTEM, "event": event, "facts": facts,
           "case_id": case_id, "seq": seq + 1}  # fmt: skip
    row["seal"] = seal(before, row)
    heads[stream] = seq + 1, row["seal"]
    return row


@contextmanager
def _ground(dialect: str, claims: int, folder: Path, name: str) -> Iterator[Flask]:
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'bench.db'}" if dialect == "sqlite" else schema.server().copy("template1", name)
    schema.migrate(url)
    app = program(url, folder)
    with app.app_context():
        ground(claims)
        db.session.remove()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def ground(claims: int) -> None:
    """Rules that let a rule approve, a frame that holds, and so many confirmed claims and one."""
    factories.people()
    factories.season_rules()
    compensation_rows.frame(1_000_000_000_00)
    pot = pot_by_code("gp")
    assert pot is not None
    with writing():
        by, decider = factories.acting("officer1"), factories.acting("decider")
        rules = replace(gp_2025(), control=ControlRule(100_000_00, 0), in_force_on=date(2025, 1, 1))
        establish(pot, 2025, rules, writer=by, approver=decider, at=factories.AT.replace(year=2024, month=12))
    made = compensation_rows.claim(compensation_rows.agreement(), {"patient": 10})
    copies(compensation_rows.confirmed(made).id, claims)
    with writing():
        clock.start_at(AT)


def _approved() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Claim.status == Status.APPROVED)) or 0


if __name__ == "__main__":
    raise SystemExit(main())
