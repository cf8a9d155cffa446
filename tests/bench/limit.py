"""The least programs that give the same answer from the same database: what ours is divided by."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, request
from jinja2 import DictLoader

from app.cases.models import LISTED, Case
from app.db.session import watch

T: Any = Case.__table__.c
_COLUMNS = [T.id, *(T[name] for name in LISTED)]
_SENT = sa.text("status <> 'draft'")
LIST = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Saker</title></head><body><h1>Saker</h1>
<table><thead><tr><th>Søker</th><th>Sak</th><th>Ordning</th><th>Status</th><th>Frist</th><th>Saksbehandler</th><th>Søkt</th>
</tr></thead><tbody>{% for r in rows %}<tr><th><a href="/saker/{{ r.number }}">{{ r.party_name }}</a></th>
<td>{{ r.number }}</td><td>{{ r.scheme_code }} {{ r.year }}</td><td>{{ r.status.value }}</td><td>{{ r.due_order }}</td>
<td>{{ r.officer_name }}</td><td>{{ r.applied_ore // 100 }} kr</td></tr>{% endfor %}</tbody></table>
{% if rows %}<a href="?etter={{ rows[-1].id }}">Neste</a>{% endif %}</body></html>"""
# By the index each database has for words, as one would write it first.
SEARCH = {
    "sqlite": ("SELECT rowid FROM search_fts WHERE search_fts MATCH :m ORDER BY rowid DESC", '"{}"*'),
    "postgresql": (
        "SELECT case_id FROM search_doc WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:m AS tsquery)"
        " ORDER BY case_id DESC",
        "'{}':*",
    ),
}
CASE = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>{{ c.number }}</title></head><body>
<h1>{{ c.number }} {{ c.party_name }}</h1><p>{{ c.status.value }} {{ c.officer_name }} {{ c.due_on }}
{{ c.applied_ore // 100 }} kr</p><p>{{ c.title }}</p>
<ul>{% for d in documents %}<li>{{ d.title }} {{ d.made_at }}</li>{% endfor %}</ul>
<ul>{% for o in others %}<li><a href="/saker/{{ o.number }}">{{ o.number }}</a> {{ o.year }}</li>{% endfor %}</ul>
<ol>{% for e in events %}<li>{{ e.event }} {{ e.facts }} {{ e.by_name }} {{ e.at }}</li>{% endfor %}</ol>
</body></html>"""


def bare(url: str) -> Flask:
    """Flask, SQLAlchemy Core and Jinja; no log-in, no guard, no frame."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"list.html": LIST, "case.html": CASE})  # type: ignore[assignment]
    engine = sa.create_engine(url)
    watch(engine)
    metadata = Case.metadata
    documents, entries = metadata.tables["document"].c, metadata.tables["audit_entry"].c

    def listed(*where: Any, order: Any = (T.due_order, T.id), **facts: Any) -> str:
        query = sa.select(*_COLUMNS).where(_SENT, *where).order_by(*order).limit(51)
        with engine.connect() as connection:
            rows = connection.execute(query, facts).all()
        return render_template("list.html", rows=rows[:50])

    @app.get("/first")
    def first() -> str:
        return listed(T.due_order >= sa.bindparam("a", date(1, 1, 1), T.due_order.type))

    @app.get("/filter")
    def filtered() -> str:
        return listed(T.status == "granted")

    @app.get("/deep")
    def deep() -> str:
        here = sa.tuple_(T.submitted_at, T.id)
        there = sa.tuple_(sa.bindparam("k", type_=T.submitted_at.type), sa.bindparam("i", type_=T.id.type))
        moment = datetime.fromisoformat(request.args["k"])
        return listed(here < there, order=(T.submitted_at.desc(), T.id.desc()), k=moment, i=int(request.args["i"]))

    @app.get("/search")
    def search() -> str:
        hits, match = SEARCH[engine.dialect.name]
        return listed(sa.text(f"id IN ({hits} LIMIT 2000)").bindparams(m=match.format(request.args["sok"])))

    @app.get("/case/<int:key>")
    def case(key: int) -> str:
        with engine.connect() as connection:
            c = connection.execute(sa.select(Case.__table__).where(T.id == key)).one()
            events = connection.execute(
                sa.select(entries.event, entries.facts, entries.by_name, entries.at)
                .where(entries.case_id == key)
                .order_by(entries.id.desc())
                .limit(100)
            ).all()
            papers = connection.execute(
                sa.select(documents.title, documents.made_at).where(documents.case_id == key).limit(50)
            ).all()
            others = connection.execute(
                sa.select(T.number, T.year).where(T.party_id == c.party_id, T.id != key).order_by(T.id.desc()).limit(8)
            ).all()
        return render_template("case.html", c=c, events=events, documents=papers, others=others)

    if engine.dialect.name == "sqlite":
        _submitting(app, engine)
    return app


def _submitting(app: Flask, engine: sa.Engine) -> None:
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS bench_row (id INTEGER PRIMARY KEY, kind TEXT, body TEXT)"
        )
        connection.exec_driver_sql("CREATE VIRTUAL TABLE IF NOT EXISTS bench_fts USING fts5(words)")

    @app.post("/submit")
    def submit() -> tuple[str, int, dict[str, str]]:
        """One application of 4 KB, three documents, two events and a search row in one FULL transaction."""
        rows = [("application", "x" * 4000), *[("document", "x" * 200)] * 3, *[("event", "x" * 300)] * 2]
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            for row in rows:
                connection.exec_driver_sql("INSERT INTO bench_row (kind, body) VALUES (?, ?)", row)
            connection.exec_driver_sql("INSERT INTO bench_fts (words) VALUES (?)", ("lege " * 120,))
        return "", 303, {"Location": "/"}
