"""despite the scores: why a grant is right though the scores speak against it

A recommendation of a grant below the limit of the rules needs a reason of its own, which stands in the letter.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_despite_the_scores"
down_revision = "0018_confirmed_after_us"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The reason."""
    op.add_column("recommendation", sa.Column("despite", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
