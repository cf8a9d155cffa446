"""Many cases quickly, by Core inserts: realistic columns, 3 KB of text, ten events and three documents a case."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.access.models import User, UserMembership
from app.applications.models import Application, ApplicationAnswer, BudgetLine
from app.audit.models import AuditEntry
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import Base, db, writing
from app.db.search import SearchDoc
from app.documents.models import Document, StoredFile
from app.parties.models import Party
from app.rules.models import Call, RuleVersion, Scheme, Track
from app.values.sortkeys import fold, sort_key
from app.values.words import indexed
from tests import award_rows, factories
from tests.bench import whole_case
from tests.bench.settled import Settled
from tests.bench.vocabulary import Vocabulary

CHUNK = 2000
FIRST_YEAR, YEARS = 2016, 10
BIG_PARTY_SHARE = 0.003
# Those whose own pages are measured have at least so many cases, whatever the size, so that their pages are full.
OWN_PAGES, FULL = ("demovik", "gp1"), 40
EVENTS, DOCUMENTS, WORDS = 10, 3, 120
SCHEMES = ("hto", "pll", "sam")
OPEN = (Status.SUBMITTED, Status.REGISTERED, Status.AWAITING_APPLICANT, Status.ASSESSING, Status.RECOMMENDED)
# A register of ten years: most is settled.
SPREAD = {
    Status.SUBMITTED: 4,
    Status.REGISTERED: 6,
    Status.AWAITING_APPLICANT: 2,
    Status.ASSESSING: 8,
    Status.RECOMMENDED: 3,
    Status.GRANTED: 25,
    Status.PARTLY_GRANTED: 20,
    Status.REFUSED: 18,
    Status.WITHDRAWN: 4,
    Status.CLOSED: 10,
}
DECIDED = (Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED)
_START = datetime(FIRST_YEAR, 1, 2, 8, 0, tzinfo=UTC)
_REGISTER = Path(__file__).parents[2] / "app" / "parties" / "data" / "municipalities.csv"


def dice(seed: int) -> random.Random:
    """Chance that falls the same way every time."""
    return random.Random(seed)


def load(cases: int, *, seed: int = 1, heavy: bool = True, settled: bool = False) -> Vocabulary:
    """People, every municipality and this many cases. `heavy` gives them text, events and documents too.

    `settled` gives those granted what follows (awards, payments, reports), and adds one case with everything on it.
    """
    thrown = dice(seed)
    vocabulary = Vocabulary(thrown)
    factories.people()
    officers = [factories.user(name) for name in ("officer1", "officer2", "lead")]
    with writing():
        award_rows.pot(officers[0], factories.AT)
        for code in SCHEMES[1:]:
            db.session.add(Scheme(code=code, track=Track.GRANT, name_nb=f"Ordning {code}", name_nn=f"Ordning {code}"))
    parties = _parties()
    version = db.session.scalars(sa.select(RuleVersion)).one()
    call = db.session.scalars(sa.select(Call)).one()
    fixed = {"pot_id": version.pot_id, "call_id": call.id, "rule_version_id": version.id}
    made = _cases(cases, thrown, parties, officers, fixed, _with_full_pages(parties))
    following = Settled(newest=cases) if settled else None
    for chunk in _chunks(made):
        with writing():
            _insert(Case, chunk)
            _insert(SearchDoc, _search(chunk, vocabulary))
            if heavy:
                _insert_heavy(chunk, vocabulary, officers[0].id)
            if following:
                following.insert(chunk)
    if following:
        whole_case.insert(following)
    _analyse()
    db.session.remove()
    return vocabulary


def _parties() -> list[Any]:
    """The real municipalities, as far as they are not there yet."""
    with _REGISTER.open(encoding="utf-8") as lines, writing():
        there = set(db.session.scalars(sa.select(Party.orgnr)))
        rows = []
        for row in csv.DictReader(lines):
            name = f"{row['official_name']} kommune"
            if row["orgnr"] not in there:
                rows.append(
                    {
                        "public_id": f"bench-{row['orgnr']}",
                        "orgnr": row["orgnr"],
                        "name": name,
                        "display_name": name,
                        "sort_key": sort_key(name),
                        "name_fold": fold(name),
                        "language_decision": "neutral",
                        "demo_fields": [],
                        "invented": False,
                        "email": "",
                        "postcode": "",
                        "post_town": "",
                    }
                )
        _insert(Party, rows)
    columns = sa.select(Party.id, Party.display_name, Party.sort_key, Party.orgnr).order_by(Party.id)
    return list(db.session.execute(columns).all())


def _with_full_pages(parties: list[Any]) -> list[Any]:
    member = sa.select(UserMembership.party_id).join(User, User.id == UserMembership.user_id)
    ids = set(db.session.scalars(member.where(User.username.in_(OWN_PAGES))))
    return [party for party in parties if party.id in ids]


def _cases(
    count: int, dice: random.Random, parties: list[Any], officers: list[Any], fixed: dict[str, int], full: list[Any]
) -> Iterator[dict[str, Any]]:
    statuses, weights = list(SPREAD), list(accumulate(SPREAD.values()))
    step = timedelta(days=365 * YEARS) / max(count, 1)
    numbers: dict[int, int] = {}
    for index in range(1, count + 1):
        at = _START + step * index
        party = parties[0] if dice.random() < BIG_PARTY_SHARE else dice.choice(parties)
        own = index % max(count // FULL, len(full) + 1)
        party = full[own] if own < len(full) else party
        status = dice.choices(statuses, cum_weights=weights)[0]
        officer = None if status is Status.SUBMITTED or dice.random() < 0.1 else officers[dice.randrange(2)]
        numbers[at.year] = numbers.get(at.year, 0) + 1
        applied = dice.randrange(2, 60) * 100_000_00
        yield {
            **fixed,
            "id": index,
            "public_id": f"bench-{index}",
            "number": f"T{at.year % 100:02d}-{numbers[at.year]:04d}",
            "track": Track.GRANT,
            "scheme_code": dice.choice(SCHEMES),
            "year": at.year,
            "title": f"Digital samhandling i {party.display_name}",
            "status": status,
            "version": 1,
            "party_id": party.id,
            "party_name": party.display_name,
            "party_sort": party.sort_key,
            "officer_id": officer.id if officer else None,
            "officer_name": officer.name if officer else "",
            "unit": "",
            "due_on": (at + timedelta(days=45)).date() if dice.random() < 0.95 else None,
            "applied_ore": applied,
            "granted_ore": applied if status is Status.GRANTED else None,
            "created_at": at - timedelta(days=3),
            "submitted_at": at,
            "late": False,
            "recommended_by": officers[2].id if status is Status.RECOMMENDED or status in DECIDED else None,
            "decided_by": officers[2].id + 1 if status in DECIDED else None,
            "demo_fields": [],
            "_orgnr": party.orgnr,
        }


def _search(chunk: list[dict[str, Any]], vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    for case in chunk:
        said = f"{case['number']} {case['party_name']} {case['_orgnr']} {case['title']}"
        yield {"case_id": case["id"], "words": " ".join(indexed([said, " ".join(vocabulary.take(WORDS))]))}


def _insert_heavy(chunk: list[dict[str, Any]], vocabulary: Vocabulary, person: int) -> None:
    text = " ".join(vocabulary.take(400))
    stored = {"sha256": "0" * 64, "size": 1000, "media_type": "application/pdf", "stored_at": _START}
    if db.session.get(StoredFile, stored["sha256"]) is None:
        _insert(StoredFile, [stored])
    _insert(Application, [_application(case, person) for case in chunk])
    _insert(
        ApplicationAnswer,
        [{"application_id": c["id"], "question_code": "plan", "value": text, "version": 1} for c in chunk],
    )
    _insert(BudgetLine, [line for case in chunk for line in _budget(case)])
    _insert(AuditEntry, [entry for case in chunk for entry in _events(case, person)])
    _insert(Document, [document for case in chunk for document in _documents(case, person)])


def _application(case: dict[str, Any], person: int) -> dict[str, Any]:
    return {
        "id": case["id"],
        "case_id": case["id"],
        "language": "nb",
        "version": 1,
        "contact_name": "Turid Demo",
        "contact_title": "rådgiver",
        "contact_email": "turid@example.invalid",
        "contact_phone": "00 00 00 00",
        "purpose": "Ta i bruk pasientens legemiddelliste.",
        "starts_on": date(case["year"], 3, 1),
        "ends_on": date(case["year"], 12, 31),
        "own_funding_ore": 0,
        "account_no": "12345600009",
        "changed_at": case["created_at"],
        "changed_by": person,
        "signed_by": person,
        "signed_title": "kommunedirektør",
    }


def _budget(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    half = case["applied_ore"] // 200 * 100
    for position, (code, ore) in enumerate((("lead", case["applied_ore"] - half), ("training", half))):
        yield {
            "application_id": case["id"],
            "kind": "applied",
            "position": position,
            "cost_code": code,
            "text": "",
            "amount_ore": ore,
        }


def _events(case: dict[str, Any], person: int) -> Iterator[dict[str, Any]]:
    """Ten steps told in the case's stream; not sealed, since nothing here proves the record."""
    codes: list[tuple[str, dict[str, Any]]] = [
        ("case.submit", {"number": case["number"], "from": "draft", "to": "submitted"}),
        ("case.register", {"officer": "Kari Demo", "from": "submitted", "to": "registered"}),
        ("case.declared", {"answer": "impartial"}),
        ("case.taken", {}),
    ]
    for nr in range(1, EVENTS + 1):
        event, facts = codes[min(nr, len(codes)) - 1]
        yield {
            "stream": f"case:{case['id']}",
            "seq": nr,
            "at": case["submitted_at"] + timedelta(hours=nr),
            "by_id": person,
            "by_name": "Kari Demo",
            "event": event,
            "facts": facts,
            "case_id": case["id"],
            "seal": "bench",
        }


def _documents(case: dict[str, Any], person: int) -> Iterator[dict[str, Any]]:
    for nr in range(1, DOCUMENTS + 1):
        yield {
            "public_id": f"bench-{case['id']}-{nr}",
            "case_id": case["id"],
            "scope": "case",
            "direction": "I",
            "kind": "attachment",
            "title": f"Vedlegg {nr}",
            "filename": f"vedlegg-{nr}.pdf",
            "sha256": "0" * 64,
            "language": "nb",
            "to_party": True,
            "made_at": case["submitted_at"],
            "made_by": person,
        }


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    kept: list[dict[str, Any]] = []
    for row in rows:
        kept.append(row)
        if len(kept) == CHUNK:
            yield kept
            kept = []
    if kept:
        yield kept


def _insert(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    listed = [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]
    if listed:
        assert isinstance(model.__table__, sa.Table)
        db.session.execute(sa.insert(model.__table__), listed)


def _analyse() -> None:
    """PostgreSQL plans by statistics; SQLite is to do without."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
