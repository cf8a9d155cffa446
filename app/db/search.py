"""Word search that gives the same hits on SQLite (FTS5) and PostgreSQL (tsvector).

The words are cut and folded in Python (app.values.words), so that neither database's own idea of a word decides.
"""

import time
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.inserting import made_once
from app.db.session import db
from app.db.triggers import on_dialect
from app.values.words import indexed, sought

NEWEST_HITS = 2000
SPELT_FROM = 20_000
"""Cases. In fewer, SQLite reads all that hold a word beginning so as fast as it finds out which words those are."""
SIZE_SECONDS = 60
MOST_SPELT = 40
"""Words that begin so. Past it each has few cases, and reading them all costs less than asking for each word."""


class SearchDoc(Base):
    """All words of one case, folded and space-separated; the search index hangs on this table."""

    __tablename__ = "search_doc"

    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]


_SQLITE = [
    "CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_doc', content_rowid='case_id',"
    " tokenize='unicode61 remove_diacritics 0', prefix='3')",
    "CREATE TRIGGER tr_search_doc_added AFTER INSERT ON search_doc BEGIN"
    " INSERT INTO search_fts(rowid, words) VALUES (NEW.case_id, NEW.words); END",
    "CREATE TRIGGER tr_search_doc_removed AFTER DELETE ON search_doc BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', OLD.case_id, OLD.words); END",
    "CREATE TRIGGER tr_search_doc_changed AFTER UPDATE ON search_doc BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', OLD.case_id, OLD.words);"
    " INSERT INTO search_fts(rowid, words) VALUES (NEW.case_id, NEW.words); END",
    "CREATE VIRTUAL TABLE search_fts_terms USING fts5vocab(search_fts, instance)",
]
# A word many cases have is looked for in the newest of them, row by row; so the row holds what is looked in, uncut.
_POSTGRESQL = [
    "ALTER TABLE search_doc ADD COLUMN terms tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "ALTER TABLE search_doc SET (toast_tuple_target = 8160)",
    "CREATE INDEX ix_search_doc_words ON search_doc USING gin (terms)",
]
_table: Any = SearchDoc.__table__
_table.info["triggers"] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
for _dialect, _texts in _table.info["triggers"].items():
    for _text in _texts:
        sa.event.listen(_table, "after_create", on_dialect(_dialect, _text))
_INDEX = made_once(
    lambda insert: (adding := insert(_table)).on_conflict_do_update(
        index_elements=["case_id"], set_={"words": adding.excluded.words}
    )
)


def index(case_id: int, texts: Iterable[str]) -> None:
    """Let the case be found by the words of these texts, and no others; those of the first texts before the rest."""
    db.session.execute(_INDEX(), {"case_id": case_id, "words": " ".join(indexed(texts))})


# Either of these, both of these, round a word, and after the beginning of one.
_SIGNS = {"sqlite": (" OR ", " AND ", '"', "*"), "postgresql": (" | ", " & ", "'", ":*")}


def expression(query: str) -> str | None:
    """What `matching` is to be told: every word, the last as a beginning; None without words."""
    ways = sought(query)
    if not ways[0]:
        return None
    either, both, quote, beginning = _SIGNS[db.engine.dialect.name]

    def begun(word: str) -> str:
        spelt = _spelt(word) if db.engine.dialect.name == "sqlite" else ()
        told = (f"{quote}{each}{quote}" for each in spelt)
        return f"({either.join(told)})" if spelt else f"{quote}{word}{quote}{beginning}"

    return either.join(
        f"({both.join([*(f'{quote}{word}{quote}' for word in whole), begun(last)])})" for *whole, last in ways
    )


def _spelt(beginning: str) -> Sequence[str]:
    """The words of a large register that begin so, if they are few.

    Of a beginning SQLite's index first gathers every case there is, of a word only as many as are wanted. Those of
    three letters are words of the index themselves.
    """
    if len(beginning) == 3 or not _is_large():
        return ()
    told = {"word": beginning, "past": f"{beginning}\U0010ffff", "most": MOST_SPELT + 1}
    found = db.session.scalars(_begun(), told).all()
    return found if len(found) <= MOST_SPELT else ()


def _is_large() -> bool:
    """Whether the register has SPELT_FROM cases, asked once a minute: it decides what is fast, not what is found."""
    kept: tuple[float, bool] | None = current_app.extensions.get("tilsagn-register")
    if kept is not None and time.monotonic() - kept[0] < SIZE_SECONDS:
        return kept[1]
    some = sa.select(_table.c.case_id).limit(SPELT_FROM + 1).subquery()
    large = (db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0) > SPELT_FROM
    current_app.extensions["tilsagn-register"] = (time.monotonic(), large)
    return large


@cache
def _begun() -> sa.Select[str]:
    """From word to word: the next one begins after all places of the one before."""
    known: Any = sa.table("search_fts_terms", sa.column("term", sa.String)).c.term
    next_ = sa.select(known).where(known < sa.bindparam("past")).limit(1)
    first = next_.where(known >= sa.bindparam("word")).scalar_subquery().label("term")
    walk: Any = sa.select(first).cte(recursive=True)
    after = next_.where(known >= walk.c.term + "\x01").correlate(walk).scalar_subquery()
    walk = walk.union_all(sa.select(after).where(walk.c.term.is_not(None)))
    return sa.select(walk.c.term).where(walk.c.term.is_not(None)).limit(sa.bindparam("most"))


def matching(dialect: str, most: int) -> sa.Select[Any]:
    """Case ids that `:match` finds on this kind of database, newest first, at most so many."""
    if dialect == "sqlite":
        return (
            sa.select(sa.literal_column("rowid", sa.Integer).label("case_id"))
            .select_from(sa.text("search_fts"))
            .where(sa.text("search_fts MATCH :match"))
            .order_by(sa.text("rowid DESC"))
            .limit(most)
        )
    holds = sa.text("terms @@ CAST(:match AS tsquery)")
    return sa.select(_table.c.case_id).where(holds).order_by(_table.c.case_id.desc()).limit(most)


def hits(query: str) -> sa.Select[Any] | None:
    """Case ids that hold every word, newest first, to NEWEST_HITS; None without words."""
    match = expression(query)
    return matching(db.engine.dialect.name, NEWEST_HITS).params(match=match) if match is not None else None
