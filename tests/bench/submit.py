"""Signing and sending in: the real POST with its token, against a bare POST and one FULL transaction."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from app.applications.models import Application, ApplicationAnswer, ApplicationPartner, ApplicationSection, BudgetLine
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from app.rules.domain import Rules
from app.values.clock import local_date, system_now
from tests import applying
from tests.bench.measure import Pair, ask

PARTS = (ApplicationAnswer, ApplicationSection, ApplicationPartner, BudgetLine)
TIMES = 10
WARM = 5
MOST = 10.0


def submit_pair(
    app: Flask, bare: Flask, size: int, rounds: int, log_in: Callable[[Flask, str], tuple[str, str]]
) -> Pair:
    """One job: `rounds` × TIMES drafts are made beforehand, each sent in once."""
    with app.app_context():
        drafts = _drafts(rounds * TIMES + WARM)
        db.session.remove()
    cookie, token = log_in(app, "demovik")
    waiting = _posts(drafts, token)

    def ours() -> None:
        path, form = next(waiting)
        answer = ask(app, path, cookie, form)
        if answer.status != 303 or "kvittering" not in dict(answer.headers)["Location"]:
            raise AssertionError(f"sending in answered {answer.status}")

    def least() -> None:
        if ask(bare, "/submit", form=b"a=b").status != 303:
            raise AssertionError("the bare POST failed")

    for _ in range(WARM):
        ours()
        least()
    return Pair("submit", size, ours, least, times=TIMES, most=MOST, gated="wall")


def _posts(drafts: list[tuple[str, int]], token: str) -> Iterator[tuple[str, bytes]]:
    for nr, (public_id, version) in enumerate(drafts):
        form = {"csrf_token": token, "once": f"bench-token-{nr:012d}", "version": version}
        yield f"/vaar-side/soknad/{public_id}/signer", urlencode(form).encode()


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
