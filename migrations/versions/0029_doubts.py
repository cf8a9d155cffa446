"""doubts: a doubt that waits for the leader is found among all the answers

Revision: 0029, after 0028_ready_to_pay
"""

import sqlalchemy as sa
from alembic import op

revision = "0029_doubts"
down_revision = "0028_ready_to_pay"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index."""
    doubts = sa.text("answer = 'in_doubt'")
    op.create_index("ix_impartiality_doubt", "impartiality", ["id"], sqlite_where=doubts, postgresql_where=doubts)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
