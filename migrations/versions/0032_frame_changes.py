"""frame changes: a frame is changed by a document that two people have seen

Revision: 0032, after 0031_common_words
"""

import sqlalchemy as sa
from alembic import op

revision = "0032_frame_changes"
down_revision = "0031_common_words"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The table, with what is settled kept as it was."""
    op.create_table(
        'frame_change',
        sa.Column('id', KEY, nullable=False),
        sa.Column('frame_id', KEY, nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('amount_ore', KEY, nullable=False),
        sa.Column('status', sa.String(40), nullable=False),
        sa.Column('version', KEY, nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('document_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('from_year', KEY, nullable=True),
        sa.Column('clearance', sa.Text(), nullable=False),
        sa.Column('clearance_on', sa.Date(), nullable=True),
        sa.Column('proposed_by', KEY, nullable=False),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('settled_by', KEY, nullable=True),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('before_ore', KEY, nullable=True),
        sa.Column('after_ore', KEY, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_frame_change')),
        sa.ForeignKeyConstraint(['proposed_by'], ['user_account.id'], name=op.f('fk_frame_change_proposed_by')),
        sa.CheckConstraint("status IN ('proposed', 'confirmed', 'refused')", name=op.f('ck_frame_change_status_known')),
        sa.CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name=op.f('ck_frame_change_settled_told')),
        sa.CheckConstraint("(status = 'refused') = (answer <> '')", name=op.f('ck_frame_change_refused_has_reason')),
        sa.CheckConstraint("document <> '' AND reason <> ''", name=op.f('ck_frame_change_document_told')),
        sa.CheckConstraint("(status = 'confirmed') = (before_ore IS NOT NULL)", name=op.f('ck_frame_change_before_told')),
        sa.CheckConstraint('(settled_by IS NULL) = (settled_at IS NULL)', name=op.f('ck_frame_change_settled_paired')),
        sa.CheckConstraint('amount_ore > 0', name=op.f('ck_frame_change_amount_positive')),
        sa.CheckConstraint("after_ore IS NULL OR after_ore = before_ore + CASE kind WHEN 'cut' THEN -amount_ore ELSE amount_ore END", name=op.f('ck_frame_change_change_adds_up')),
        sa.ForeignKeyConstraint(['frame_id'], ['frame.id'], name=op.f('fk_frame_change_frame_id')),
        sa.ForeignKeyConstraint(['settled_by'], ['user_account.id'], name=op.f('fk_frame_change_settled_by')),
        sa.CheckConstraint("(kind = 'carry_over') = (from_year IS NOT NULL) AND (kind = 'carry_over') = (clearance <> '') AND (kind = 'carry_over') = (clearance_on IS NOT NULL)", name=op.f('ck_frame_change_clearance_told')),
        sa.CheckConstraint('settled_by IS NULL OR settled_by <> proposed_by', name=op.f('ck_frame_change_settled_by_another')),
        sa.CheckConstraint("kind IN ('raise', 'carry_over', 'cut')", name=op.f('ck_frame_change_kind_known')),
        sa.CheckConstraint("(status = 'confirmed') = (after_ore IS NOT NULL)", name=op.f('ck_frame_change_after_told')),
    )
    op.create_index('ix_frame_change_frame', 'frame_change', ['frame_id', 'id'])
    op.create_index('uq_frame_change_open', 'frame_change', ['frame_id'], unique=True, sqlite_where=sa.text("status = 'proposed'"), postgresql_where=sa.text("status = 'proposed'"))
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {'sqlite': ["CREATE TRIGGER tr_frame_change_update BEFORE UPDATE ON frame_change FOR EACH ROW WHEN ((OLD.status <> 'proposed') AND (OLD.id IS NOT NEW.id OR OLD.frame_id IS NOT NEW.frame_id OR OLD.kind IS NOT NEW.kind OR OLD.amount_ore IS NOT NEW.amount_ore OR OLD.status IS NOT NEW.status OR OLD.version IS NOT NEW.version OR OLD.document IS NOT NEW.document OR OLD.document_on IS NOT NEW.document_on OR OLD.reason IS NOT NEW.reason OR OLD.from_year IS NOT NEW.from_year OR OLD.clearance IS NOT NEW.clearance OR OLD.clearance_on IS NOT NEW.clearance_on OR OLD.proposed_by IS NOT NEW.proposed_by OR OLD.proposed_at IS NOT NEW.proposed_at OR OLD.settled_by IS NOT NEW.settled_by OR OLD.settled_at IS NOT NEW.settled_at OR OLD.answer IS NOT NEW.answer OR OLD.before_ore IS NOT NEW.before_ore OR OLD.after_ore IS NOT NEW.after_ore)) BEGIN SELECT RAISE(ABORT, 'frame_change is settled'); END", "CREATE TRIGGER tr_frame_change_delete BEFORE DELETE ON frame_change FOR EACH ROW WHEN (OLD.status <> 'proposed') BEGIN SELECT RAISE(ABORT, 'frame_change is settled'); END"], 'postgresql': ["CREATE FUNCTION tr_frame_change_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'frame_change is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$", "CREATE TRIGGER tr_frame_change_update BEFORE UPDATE ON frame_change FOR EACH ROW WHEN ((OLD.status <> 'proposed') AND (OLD.id IS DISTINCT FROM NEW.id OR OLD.frame_id IS DISTINCT FROM NEW.frame_id OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.amount_ore IS DISTINCT FROM NEW.amount_ore OR OLD.status IS DISTINCT FROM NEW.status OR OLD.version IS DISTINCT FROM NEW.version OR OLD.document IS DISTINCT FROM NEW.document OR OLD.document_on IS DISTINCT FROM NEW.document_on OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.from_year IS DISTINCT FROM NEW.from_year OR OLD.clearance IS DISTINCT FROM NEW.clearance OR OLD.clearance_on IS DISTINCT FROM NEW.clearance_on OR OLD.proposed_by IS DISTINCT FROM NEW.proposed_by OR OLD.proposed_at IS DISTINCT FROM NEW.proposed_at OR OLD.settled_by IS DISTINCT FROM NEW.settled_by OR OLD.settled_at IS DISTINCT FROM NEW.settled_at OR OLD.answer IS DISTINCT FROM NEW.answer OR OLD.before_ore IS DISTINCT FROM NEW.before_ore OR OLD.after_ore IS DISTINCT FROM NEW.after_ore)) EXECUTE FUNCTION tr_frame_change_update()", "CREATE FUNCTION tr_frame_change_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'frame_change is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$", "CREATE TRIGGER tr_frame_change_delete BEFORE DELETE ON frame_change FOR EACH ROW WHEN (OLD.status <> 'proposed') EXECUTE FUNCTION tr_frame_change_delete()"]}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError

