"""How a row is named in a text column of another room, which has no foreign key to it: «decision:7»."""

from typing import Any, overload

import sqlalchemy as sa


@overload
def reference(kind: str, key: int) -> str: ...
@overload
def reference(kind: str, key: Any) -> sa.ColumnElement[str]: ...
def reference(kind: str, key: Any) -> str | sa.ColumnElement[str]:
    """«decision:7» of a row's key; or, of a column with keys, the same in SQL."""
    if isinstance(key, int):
        return f"{kind}:{key}"
    text: sa.ColumnElement[str] = sa.literal(f"{kind}:") + sa.cast(key, sa.Text)
    return text
