"""gp terms: who is told of rules that are to come, and who has signed them for an agreement that keeps its own

Revision: 0044, after 0043_claim_drafts
"""

import sqlalchemy as sa
from alembic import op

revision = "0044_gp_terms"
down_revision = "0043_claim_drafts"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The table."""
    op.create_table(
        "gp_terms",
        sa.Column("agreement_id", KEY, nullable=False),
        sa.Column("rule_version_id", KEY, nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", KEY, nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holds_from", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agreement_id", "rule_version_id", name=op.f("pk_gp_terms")),
        sa.ForeignKeyConstraint(["agreement_id"], ["gp_agreement.id"], name=op.f("fk_gp_terms_agreement_id")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["rule_version.id"], name=op.f("fk_gp_terms_rule_version_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["user_account.id"], name=op.f("fk_gp_terms_signed_by")),
        sa.CheckConstraint("(signed_by IS NULL) = (signed_at IS NULL)", name=op.f("ck_gp_terms_signed_paired")),
        sa.CheckConstraint("(signed_at IS NULL) = (holds_from IS NULL)", name=op.f("ck_gp_terms_signed_holds")),
        sa.CheckConstraint("NOT (reached AND signed_at IS NOT NULL)", name=op.f("ck_gp_terms_reached_unsigned")),
    )
    op.create_index("ix_gp_terms_version", "gp_terms", ["rule_version_id", "agreement_id"])


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
