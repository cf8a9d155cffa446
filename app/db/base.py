"""The base class of every model, its column types and the named CHECKs they share."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.sql.operators import OperatorType

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC. SQLite drops the zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: it would be somebody's local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only for a column typed INTEGER.
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# PostgreSQL compares JSONB and not JSON, and triggers compare.
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

# Norwegian order is in the stored key, so the database must compare bytes, whatever its locale.
SortKey = Annotated[str, mapped_column(sa.Text().with_variant(sa.Text(collation="C"), "postgresql"))]


class WrittenOut(sa.Enum.Comparator):
    """Compares a column with our own codes by writing them into the statement: they are never somebody's words.

    The planner must see which rows are meant to choose an index that has only those. SQLite plans anew for every run
    of a statement where such a code is bound (with the case page's frame that was nine tenths of its time), and
    SQLAlchemy writes a bound list anew for every run.
    """

    def operate(self, op: OperatorType, *other: Any, **named: Any) -> sa.ColumnElement[Any]:
        """As SQLAlchemy's own."""
        return super().operate(op, *(_written(each) for each in other), **named)


def _written(other: Any) -> Any:
    """A code, or a list of codes, as it stands in a statement; anything else as it is."""
    if isinstance(other, Enum):
        return sa.literal_column(f"'{other.value}'")
    if isinstance(other, Collection) and all(isinstance(each, Enum) for each in other):
        return [_written(each) for each in other]
    return other


class Base(DeclarativeBase):
    """Every model. Plain, so that Flask-SQLAlchemy stays a thin glue (it rebuilds db.Model's base)."""

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        for column in cls.__table__.columns:
            if isinstance(column.type, sa.Enum):
                column.type.comparator_factory = WrittenOut

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {
        int: Key,
        str: sa.Text,
        date: sa.Date,
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[str]: Json,
        Enum: sa.Enum(Enum, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e]),
    }


def among(column: Any, values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """Whether the column is one of these, which are the same each time the statement is run.

    SQLAlchemy's own `in_` writes its values into the statement anew for every run, for they may be more the next time.
    """
    found: sa.ColumnElement[bool] = column.in_([sa.literal(value, column.type) for value in values])
    return found


def joined(texts: Any, between: str) -> sa.ColumnElement[str]:
    """The texts of many rows in one, with `between` (ours) written out: it is else put into the statement every run."""
    return sa.func.aggregate_strings(texts, sa.literal_column(f"'{between}'"))  # type: ignore[arg-type]  # a text too


def known(column: str, codes: Iterable[Enum]) -> sa.CheckConstraint:
    """CHECK that a stored code is one the program knows."""
    listed = ", ".join(f"'{m.value}'" for m in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def paired(*stems: str) -> list[sa.CheckConstraint]:
    """CHECK that `x_by` and `x_at` are set together: a hand without a time, or a time without a hand, is a bug."""
    return [sa.CheckConstraint(f"({s}_by IS NULL) = ({s}_at IS NULL)", name=f"{s}_paired") for s in stems]


class whole_days(sa.sql.functions.GenericFunction[int]):  # noqa: N801 - called like every function of the database
    """How many whole days (24 hours) lie between two moments; a part of a day does not count."""

    type = sa.Integer()
    inherit_cache = True


@compiles(whole_days, "sqlite")
def _days_in_sqlite(element: whole_days, compiler: Any, **named: Any) -> str:
    """To the nearest second first: a day is no exact number of anything there."""
    begin, end = (compiler.process(each, **named) for each in element.clauses)
    return f"(CAST(strftime('%s', {end}) AS INTEGER) - CAST(strftime('%s', {begin}) AS INTEGER)) / 86400"


@compiles(whole_days, "postgresql")
def _days_in_postgresql(element: whole_days, compiler: Any, **named: Any) -> str:
    begin, end = (compiler.process(each, **named) for each in element.clauses)
    return f"CAST(trunc(extract(epoch FROM {end} - {begin}) / 86400) AS INTEGER)"
