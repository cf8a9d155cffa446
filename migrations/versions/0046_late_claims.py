"""late claims: why a claim came after the last day for claims

Revision: 0046, after 0045_counter_claims
"""

import sqlalchemy as sa
from alembic import op

revision = "0046_late_claims"
down_revision = "0045_counter_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column."""
    op.add_column("claim", sa.Column("late_reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
