"""One case with everything on it, beside the loaded ones: what the tabs of the case page are measured on.

It has as many rows of each kind as a case of the demo season that is granted, half paid and reported on, under the
demo's own rules; besides a second assessment, a partner and a question to the applicant, so that nothing is empty.
"""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.applications.models import (
    Application,
    ApplicationAnswer,
    ApplicationPartner,
    BudgetKind,
    BudgetLine,
    InformationRequest,
)
from app.audit.models import AuditEntry
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import Status
from app.db import db, writing
from app.demo.rules import samhandling
from app.flow.models import Hand
from app.parties.models import Party
from app.rules.domain import to_data
from app.rules.models import Call, RuleVersion, Track
from tests import factories
from tests.bench import whole_rows as after
from tests.bench import whole_texts as texts
from tests.bench.settled import Settled, as_restored
from tests.bench.whole_rows import APPLIED_ORE, AT, DECIDED, Rows

# Far from the loaded cases', whose keys follow their number.
KEY = 50_000_000
NUMBER = "T25-999999"


def insert(following: Settled) -> None:
    """The case, under KEY. `following`: what follows the loaded cases, whose lists and frames it goes on with."""
    keys = following.keys | {"officer1": factories.user("officer1").id}
    kept: dict[Any, list[dict[str, Any]]] = {}
    with writing():
        case = _case(keys, _rules(keys))
        for model, row in _rows(case, keys, following):
            kept.setdefault(model, []).append(row)
        with as_restored():
            for model, made in kept.items():
                columns = dict.fromkeys(name for row in made for name in row)
                db.session.execute(sa.insert(model.__table__), [columns | row for row in made])


def _rules(keys: dict[str, int]) -> RuleVersion:
    """The demo's rules, so that there is as much to answer and to judge by as in a real round."""
    first = db.session.scalars(sa.select(RuleVersion)).one()
    hands = {name: getattr(first, name) for name in ("status", "drafted_at", "approved_at", "published_at")}
    people = {"drafted_by": keys["officer1"], "approved_by": keys["decider"], "published_by": keys["officer1"]}
    version = RuleVersion(
        pot_id=first.pot_id,
        year=2024,
        number=1,
        content=to_data(samhandling(2025)),
        approval_basis=first.approval_basis,
        demo=True,
        **hands,
        **people,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _case(keys: dict[str, int], version: RuleVersion) -> dict[str, Any]:
    """Of an organisation with many other cases, one of them of the year before."""
    party = db.session.scalars(sa.select(Party).where(Party.orgnr == "312999005")).one()
    return {
        "id": KEY,
        "public_id": "bench-whole",
        "number": NUMBER,
        "archive_no": "2025/1234",
        "track": Track.GRANT,
        "pot_id": version.pot_id,
        "call_id": db.session.scalars(sa.select(Call.id)).one(),
        "rule_version_id": version.id,
        "scheme_code": "hto",
        "year": 2025,
        "title": "Pasientens legemiddelliste i Demovik",
        "status": Status.GRANTED,
        "version": 9,
        "party_id": party.id,
        "party_name": party.display_name,
        "party_sort": party.sort_key,
        "officer_id": keys["officer1"],
        "officer_name": "Kari Demo",
        "unit": "",
        "due_on": date(2025, 4, 15),
        "applied_ore": APPLIED_ORE,
        "granted_ore": APPLIED_ORE,
        "created_at": AT - timedelta(days=9),
        "submitted_at": AT,
        "late": True,
        "assessed_by": keys["lead"],
        "recommended_by": keys["lead"],
        "decided_by": keys["decider"],
        "demo_fields": ["title"],
    }


def _rows(case: dict[str, Any], keys: dict[str, int], following: Settled) -> Rows:
    yield Case, case
    yield from _applied(case, keys)
    yield from after.assessed(case, keys)
    yield from after.told(case)
    yield from after.granted(case, keys, following)
    yield from after.reported(case, keys)
    yield from _hands(case, keys)
    for nr, (days, event, by, facts) in enumerate(texts.EVENTS, start=1):
        place = {"stream": f"case:{case['id']}", "seq": nr, "seal": "bench", "case_id": case["id"]}
        told = {"by_id": keys["lead"], "by_name": by, "event": event, "facts": facts}
        yield AuditEntry, {**place, **told, "at": AT + timedelta(days=days, minutes=nr)}


def _applied(case: dict[str, Any], keys: dict[str, int]) -> Rows:
    key = {"application_id": case["id"]}
    yield (
        Application,
        {
            "id": case["id"],
            "case_id": case["id"],
            "language": "nb",
            "version": 9,
            **texts.APPLICATION,
            "own_funding_ore": 600_000_00,
            "account_no": "12345600009",
            "changed_at": AT,
            "changed_by": keys["demovik"],
            "signed_by": keys["demovik"],
            "signed_title": "kommunedirektør",
        },
    )
    for code, value in texts.ANSWERS.items():
        yield ApplicationAnswer, {**key, "question_code": code, "value": value, "version": 1}
    for place, (code, text, ore) in enumerate(texts.BUDGET):
        line = {"position": place, "cost_code": code, "text": text, "amount_ore": ore}
        yield BudgetLine, {**key, "kind": BudgetKind.APPLIED, **line}
    partner = sa.select(Party.id).where(Party.orgnr == "964338531")
    yield ApplicationPartner, {**key, "party_id": db.session.scalars(partner).one(), "intent_on": date(2025, 1, 10)}
    yield (
        InformationRequest,
        {
            "id": case["id"],
            "case_id": case["id"],
            "questions": texts.QUESTIONS,
            "due_on": date(2025, 2, 28),
            "asked_by": keys["officer1"],
            "asked_at": AT + timedelta(days=20),
            "answer": texts.ANSWER,
            "answered_by": keys["demovik"],
            "answered_at": AT + timedelta(days=29),
        },
    )


def _hands(case: dict[str, Any], keys: dict[str, int]) -> Rows:
    """Who has had which hand, and who has answered for their impartiality."""
    for days, name in enumerate(("officer1", "lead", "decider", "finance1", "finance2")):
        answer = {"answer": Impartiality.IMPARTIAL, "reason": "", "at": AT + timedelta(days=days)}
        yield Declaration, {"case_id": case["id"], "user_id": keys[name], **answer}
    for kind, nr, hand, name in texts.HANDS:
        thing = {"kind": kind, "thing_id": case["id"] * 2 + nr if kind == "payable" else case["id"] + nr}
        yield Hand, {**thing, "hand": hand, "user_id": keys[name], "at": DECIDED, "case_id": case["id"]}
