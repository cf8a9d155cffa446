"""claims in turn: who waits for money is found in the order they came

Revision: 0034, after 0033_in_force
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_claims_in_turn"
down_revision = "0033_in_force"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index."""
    waits = sa.text("status = 'awaiting_funds'")
    op.create_index("ix_claim_queue", "claim", ["submitted_at", "id"], sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
