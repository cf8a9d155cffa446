"""Many GPs of one area with agreements, and a file of their claims: rows copied from one that the verbs made."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.compensation.models import Gp, GpAgreement
from app.db import db, writing
from tests import compensation_rows
from tests.order_rows import HEAD

FIRST_HPR = 3_000_000
_AT_ONCE = 1_000
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def agreements(many: int) -> None:
    """So many GPs, each with an agreement in force all 2025. People, rules and the frame must be there."""
    first = compensation_rows.agreement(hpr_no=str(FIRST_HPR))
    case = _row(Case, first.case_id)
    agreed = _row(GpAgreement, first.id)
    numbers = range(1, many)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        with writing() as session:
            session.execute(
                sa.insert(Case.__table__),
                [{**case, "id": case["id"] + n, "public_id": f"gp-{n}", "number": f"T25-{n + 10_000}"} for n in some],
            )
            session.execute(sa.insert(Gp.__table__), [{"hpr_no": str(FIRST_HPR + n), "name": "Lege"} for n in some])
            session.execute(
                sa.insert(GpAgreement.__table__),
                [
                    {**agreed, "id": agreed["id"] + n, "case_id": case["id"] + n, "hpr_no": str(FIRST_HPR + n)}
                    for n in some
                ],
            )


def claims(many: int, months: int) -> Iterator[str]:
    """A line for each GP and month, month by month as a system writes them out."""
    for month in range(1, months + 1):
        for n in range(many):
            start = "1" if month == 1 else ""
            days = f"01.{month:02d}.2025;{_LAST_DAYS[month - 1]}.{month:02d}.2025"
            yield f"{FIRST_HPR + n};{days};{start};{1 + (n + month) % 9}"


def file_of(many: int, months: int) -> bytes:
    """The whole file."""
    return "\r\n".join([HEAD, *claims(many, months), ""]).encode("utf-8-sig")


def day(month: int, *, last: bool = False) -> date:
    """The first or last day of a month of 2025."""
    return date(2025, month, _LAST_DAYS[month - 1] if last else 1)


def _row(model: Any, key: int) -> dict[str, Any]:
    with db.engine.connect() as connection:
        row = connection.execute(sa.select(model.__table__).where(model.__table__.c.id == key)).one()
    return dict(row._mapping)
