"""hands by hand: one who has had a hand in many things is no slower to check in the next one

The index began with the person, and SQLite went by it wherever a person was named: each hand somebody left was looked
up among all they ever had, and the last claim of a file of 100 000 took a thousand times as long as the first.

Revision: 0049, after 0048_set_off
"""

from alembic import op

revision = "0049_hands_by_hand"
down_revision = "0048_set_off"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The same columns in another order."""
    op.drop_index("ix_hand_user", "hand")
    op.create_index("ix_hand_hand", "hand", ["hand", "user_id", "case_id"])


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
