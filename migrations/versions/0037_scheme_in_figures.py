"""scheme in figures: the year's claims by area, and each agreement's newest claim, are told along an index

Revision: 0037, after 0036_orders
"""

import sqlalchemy as sa
from alembic import op

revision = "0037_scheme_in_figures"
down_revision = "0036_orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The indexes."""
    stands = sa.text("status <> 'refused'")
    op.create_index("ix_claim_figures", "claim", ["from_on", "area_id", "status", "claimed_ore", "approved_ore"])
    op.create_index(
        "ix_claim_newest", "claim", ["agreement_id", "submitted_at"], sqlite_where=stands, postgresql_where=stands
    )


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
