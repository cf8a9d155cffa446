"""signed accounts: a report has a place for the accounts its recipient has signed

Revision: 0027, after 0026_rounds
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_signed_accounts"
down_revision = "0026_rounds"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The column; SQLite makes the table anew for it, so its triggers are kept aside."""
    bound = op.get_bind()
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'report'")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table("report") as batch:
        batch.add_column(sa.Column("accounts_document_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_report_accounts_document_id"), "document", ["accounts_document_id"], ["id"])
    for _, statement in kept:
        bound.exec_driver_sql(statement)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
