"""a document says what it belongs to, and an upload waits for the virus check

Revision: 0007, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0007_documents_belong'
down_revision = '0001'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
SAYS = "document is append-only"
RAISE = f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'"


def guards() -> None:
    """The triggers that making the table anew took with it."""
    lite = op.get_bind().dialect.name == 'sqlite'
    for act, back in (('UPDATE', 'NEW'), ('DELETE', 'OLD')):
        name = f"tr_document_{act.lower()}"
        if lite:
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON document FOR EACH ROW  BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")
        else:
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON document FOR EACH ROW  EXECUTE FUNCTION {name}()")


def upgrade() -> None:
    """Every document until now is a case's, but the files of the payout lists."""
    op.execute("DROP TRIGGER tr_document_update" + ("" if op.get_bind().dialect.name == 'sqlite' else " ON document"))
    op.execute("DROP TRIGGER tr_document_delete" + ("" if op.get_bind().dialect.name == 'sqlite' else " ON document"))
    op.add_column('document', sa.Column('scope', sa.String(length=40), nullable=True))
    op.execute("UPDATE document SET scope = CASE WHEN case_id IS NULL THEN 'payout_list' ELSE 'case' END")
    with op.batch_alter_table('document') as batch:
        batch.alter_column('scope', existing_type=sa.String(length=40), nullable=False)
        batch.create_check_constraint(op.f('ck_document_scope_known'), "scope IN ('case', 'payout_list')")
        batch.create_check_constraint(op.f('ck_document_scope_has_case'), "(scope = 'case') = (case_id IS NOT NULL)")
        batch.create_check_constraint(op.f('ck_document_to_party_of_case'), "scope = 'case' OR NOT to_party")
    guards()
    op.create_table('virus_check',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('since_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found', sa.Text(), nullable=False),
    sa.CheckConstraint("verdict IN ('waiting', 'clean', 'infected')", name=op.f('ck_virus_check_verdict_known')),
    sa.CheckConstraint("(verdict = 'waiting') = (checked_at IS NULL)", name=op.f('ck_virus_check_verdict_told')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_virus_check_sha256')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_virus_check'))
    )
    op.create_index('ix_virus_check_verdict', 'virus_check', ['verdict', 'since_at'], unique=False)
