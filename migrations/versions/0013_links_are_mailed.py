"""links are mailed: who has chosen a password, and when an e-mail address was changed

Everybody who is here counts as having chosen one: their links are mailed, and shown to nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_links_are_mailed"
down_revision = "0012_known_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two moments on people."""
    for name in ("password_chosen_at", "email_changed_at"):
        op.add_column("user_account", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE user_account SET password_chosen_at = created_at")
