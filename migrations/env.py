"""Runs migrations. The migration files import no models: types are rendered as plain SQLAlchemy."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from app.db import Base, UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Our own column types, written out as what the database knows."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, sa.JSON):
        autogen_context.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def run() -> None:
    """Migrate over the connection handed in by app.db.migrate."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_item=render_item,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
