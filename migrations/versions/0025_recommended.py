"""recommended: the decider's list is walked in its order, a page at a time, and tells at once who is new

Revision: 0025, after 0024_declined
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_recommended"
down_revision = "0024_declined"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The indexes."""
    waits = sa.text("status = 'recommended'")
    columns = ["year", "pot_id", "party_sort", "id"]
    op.create_index("ix_case_file_recommended", "case_file", columns, sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_case_file_party_submitted", "case_file", ["party_id", "submitted_at"])


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
