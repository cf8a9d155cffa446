"""Confirmed claims in great numbers, each under an agreement and a case of its own: rows like one made by the verbs."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.compensation.models import Claim, ClaimLine, Gp, GpAgreement
from app.db import db, writing
from app.flow.models import Hand

STEP = 5_000


def copies(claim_id: int, count: int) -> None:
    """So many copies of a confirmed claim, sums a little different, with cases, agreements, lines and hands."""
    db.session.rollback()
    claim = db.session.get_one(Claim, claim_id)
    agreement = db.session.get_one(GpAgreement, claim.agreement_id)
    case = db.session.get_one(Case, claim.case_id)
    lines = db.session.scalars(sa.select(ClaimLine).where(ClaimLine.claim_id == claim_id)).all()
    hands = db.session.scalars(sa.select(Hand).where(Hand.kind == "claim", Hand.thing_id == claim_id)).all()
    models = [_row(each) for each in (case, agreement, claim)]
    of_claim = [_row(line) for line in lines], [_row(hand) for hand in hands]
    tops = [db.session.scalar(sa.select(sa.func.max(kind.id))) or 0 for kind in (Case, GpAgreement, Claim)]
    for first in range(1, count + 1, STEP):
        numbers = range(first, min(first + STEP, count + 1))
        with writing() as session:
            for table, rows in _tables(models, of_claim, tops, numbers):
                if rows:
                    session.execute(sa.insert(table), rows)
    _sequences()


def _tables(models: Any, of_claim: Any, tops: Any, numbers: range) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    (case, agreement, claim), (lines, hands) = models, of_claim
    at_case, at_agreement, at_claim = tops
    yield (
        Case.__table__,
        [
            {
                **case,
                "id": at_case + n,
                "public_id": f"many-case-{n}",
                "number": f"T25-{500_000 + n}",
                "title": f"GP {n}",
            }
            for n in numbers
        ],
    )
    yield Gp.__table__, [{"hpr_no": str(5_000_000 + n), "name": agreement["gp_name"]} for n in numbers]
    yield (
        GpAgreement.__table__,
        [{**agreement, "id": at_agreement + n, "case_id": at_case + n, "hpr_no": str(5_000_000 + n)} for n in numbers],
    )
    yield (
        Claim.__table__,
        [
            {
                **claim,
                "id": at_claim + n,
                "public_id": f"many-claim-{n}",
                "agreement_id": at_agreement + n,
                "case_id": at_case + n,
            }
            for n in numbers
        ],
    )
    yield ClaimLine.__table__, [{**line, "claim_id": at_claim + n} for n in numbers for line in lines]
    yield (
        Hand.__table__,
        [{**hand, "thing_id": at_claim + n, "case_id": at_case + n} for n in numbers for hand in hands],
    )


def _row(thing: Any) -> dict[str, Any]:
    return {column.key: getattr(thing, column.key) for column in thing.__table__.columns}


def _sequences() -> None:
    """PostgreSQL goes on after the keys that were written."""
    if db.engine.dialect.name != "postgresql":
        return
    with writing() as session:
        for name in ("case_file", "gp_agreement", "claim"):
            session.execute(
                sa.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
            )
