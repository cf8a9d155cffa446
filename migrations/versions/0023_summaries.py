"""summaries: a report has the pot of its case, and the summaries of the years are counted from an index

The page read every report and its case.

Revision: 0023, after 0022_public_awards
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_summaries"
down_revision = "0022_public_awards"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The column, filled; SQLite makes the table anew for it, so its triggers are kept aside."""
    bound = op.get_bind()
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'report'")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    op.add_column("report", sa.Column("pot_id", KEY, nullable=True))
    op.execute("UPDATE report SET pot_id = (SELECT pot_id FROM case_file WHERE case_file.id = report.case_id)")
    op.drop_index("ix_report_year_kind", "report")
    with op.batch_alter_table("report") as batch:
        batch.alter_column("pot_id", existing_type=KEY, nullable=False)
        batch.create_foreign_key(op.f("fk_report_pot_id"), "pot", ["pot_id"], ["id"])
    op.create_index("ix_report_summary", "report", ["year", "pot_id", "kind", "status", "due_on"])
    for _, statement in kept:
        bound.exec_driver_sql(statement)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
