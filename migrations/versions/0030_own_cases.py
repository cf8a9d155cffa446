"""own cases: a recipient's cases are found by where they are

Revision: 0030, after 0029_doubts
"""

from alembic import op

revision = "0030_own_cases"
down_revision = "0029_doubts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index."""
    op.create_index("ix_case_file_party_status", "case_file", ["party_id", "status", "call_id", "id"])


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
