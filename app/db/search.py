"""Word search that gives the same hits on SQLite (FTS5) and PostgreSQL (tsvector).

The words are cut and folded in Python (app.values.words), so that neither database's own idea of a word decides.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.inserting import made_once
from app.db.session import db
from app.db.triggers import on_dialect
from app.values.words import indexed, sought

NEWEST_HITS = 2000


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
]
_POSTGRESQL = [
    "CREATE INDEX ix_search_doc_words ON search_doc USING gin (array_to_tsvector(string_to_array(words, ' ')))",
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
    return either.join("(" + both.join(f"{quote}{word}{quote}" for word in words) + f"{beginning})" for words in ways)


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
    vector = sa.text("array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:match AS tsquery)")
    return sa.select(_table.c.case_id).where(vector).order_by(_table.c.case_id.desc()).limit(most)


def hits(query: str) -> sa.Select[Any] | None:
    """Case ids that hold every word, newest first, to NEWEST_HITS; None without words."""
    match = expression(query)
    return matching(db.engine.dialect.name, NEWEST_HITS).params(match=match) if match is not None else None
