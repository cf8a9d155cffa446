"""rounds: the cases of a round are walked by the applicants' names, however many rounds and cases there are

Revision: 0026, after 0025_recommended
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_rounds"
down_revision = "0025_recommended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index."""
    within = sa.text("status NOT IN ('draft', 'withdrawn')")
    columns = ["call_id", "party_sort", "id"]
    op.create_index("ix_case_file_round", "case_file", columns, sqlite_where=within, postgresql_where=within)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
