"""What one finds by walking an index from value to value, whatever stands between them."""

from typing import Any

import sqlalchemy as sa


def each_value(column: Any, *where: sa.ColumnElement[bool], most: int) -> sa.Select[int]:
    """The values of a column, each once, the largest first: every one is looked for below the one before.

    `where` holds for the rows that have them, and must be what an index on the column has too.
    """
    largest = sa.select(column).where(column.is_not(None), *where).order_by(column.desc()).limit(1)
    values = sa.select(largest.scalar_subquery().label("value")).cte(recursive=True)
    smaller = largest.where(column < values.c.value).correlate(values).scalar_subquery()
    values = values.union_all(sa.select(smaller).where(values.c.value.is_not(None)))
    return sa.select(values.c.value).where(values.c.value.is_not(None)).limit(most)
