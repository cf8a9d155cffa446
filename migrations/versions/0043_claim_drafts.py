"""claim drafts: what is typed in a claim is kept until it is sent

Revision: 0043, after 0042_claims_taken_back
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0043_claim_drafts"
down_revision = "0042_claims_taken_back"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The table."""
    op.create_table(
        "claim_draft",
        sa.Column("agreement_id", KEY, autoincrement=False, nullable=False),
        sa.Column("typed", sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("changed_by", KEY, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["gp_agreement.id"], name=op.f("fk_claim_draft_agreement_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name=op.f("fk_claim_draft_changed_by")),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_claim_draft")),
    )


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
