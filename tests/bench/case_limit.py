"""The case page's limit: for each tab the least page with the same rows of the same tables, and every fact shown.

Flask, SQLAlchemy Core and Jinja; no log-in, no guard, no frame. Its statements are made once, as ours are, and the
rules of a version are read once. What one may do in the case, and why not, is not read but judged: the rows it is
judged by are read here too, and the judgement is ours alone.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template

from app.budget.domain import EntryKind
from app.rules.domain import Rules, from_data
from app.values.clock import local_date
from app.values.dates import format_date, format_moment_short, format_short
from app.values.deadlines import complaint_deadline, counted_from
from app.values.identity import format_account, format_orgnr
from app.values.language import Language
from app.values.money import format_kr
from tests.bench import case_rows as rows

FILTERS: dict[str, Callable[..., str]] = {
    "kr": format_kr,
    "date": format_short,
    "long": lambda on: format_date(on, Language.NB),
    "moment": format_moment_short,
    "day": lambda at: format_short(local_date(at)),
    "day_long": lambda at: format_date(local_date(at), Language.NB),
    "orgnr": format_orgnr,
    "account": format_account,
}


def add_tabs(app: Flask, engine: sa.Engine) -> None:
    """A page a tab, at /sak/<number>/<tab>; its templates stand in `pages`."""
    app.jinja_env.filters.update(FILTERS)
    kept: dict[int, dict[str, Any]] = {}

    def rules_of(connection: sa.Connection, version_id: int) -> dict[str, Any]:
        if version_id not in kept:
            rules: Rules = from_data(connection.execute(rows.RULES, {"asked": version_id}).scalar_one())
            kept[version_id] = {"rules": rules, "kinds": {each.code: each.words.nb for each in rules.cost_types}}
        return kept[version_id]

    @app.get("/sak/<number>/<tab>")
    def sak(number: str, tab: str) -> str:
        with engine.connect() as connection:
            case = connection.execute(rows.CASE, {"asked": number}).one()
            key = {"asked": case.id}
            known = rules_of(connection, case.rule_version_id)
            sums = {row.kind: int(row.ore) for row in connection.execute(rows.SUMS, key)}
            found = {name: connection.execute(query, key).all() for name, query in rows.TABS[tab].items()}
            if tab == "oversikt":
                party = {"asked": case.party_id, "case_id": case.id}
                found |= {name: connection.execute(query, party).all() for name, query in rows.OF_THE_PARTY.items()}
        return render_template(f"{tab}.html", **_around(case, sums, known["rules"]), **_told(found), **known, **found)


def _around(case: Any, sums: Mapping[EntryKind, int], rules: Rules) -> dict[str, Any]:
    """What stands beside every tab."""
    paid = sums.get(EntryKind.PAYMENT, 0)
    control_by = local_date(case.delivered_at) + timedelta(days=rules.review_days) if case.delivered_at else None
    left = sums.get(EntryKind.COMMITMENT, 0) - sums.get(EntryKind.REDUCTION, 0) - paid
    return {"c": case, "paid_ore": paid, "left_ore": left, "control_by": control_by}


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    """The deadlines that run from when a letter was sent."""
    told: dict[str, Any] = {}
    if asked := found.get("asked"):
        told["answer_by"] = [
            counted_from(each.due_on, local_date(each.queued_at), local_date(each.sent_at)) for each in asked
        ]
    if decided := found.get("decided"):
        told["complain_by"] = complaint_deadline(local_date(decided[0].sent_at))
    return told
