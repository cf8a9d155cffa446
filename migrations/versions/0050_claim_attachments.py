"""claim attachments: what documents a claim, read by its GP's people, its area and who reviews claims

Revision: 0050, after 0049_hands_by_hand
"""

import sqlalchemy as sa
from alembic import op

revision = "0050_claim_attachments"
down_revision = "0049_hands_by_hand"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SAYS = "claim_attachment is append-only"


def upgrade() -> None:
    """The scope, and the table; SQLite makes the documents' table anew, so its triggers are kept aside."""
    bound = op.get_bind()
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint(op.f("ck_document_scope_known"), type_="check")
        batch.create_check_constraint(op.f("ck_document_scope_known"), "scope IN ('case', 'payout_list', 'claim')")
    for _, statement in kept:
        bound.exec_driver_sql(statement)
    op.create_table(
        "claim_attachment",
        sa.Column("claim_id", KEY, autoincrement=False, nullable=False),
        sa.Column("document_id", KEY, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_attachment_claim_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_claim_attachment_document_id")),
        sa.PrimaryKeyConstraint("claim_id", "document_id", name=op.f("pk_claim_attachment")),
    )
    op.create_index("uq_claim_attachment_document", "claim_attachment", ["document_id"], unique=True)
    for act in ("UPDATE", "DELETE"):
        for statement in _append_only(bound.dialect.name, act):
            op.execute(statement)


def _append_only(dialect: str, act: str) -> list[str]:
    name, back = f"tr_claim_attachment_{act.lower()}", "NEW" if act == "UPDATE" else "OLD"
    before = f"CREATE TRIGGER {name} BEFORE {act} ON claim_attachment FOR EACH ROW"
    if dialect == "sqlite":
        return [f"{before}  BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"]
    raised = f"RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN {back}; END $$",
        f"{before}  EXECUTE FUNCTION {name}()",
    ]


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
