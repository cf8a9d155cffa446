"""The least programs that give the same answer from the same database: what ours is divided by."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template, request

from app.awards.models import Award
from app.awards.workflow import FELL_AWAY
from app.cases.models import LISTED, Case
from app.db.session import watch
from tests.bench.case_limit import add_tabs

T: Any = Case.__table__.c
_A: Any = Award.__table__.c
# Whether the grant fell away stands on the row too.
_AWARD = sa.select(_A.status).where(_A.case_id == T.id).order_by(_A.id.desc()).limit(1).scalar_subquery()
_COLUMNS = [T.id, *(T[name] for name in LISTED), _AWARD.label("award")]
_SENT = sa.text("status <> 'draft'")
# By the index each database has for words, as one would write it first.
SEARCH = {
    "sqlite": ("SELECT rowid FROM search_fts WHERE search_fts MATCH :m ORDER BY rowid DESC", '"{}"*'),
    "postgresql": (
        "SELECT case_id FROM search_doc WHERE terms @@ CAST(:m AS tsquery) ORDER BY case_id DESC",
        "'{}':*",
    ),
}
PAGES = Path(__file__).parent / "pages"


def bare(url: str) -> Flask:
    """Flask, SQLAlchemy Core and Jinja; no log-in, no guard, no frame."""
    app = Flask("bare", template_folder=str(PAGES))
    app.jinja_env.globals["fell_away"] = FELL_AWAY
    engine = sa.create_engine(url)
    watch(engine)

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

    add_tabs(app, engine)
    return app
