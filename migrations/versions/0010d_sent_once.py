"""sent once: a creating form's token is kept with a hash of who sent what where

Revision: 0010d, after 0007b_repayments

What was sent before has none: sent once more it is told as another form, and never as taken.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010d_sent_once'
down_revision = '0007b_repayments'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; no old token is thrown away."""
    op.add_column('once_token', sa.Column('sent', sa.Text(), server_default='', nullable=False))
