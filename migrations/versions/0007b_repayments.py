"""claims for money back, and what came

Revision: 0007b, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0007b_repayments'
down_revision = '0003_another_person_at_the_bank'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
TRIGGERS = {
    'sqlite': [
        "CREATE TRIGGER tr_repayment_update BEFORE UPDATE ON repayment FOR EACH ROW WHEN ((OLD.status <> 'registered') AND (OLD.amount_ore IS NOT NEW.amount_ore OR OLD.case_id IS NOT NEW.case_id OR OLD.party_id IS NOT NEW.party_id OR OLD.frame_id IS NOT NEW.frame_id OR OLD.reference IS NOT NEW.reference OR OLD.reason IS NOT NEW.reason OR OLD.registered_by IS NOT NEW.registered_by OR OLD.confirmed_by IS NOT NEW.confirmed_by)) BEGIN SELECT RAISE(ABORT, 'repayment is settled'); END",
        "CREATE TRIGGER tr_repayment_delete BEFORE DELETE ON repayment FOR EACH ROW WHEN (OLD.status <> 'registered') BEGIN SELECT RAISE(ABORT, 'repayment is settled'); END",
        "CREATE TRIGGER tr_money_back_update BEFORE UPDATE ON money_back FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'money_back is append-only'); END",
        "CREATE TRIGGER tr_money_back_delete BEFORE DELETE ON money_back FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'money_back is append-only'); END",
    ],
    'postgresql': [
        "CREATE FUNCTION tr_repayment_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'repayment is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_update BEFORE UPDATE ON repayment FOR EACH ROW WHEN ((OLD.status <> 'registered') AND (OLD.amount_ore IS DISTINCT FROM NEW.amount_ore OR OLD.case_id IS DISTINCT FROM NEW.case_id OR OLD.party_id IS DISTINCT FROM NEW.party_id OR OLD.frame_id IS DISTINCT FROM NEW.frame_id OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.registered_by IS DISTINCT FROM NEW.registered_by OR OLD.confirmed_by IS DISTINCT FROM NEW.confirmed_by)) EXECUTE FUNCTION tr_repayment_update()",
        "CREATE FUNCTION tr_repayment_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'repayment is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$",
        "CREATE TRIGGER tr_repayment_delete BEFORE DELETE ON repayment FOR EACH ROW WHEN (OLD.status <> 'registered') EXECUTE FUNCTION tr_repayment_delete()",
        "CREATE FUNCTION tr_money_back_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'money_back is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$",
        'CREATE TRIGGER tr_money_back_update BEFORE UPDATE ON money_back FOR EACH ROW  EXECUTE FUNCTION tr_money_back_update()',
        "CREATE FUNCTION tr_money_back_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'money_back is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$",
        'CREATE TRIGGER tr_money_back_delete BEFORE DELETE ON money_back FOR EACH ROW  EXECUTE FUNCTION tr_money_back_delete()',
    ],
}


def upgrade() -> None:
    """Make the tables, then what guards them."""
    op.create_table('repayment',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('case_id', KEY, nullable=False),
    sa.Column('party_id', KEY, nullable=False),
    sa.Column('frame_id', KEY, nullable=False),
    sa.Column('amount_ore', KEY, nullable=False),
    sa.Column('back_ore', KEY, nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('version', KEY, nullable=False),
    sa.Column('registered_by', KEY, nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by', KEY, nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', KEY, nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount_ore > 0', name=op.f('ck_repayment_amount_positive')),
    sa.CheckConstraint('back_ore BETWEEN 0 AND amount_ore', name=op.f('ck_repayment_back_within_amount')),
    sa.CheckConstraint('confirmed_by IS NULL OR confirmed_by <> registered_by', name=op.f('ck_repayment_confirmed_by_another')),
    sa.CheckConstraint("(status IN ('confirmed', 'repaid')) = (confirmed_at IS NOT NULL)", name=op.f('ck_repayment_confirmed_first')),
    sa.CheckConstraint('(confirmed_by IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_repayment_confirmed_paired')),
    sa.CheckConstraint("(status = 'repaid') = (back_ore = amount_ore)", name=op.f('ck_repayment_repaid_when_all_is_back')),
    sa.CheckConstraint("reference <> '' AND reason <> ''", name=op.f('ck_repayment_says_why')),
    sa.CheckConstraint("status IN ('registered', 'confirmed', 'repaid', 'withdrawn')", name=op.f('ck_repayment_status_known')),
    sa.CheckConstraint('(withdrawn_by IS NULL) = (withdrawn_at IS NULL)', name=op.f('ck_repayment_withdrawn_paired')),
    sa.CheckConstraint("(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_repayment_withdrawn_told')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_repayment_case_id')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_repayment_party_id')),
    sa.ForeignKeyConstraint(['frame_id'], ['frame.id'], name=op.f('fk_repayment_frame_id')),
    sa.ForeignKeyConstraint(['registered_by'], ['user_account.id'], name=op.f('fk_repayment_registered_by')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['user_account.id'], name=op.f('fk_repayment_confirmed_by')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['user_account.id'], name=op.f('fk_repayment_withdrawn_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repayment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_repayment_public_id')),
    )
    op.create_index('ix_repayment_case', 'repayment', ['case_id', 'id'], unique=False)
    op.create_table('money_back',
    sa.Column('id', KEY, nullable=False),
    sa.Column('repayment_id', KEY, nullable=False),
    sa.Column('amount_ore', KEY, nullable=False),
    sa.Column('came_on', sa.Date(), nullable=False),
    sa.Column('voucher', sa.Text(), nullable=False),
    sa.Column('registered_by', KEY, nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount_ore > 0', name=op.f('ck_money_back_amount_positive')),
    sa.ForeignKeyConstraint(['repayment_id'], ['repayment.id'], name=op.f('fk_money_back_repayment_id')),
    sa.ForeignKeyConstraint(['registered_by'], ['user_account.id'], name=op.f('fk_money_back_registered_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_back')),
    sa.UniqueConstraint('repayment_id', 'voucher', name=op.f('uq_money_back_repayment_id_voucher')),
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
