"""A pilot scheme in its second summer: five areas, practices, GPs, and claims in every state; rows like the verbs' own.

Each GP has a claim for every month from January 2024: most are paid, the newest wait; one GP in twenty went silent.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from app.budget.domain import EntryKind
from app.budget.models import LedgerEntry
from app.cases.models import Case
from app.compensation import actions
from app.compensation.domain import CheckFacts, ContactKind
from app.compensation.models import Claim, ClaimLine, Gp, GpAgreement
from app.compensation.workflow import Status
from app.db import clock, db, writing
from app.parties.models import Party, PilotArea
from app.values.sortkeys import fold, sort_key
from tests import compensation_rows, factories

AT = datetime(2025, 7, 10, 9, 0, tzinfo=UTC)
AREAS, GPS_OF_A_PRACTICE, MUNICIPALITIES = 5, 4, 12
MONTHS = 18
_QUIET_AFTER = 12
_NOTES = 60
_AT_ONCE = 5_000
_WAITING = (Status.CONFIRMED, Status.AWAITING_FUNDS, Status.PARTLY_APPROVED)


def areas(claims: int) -> None:
    """About so many claims. People, the season's rules and the GP pot's frame must be there."""
    first = compensation_rows.agreement()
    models = [_row(Case, first.case_id), _row(GpAgreement, first.id), _row(PilotArea, first.area_id)]
    gps = max(claims // MONTHS, 1)
    _insert(PilotArea, (_area(models[2], n) for n in range(1, AREAS)))
    _insert(Party, (_practice(n) for n in range(gps // GPS_OF_A_PRACTICE + 1)))
    known = db.session.execute(sa.select(Party.orgnr, Party.id).where(Party.orgnr.like("7%")))
    kept = {row.orgnr: row.id for row in known}
    payees = [kept[str(700_000_000 + n)] for n in range(gps // GPS_OF_A_PRACTICE + 1)]
    area_ids = list(db.session.scalars(sa.select(PilotArea.id).order_by(PilotArea.id)))[:AREAS]
    db.session.rollback()
    _insert(Case, (_case(models[0], n, payees) for n in range(1, gps)))
    _insert(Gp, ({"hpr_no": str(5_000_000 + n), "name": f"Lege {n}"} for n in range(1, gps)))
    _insert(GpAgreement, (_agreement(models[1], n, payees, area_ids) for n in range(1, gps)))
    people = [factories.user(name).id for name in ("gp1", "area-nordland", "officer1")]
    db.session.rollback()
    fixed = {"rule_version_id": models[0]["rule_version_id"], "people": people, "models": models}
    _insert(Claim, (each for n in range(1, gps) for each in _claims(n, fixed, payees, area_ids)))
    ids = sa.select(Claim.id, Claim.case_id, Claim.claimed_ore, Claim.status, Claim.submitted_at)
    made = db.session.execute(ids).all()
    frame_id = db.session.scalars(sa.select(sa.text("id")).select_from(sa.text("frame"))).first()
    db.session.rollback()
    _insert(ClaimLine, (_line(row) for row in made))
    _insert(LedgerEntry, (_paid(row, frame_id) for row in made if row.status is Status.PAID))
    _followed(first.area_id)
    with writing():
        clock.start_at(AT)
    db.session.remove()


def _followed(area_id: int) -> None:
    by = factories.acting("officer1")
    found = CheckFacts(date(2025, 7, 1), "Bekreftelse av krav", "Ingen stedfortreder er utpekt.", "Avtalt.")
    for _ in range(_NOTES):
        with writing():
            actions.add_check(area_id, found, by=by, at=AT)
            actions.add_contact(area_id, ContactKind.PHONE, date(2025, 7, 1), "Snakket om rutinene.", by=by, at=AT)
    with writing():
        actions.set_goal(area_id, 1_000, by=by, at=AT)


def _area(model: dict[str, Any], n: int) -> dict[str, Any]:
    name = f"Område {n}"
    return {**_new(model), "public_id": f"area-{n}", "name": name, "sort_key": sort_key(name)}


def _practice(n: int) -> dict[str, Any]:
    name = f"Legekontor {n}"
    said = {"public_id": f"practice-{n}", "orgnr": str(700_000_000 + n), "name": name, "display_name": name}
    place = {"municipality_no": str(1801 + n % MUNICIPALITIES), "postcode": "", "post_town": "", "email": ""}
    sorts = {"sort_key": sort_key(name), "name_fold": fold(name)}
    return {**said, **place, **sorts, "language_decision": "neutral", "demo_fields": [], "invented": True}


def _case(model: dict[str, Any], n: int, payees: list[int]) -> dict[str, Any]:
    payee, said = n // GPS_OF_A_PRACTICE, {"id": model["id"] + n, "public_id": f"area-case-{n}"}
    name = f"Legekontor {payee}"
    party = {"party_id": payees[payee], "party_name": name, "party_sort": sort_key(name)}
    return {**model, **said, **party, "number": f"T24-{10_000 + n}", "title": f"Lege {n}"}


def _agreement(model: dict[str, Any], n: int, payees: list[int], area_ids: list[int]) -> dict[str, Any]:
    whose = {"payee_id": payees[n // GPS_OF_A_PRACTICE], "area_id": area_ids[_place(n)]}
    days = {"from_on": date(2024, 1, 1), "to_on": date(2025, 12, 31)}
    gp = {"hpr_no": str(5_000_000 + n), "gp_name": f"Lege {n}", "gp_sort": sort_key(f"Lege {n}")}
    keys = {"id": model["id"] + n, "case_id": model["case_id"] + n}
    return {**model, **whose, **days, **gp, **keys, "cap_ore": 300_000_00, "claimed_ore": 14 * 1_000_00}


def _place(n: int) -> int:
    """Practices by turns."""
    return (n // GPS_OF_A_PRACTICE) % AREAS


def _claims(n: int, fixed: dict[str, Any], payees: list[int], area_ids: list[int]) -> Iterator[dict[str, Any]]:
    (gp, coordinator, officer), (case, agreement, _) = fixed["people"], fixed["models"]
    for month in range(_QUIET_AFTER if n % 20 == 0 else MONTHS):
        first = date(2024 + month // 12, month % 12 + 1, 1)
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
        sent = datetime(last.year, last.month, last.day, 10, tzinfo=UTC) + timedelta(days=3)
        status = _status(n, month)
        ore = (20 if n % 40 == 1 and month == MONTHS - 1 else 1 + n % 5) * 100_00
        answered = status in (Status.PAID, Status.APPROVED, Status.PARTLY_APPROVED)
        confirmed = status is not Status.SUBMITTED
        yield {
            "public_id": f"area-claim-{n}-{month}",
            "agreement_id": agreement["id"] + n,
            "case_id": case["id"] + n,
            "area_id": area_ids[_place(n)],
            "party_id": payees[n // GPS_OF_A_PRACTICE],
            "rule_version_id": fixed["rule_version_id"],
            "from_on": first,
            "to_on": last,
            "status": status,
            "version": 1 + confirmed + answered,
            "claimed_ore": ore,
            "approved_ore": ore if answered else None,
            "submitted_by": gp,
            "submitted_at": sent,
            "confirmed_by": coordinator if confirmed else None,
            "confirmed_at": sent + timedelta(days=2) if confirmed else None,
            "reviewed_by": officer if answered else None,
            "reviewed_at": sent + timedelta(days=5) if answered else None,
            "reason": "Færre enheter." if status is Status.PARTLY_APPROVED else "",
        }


def _status(n: int, month: int) -> Status:
    if month < MONTHS - 3:
        return Status.PAID
    return (Status.APPROVED, _WAITING[n % 3], Status.SUBMITTED)[month - (MONTHS - 3)]


def _line(row: Any) -> dict[str, Any]:
    units = row.claimed_ore // 100_00
    return {"claim_id": row.id, "code": "patient", "units": units, "paid_units": units, "unit_price_ore": 100_00,
            "amount_ore": row.claimed_ore}  # fmt: skip


def _paid(row: Any, frame_id: Any) -> dict[str, Any]:
    return {"frame_id": frame_id, "case_id": row.case_id, "kind": EntryKind.PAYMENT, "amount_ore": row.claimed_ore,
            "ref": f"claim:{row.id}", "at": row.submitted_at + timedelta(days=9), "by_id": None}  # fmt: skip


def _new(model: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in model.items() if name != "id"}


def _row(model: Any, key: int) -> dict[str, Any]:
    with db.engine.connect() as connection:
        row = connection.execute(sa.select(model.__table__).where(model.__table__.c.id == key)).one()
    return dict(row._mapping)


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    db.session.rollback()
    while some := list(islice(rows, _AT_ONCE)):
        with writing() as session:
            session.execute(sa.insert(model.__table__), some)
