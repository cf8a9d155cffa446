"""What a test's ground writes into an empty database is read once, and laid as rows the next time.

Twenty people with roles, hands and seals take the program's verbs a tenth of a second, and a thousand tests begin so.
The verbs themselves have tests of their own; here they only make the ground. The rows are what the verbs wrote in this
very run, in this worker, on this kind of database. In a database that holds anything the verbs are used, as ever.
Files are not laid again: a test that opens one makes its ground by the verbs.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa

from app.db import db, writing
from app.db.base import Base

P = ParamSpec("P")
T = TypeVar("T")
Rows = list[tuple[sa.Table, list[dict[str, Any]]]]

_kept: dict[Any, tuple[Any, Rows]] = {}


def remembered(write: Callable[P, T]) -> Callable[P, T]:
    """For a function that writes the same whenever it is told the same; what it gives must hold no rows."""

    @wraps(write)
    def ground(*given: P.args, **named: P.kwargs) -> T:
        dialect = db.engine.dialect.name
        key = (write.__module__, write.__qualname__, dialect, given, tuple(sorted(named.items())))
        db.session.rollback()
        if db.session.scalar(_anything()):
            return write(*given, **named)
        if key not in _kept:
            made = write(*given, **named)
            _kept[key] = made, _read()
        else:
            _lay(_kept[key][1])
        found: T = _kept[key][0]
        return found

    return ground


@cache
def _anything() -> sa.Select[tuple[bool]]:
    """Whether any row stands anywhere."""
    return sa.select(sa.or_(*(sa.exists(sa.select(sa.literal(1)).select_from(each)) for each in _tables())))


@cache
def _tables() -> list[sa.Table]:
    return list(Base.metadata.sorted_tables)


def _read() -> Rows:
    db.session.rollback()
    found = []
    for table in _tables():
        read = db.session.execute(sa.select(table).order_by(*table.primary_key))
        rows = [{name: _told(table, name, value) for name, value in row._mapping.items()} for row in read]
        if rows:
            found.append((table, _pointed_at_first(table, rows)))
    db.session.rollback()
    return found


def _told(table: sa.Table, name: str, value: Any) -> Any:
    """JSON's own null would be stored as the word «null»."""
    return sa.null() if value is None and isinstance(table.c[name].type, sa.JSON) else value


def _pointed_at_first(table: sa.Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row after those of its own table that it points at: a person after their superior."""
    own = [fk.parent.name for fk in table.foreign_keys if fk.column.table is table]
    placed: dict[Any, dict[str, Any]] = {}
    by_key = {row["id"]: row for row in rows} if own else {}

    def place(row: dict[str, Any]) -> None:
        for name in own:
            if row[name] is not None and row[name] not in placed:
                place(by_key[row[name]])
        placed.setdefault(row["id"], row)

    if not own:
        return rows
    for row in rows:
        place(row)
    return list(placed.values())


def _lay(rows: Rows) -> None:
    with writing() as session:
        for table, each in rows:
            session.execute(sa.insert(table), each)
            if session.connection().dialect.name == "postgresql" and "id" in table.c:
                session.execute(_NUMBER_ON, {"table": table.name, "last": max(row["id"] for row in each)})


_NUMBER_ON = sa.text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
