"""paid on: a claim knows the day finance booked its money

Revision: 0051, after 0050_claim_attachments
"""

import sqlalchemy as sa
from alembic import op

revision = "0051_paid_on"
down_revision = "0050_claim_attachments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column, filled from the lines that paid."""
    op.add_column("claim", sa.Column("paid_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE claim SET paid_on = (SELECT max(line.paid_on) FROM payable AS line"
        " JOIN payment_basis AS basis ON basis.id = line.basis_id"
        " WHERE basis.ref = 'claim:' || claim.id AND line.status = 'paid') WHERE status = 'paid'"
    )


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
