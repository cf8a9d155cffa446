"""asked and taken back: the practice takes back an application before it is answered, and what came to nothing lets
the GP move again

Revision: 0052, after 0051_paid_on
"""

import sqlalchemy as sa
from alembic import op

revision = "0052_asked_and_taken_back"
down_revision = "0051_paid_on"
branch_labels = None
depends_on = None

_CHECKS = {
    "status_known": "status IN ('to_sign', 'applied', 'active', 'refused', 'taken_back', 'paused', 'ended', 'moved')",
    "signed_first": "status IN ('to_sign', 'taken_back') OR signed_on IS NOT NULL",
    "account_told": "status IN ('to_sign', 'taken_back') OR account_id IS NOT NULL",
}


def upgrade() -> None:
    """The CHECKs, and the index of what continues an agreement."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        # Other tables' triggers may read this one while it is made anew.
        op.execute("PRAGMA legacy_alter_table = ON")
    with op.batch_alter_table("gp_agreement") as batch:
        for name, text in _CHECKS.items():
            batch.drop_constraint(op.f(f"ck_gp_agreement_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_gp_agreement_{name}"), text)
    if sqlite:
        op.execute("PRAGMA legacy_alter_table = OFF")
    op.drop_index("uq_gp_agreement_continues", table_name="gp_agreement")
    stands = sa.text("status NOT IN ('refused', 'taken_back')")
    op.create_index(
        "uq_gp_agreement_continues",
        "gp_agreement",
        ["continues_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
