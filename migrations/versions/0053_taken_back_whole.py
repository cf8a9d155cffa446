"""taken back whole: the days of a claim that counter-claims have taken back whole may be claimed anew

Revision: 0053, after 0052_asked_and_taken_back
"""

import sqlalchemy as sa
from alembic import op

revision = "0053_taken_back_whole"
down_revision = "0052_asked_and_taken_back"
branch_labels = None
depends_on = None

STANDS = sa.text(
    "status <> 'refused' AND status <> 'withdrawn' AND (reversed_ore = 0 OR reversed_ore < approved_ore)"
)
_COLUMNS = {
    "uq_claim_period_live": ["agreement_id", "from_on", "to_on"],
    "ix_claim_newest": ["agreement_id", "submitted_at"],
}


def upgrade() -> None:
    """The two indexes of claims that stand."""
    for name, columns in _COLUMNS.items():
        op.drop_index(name, "claim")
        unique = name.startswith("uq")
        op.create_index(name, "claim", columns, unique=unique, sqlite_where=STANDS, postgresql_where=STANDS)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
