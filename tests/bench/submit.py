"""Signing and sending in: the real POST with its token, against a bare program that writes the same rows."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from app.applications.models import Application, ApplicationAnswer, ApplicationPartner, ApplicationSection, BudgetLine
from app.audit.record import seal
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.rules.domain import Rules
from app.values.clock import local_date, system_now
from tests import applying
from tests.bench.limit_submit import bare_submit
from tests.bench.measure import Pair, ask
from tests.bench.places import counted

PARTS = (ApplicationAnswer, ApplicationSection, ApplicationPartner, BudgetLine)
TIMES = 10
WARM = 5
MOST = 4.0
MOST_STATEMENTS = 20
# What tells two applications apart, and says nothing of what was written.
_OWN = {"id", "public_id", "thing_id", "case_id", "token", "sent", "seal", "stream"}


def submit_pair(app: Flask, url: str, size: int, rounds: int, log_in: Callable[[Flask, str], tuple[str, str]]) -> Pair:
    """One job: drafts are made beforehand for ours, and for the limit before and after it; each is sent in once."""
    with app.app_context():
        drafts = iter(_drafts(3 * rounds * TIMES + 2 * WARM + 1))
        db.session.remove()
    cookie, token = log_in(app, "demovik")

    def ours() -> str:
        public_id, version = next(drafts)
        form = {"csrf_token": token, "once": f"bench-token-{public_id}", "version": version}
        answer = ask(app, f"/vaar-side/soknad/{public_id}/signer", cookie, urlencode(form).encode())
        if answer.status != 303 or "kvittering" not in dict(answer.headers)["Location"]:
            raise AssertionError(f"sending in answered {answer.status}")
        return public_id

    first = ours()
    with app.app_context():
        signer, letter = _letter_of(first)
        db.session.remove()
    bare = bare_submit(url, letter)

    def least() -> str:
        public_id, version = next(drafts)
        form = {"once": f"bench-token-{public_id}", "version": version, **signer}
        if ask(bare, f"/submit/{public_id}", form=urlencode(form).encode()).status != 303:
            raise AssertionError("the bare POST failed")
        return public_id

    least()
    with app.app_context():
        _the_same(ours(), least())
        db.session.remove()
    for _ in range(WARM - 2):
        ours()
        least()
    return Pair("submit", size, ours, least, times=TIMES, most=MOST)


def too_many(app: Flask, pair: Pair) -> list[str]:
    """What is wrong when sending in asks too often."""
    with counted(app) as sent:
        pair.ours()
    told = f"submit {pair.size}: {len(sent)} statements, most {MOST_STATEMENTS}"
    return [told] if len(sent) > MOST_STATEMENTS else []


def _letter_of(public_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Who signed this application, and the receipt queued for it with its number as an open place."""
    rows = _written(public_id)
    (entry, *_), (receipt,) = rows["audit_entry"], rows["outgoing"]
    number = entry["facts"]["number"]
    texts = {name: receipt[name] for name in ("language", "subject", "body", "text_version")}
    for name in ("facts", "blocks"):
        texts[name] = json.dumps(receipt[name], ensure_ascii=False)
    open_ = {name: text.replace(number, "{nr}") if isinstance(text, str) else text for name, text in texts.items()}
    return {"by": entry["by_id"], "name": entry["by_name"]}, open_


def _the_same(ours: str, least: str) -> None:
    """Both wrote the same rows, but for what tells the two applications apart; and the limit's seals are right."""
    one, other = _written(ours), _written(least)
    for table in one:
        assert _plain(one[table]) == _plain(other[table]), f"{table}: the limit writes other rows than ours"
    before = ""
    for entry in other["audit_entry"]:
        assert seal(before, {k: v for k, v in entry.items() if k != "id"}) == entry["seal"]
        before = entry["seal"]
    assert other["audit_head"][0]["seal"] == before


def _written(public_id: str) -> dict[str, list[dict[str, Any]]]:
    """All that stands of an application once it is sent in, table by table."""
    tables = Case.metadata.tables
    case = sa.select(Case.id).where(Case.public_id == public_id).scalar_subquery()
    stream = sa.literal("case:") + sa.cast(case, sa.Text)
    of = {"case_file": tables["case_file"].c.id == case, "audit_head": tables["audit_head"].c.stream == stream}
    of["once_token"] = tables["once_token"].c.token == f"bench-token-{public_id}"
    for name in ("application", "hand", "search_text", "search_doc", "outgoing", "audit_entry"):
        of[name] = tables[name].c.case_id == case
    return {
        name: [
            dict(row._mapping)
            for row in db.session.execute(sa.select(tables[name]).where(which).order_by(*tables[name].primary_key))
        ]
        for name, which in of.items()
    }


def _plain(rows: list[dict[str, Any]]) -> list[Mapping[str, str]]:
    """The rows without keys, moments and the case's own number."""
    number = re.compile(r"T\d\d-\d{4,}|\bt\d\d \d{4,}\b|\b\d{6}\b|receipt:\d+|draft-\d+")
    return [
        {
            name: number.sub("#", str(value))
            for name, value in row.items()
            if name not in _OWN and not isinstance(value, datetime)
        }
        for row in rows
    ]


def _drafts(count: int) -> list[tuple[str, int]]:
    """One draft made by the program's own actions, and copies of its rows; gives addresses and versions."""
    at = system_now()
    today = local_date(at)
    applying.published_call(
        _moved(applying.RULES, today.year - 2025),
        code="bench",
        year=today.year,
        opens_on=today - timedelta(days=1),
        deadline_on=today + timedelta(days=30),
        answer_by_on=today + timedelta(days=60),
        at=at,
    )
    first = applying.draft("demovik", at=at)  # on the newest call
    application = db.session.scalars(sa.select(Application).where(Application.case_id == first.id)).one()
    case_row, application_row = _row(first), _row(application)
    parts = {part: _parts(part, application.id) for part in PARTS}
    top = (db.session.scalar(sa.select(sa.func.max(Case.id))) or 0, application.id)
    made = []
    with writing():
        for nr in range(1, count + 1):
            public_id = f"draft-{nr:06d}"
            _add(Case, {**case_row, "id": top[0] + nr, "public_id": public_id, "status": Status.DRAFT})
            _add(Application, {**application_row, "id": 10_000_000 + nr, "case_id": top[0] + nr})
            for part, rows in parts.items():
                for row in rows:
                    _add(part, {**row, "application_id": 10_000_000 + nr})
            made.append((public_id, application_row["version"]))
    return made


def _moved(rules: Rules, years: int) -> Rules:
    """The rules of 2025 with the reports' days so many years later."""
    reports = [
        replace(
            each,
            cutoff_on=each.cutoff_on.replace(year=each.cutoff_on.year + years),
            due_on=each.due_on.replace(year=each.due_on.year + years),
        )
        for each in rules.reports
    ]
    return replace(rules, reports=tuple(reports))


def _row(thing: Any) -> dict[str, Any]:
    return {column.name: getattr(thing, column.name) for column in thing.__table__.columns}


def _parts(part: Any, application_id: int) -> list[dict[str, Any]]:
    table = part.__table__
    names = [c.name for c in table.columns if c.name != "id"]
    query = sa.select(*(table.c[n] for n in names)).where(table.c.application_id == application_id)
    return [dict(row._mapping) for row in db.session.execute(query)]


def _add(model: Any, row: dict[str, Any]) -> None:
    db.session.execute(sa.insert(model.__table__).values(**row))
