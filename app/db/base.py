"""The base class of every model, its column types and the named CHECKs they share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column

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


class Base(DeclarativeBase):
    """Every model. Plain, so that Flask-SQLAlchemy stays a thin glue (it rebuilds db.Model's base)."""

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


def one_of(column: Any, codes: Iterable[Enum]) -> sa.ColumnElement[bool]:
    """That the column holds one of these codes, written out: ours, never somebody's words. Planners see which.

    What is bound instead is written anew for every execution, since a list has no fixed length.
    """
    return column.in_([sa.literal_column(f"'{code.value}'") for code in codes])  # type: ignore[no-any-return]  # a condition


def among(column: Any, values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """Whether the column is one of these, which are the same each time the statement is run.

    SQLAlchemy's own `in_` writes its values into the statement anew for every run, for they may be more the next time.
    """
    found: sa.ColumnElement[bool] = column.in_([sa.literal(value, column.type) for value in values])
    return found


def known(column: str, codes: Iterable[Enum]) -> sa.CheckConstraint:
    """CHECK that a stored code is one the program knows."""
    listed = ", ".join(f"'{m.value}'" for m in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def paired(*stems: str) -> list[sa.CheckConstraint]:
    """CHECK that `x_by` and `x_at` are set together: a hand without a time, or a time without a hand, is a bug."""
    return [sa.CheckConstraint(f"({s}_by IS NULL) = ({s}_at IS NULL)", name=f"{s}_paired") for s in stems]
