"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def on(dialect: str, sql: str) -> None:
    """Run a statement on one of the two databases only."""
    if op.get_bind().dialect.name == dialect:
        op.execute(sql)


def upgrade() -> None:
    """Make the tables, then what hangs on them."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Undo."""
    ${downgrades if downgrades else "pass"}
