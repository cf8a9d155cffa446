"""areas followed up: a goal, the checks of an area's routines, and the contact with it

Revision: 0039, after 0038_deliveries
"""

import sqlalchemy as sa
from alembic import op

revision = "0039_areas_followed_up"
down_revision = "0038_deliveries"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The tables; no row of them is ever changed."""
    op.create_table(
        'area_goal',
        sa.Column('id', KEY, nullable=False),
        sa.Column('area_id', KEY, nullable=False),
        sa.Column('year', KEY, nullable=False),
        sa.Column('gps', KEY, nullable=False),
        sa.Column('set_by', KEY, nullable=False),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_area_goal')),
        sa.ForeignKeyConstraint(['set_by'], ['user_account.id'], name=op.f('fk_area_goal_set_by')),
        sa.CheckConstraint('gps >= 0', name=op.f('ck_area_goal_gps_not_negative')),
        sa.ForeignKeyConstraint(['area_id'], ['pilot_area.id'], name=op.f('fk_area_goal_area_id')),
    )
    op.create_index('ix_area_goal_area', 'area_goal', ['area_id', 'year', 'id'])
    op.create_table(
        'area_check',
        sa.Column('id', KEY, nullable=False),
        sa.Column('area_id', KEY, nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('topic', sa.Text(), nullable=False),
        sa.Column('finding', sa.Text(), nullable=False),
        sa.Column('action', sa.Text(), nullable=False),
        sa.Column('next_on', sa.Date(), nullable=True),
        sa.Column('follows_id', KEY, nullable=True),
        sa.Column('told_by', KEY, nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_area_check')),
        sa.ForeignKeyConstraint(['told_by'], ['user_account.id'], name=op.f('fk_area_check_told_by')),
        sa.ForeignKeyConstraint(['follows_id'], ['area_check.id'], name=op.f('fk_area_check_follows_id')),
        sa.CheckConstraint("topic <> '' AND finding <> ''", name=op.f('ck_area_check_finding_told')),
        sa.ForeignKeyConstraint(['area_id'], ['pilot_area.id'], name=op.f('fk_area_check_area_id')),
        sa.CheckConstraint('next_on IS NULL OR next_on > checked_on', name=op.f('ck_area_check_next_comes_after')),
    )
    op.create_index('ix_area_check_area', 'area_check', ['area_id', 'id'])
    op.create_index('ix_area_check_next', 'area_check', ['next_on'])
    op.create_index('uq_area_check_follows', 'area_check', ['follows_id'], unique=True)
    op.create_table(
        'area_contact',
        sa.Column('id', KEY, nullable=False),
        sa.Column('area_id', KEY, nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('told_by', KEY, nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_area_contact')),
        sa.ForeignKeyConstraint(['told_by'], ['user_account.id'], name=op.f('fk_area_contact_told_by')),
        sa.CheckConstraint("words <> ''", name=op.f('ck_area_contact_words_told')),
        sa.CheckConstraint("kind IN ('phone', 'meeting', 'mail', 'reminder')", name=op.f('ck_area_contact_kind_known')),
        sa.ForeignKeyConstraint(['area_id'], ['pilot_area.id'], name=op.f('fk_area_contact_area_id')),
    )
    op.create_index('ix_area_contact_area', 'area_contact', ['area_id', 'id'])
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {'sqlite': ["CREATE TRIGGER tr_area_goal_update BEFORE UPDATE ON area_goal FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_goal is append-only'); END", "CREATE TRIGGER tr_area_goal_delete BEFORE DELETE ON area_goal FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_goal is append-only'); END", "CREATE TRIGGER tr_area_check_update BEFORE UPDATE ON area_check FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_check is append-only'); END", "CREATE TRIGGER tr_area_check_delete BEFORE DELETE ON area_check FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_check is append-only'); END", "CREATE TRIGGER tr_area_contact_update BEFORE UPDATE ON area_contact FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_contact is append-only'); END", "CREATE TRIGGER tr_area_contact_delete BEFORE DELETE ON area_contact FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'area_contact is append-only'); END"], 'postgresql': ["CREATE FUNCTION tr_area_goal_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_goal is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$", 'CREATE TRIGGER tr_area_goal_update BEFORE UPDATE ON area_goal FOR EACH ROW  EXECUTE FUNCTION tr_area_goal_update()', "CREATE FUNCTION tr_area_goal_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_goal is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$", 'CREATE TRIGGER tr_area_goal_delete BEFORE DELETE ON area_goal FOR EACH ROW  EXECUTE FUNCTION tr_area_goal_delete()', "CREATE FUNCTION tr_area_check_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_check is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$", 'CREATE TRIGGER tr_area_check_update BEFORE UPDATE ON area_check FOR EACH ROW  EXECUTE FUNCTION tr_area_check_update()', "CREATE FUNCTION tr_area_check_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_check is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$", 'CREATE TRIGGER tr_area_check_delete BEFORE DELETE ON area_check FOR EACH ROW  EXECUTE FUNCTION tr_area_check_delete()', "CREATE FUNCTION tr_area_contact_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_contact is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$", 'CREATE TRIGGER tr_area_contact_update BEFORE UPDATE ON area_contact FOR EACH ROW  EXECUTE FUNCTION tr_area_contact_update()', "CREATE FUNCTION tr_area_contact_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'area_contact is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$", 'CREATE TRIGGER tr_area_contact_delete BEFORE DELETE ON area_contact FOR EACH ROW  EXECUTE FUNCTION tr_area_contact_delete()']}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError

