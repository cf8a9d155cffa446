"""regulation notes: what is registered of a regulation on its way, heard before it is approved and gazetted before it holds

Revision: 0040, after 0039_areas_followed_up
"""

import sqlalchemy as sa
from alembic import op

revision = "0040_regulation_notes"
down_revision = "0039_areas_followed_up"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The table, which only grows."""
    op.create_table(
        "regulation_note",
        sa.Column("id", KEY, nullable=False),
        sa.Column("rule_version_id", KEY, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_by", KEY, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation_note")),
        sa.ForeignKeyConstraint(["rule_version_id"], ["rule_version.id"], name=op.f("fk_regulation_note_rule_version_id")),
        sa.ForeignKeyConstraint(["told_by"], ["user_account.id"], name=op.f("fk_regulation_note_told_by")),
        sa.CheckConstraint(
            "step IN ('hearing', 'heard', 'no_hearing', 'gazetted')", name=op.f("ck_regulation_note_step_known")
        ),
        sa.CheckConstraint(
            "(step = 'hearing') = (until_on IS NOT NULL)", name=op.f("ck_regulation_note_hearing_has_deadline")
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on > on_day", name=op.f("ck_regulation_note_dates_in_order")),
        sa.CheckConstraint("step <> 'gazetted' OR reference <> ''", name=op.f("ck_regulation_note_gazetted_where")),
        sa.CheckConstraint(
            "step NOT IN ('heard', 'no_hearing') OR words <> ''", name=op.f("ck_regulation_note_says_why")
        ),
    )
    op.create_index("ix_regulation_note_version", "regulation_note", ["rule_version_id", "id"])
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {'sqlite': ["CREATE TRIGGER tr_regulation_note_update BEFORE UPDATE ON regulation_note FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'regulation_note is append-only'); END", "CREATE TRIGGER tr_regulation_note_delete BEFORE DELETE ON regulation_note FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'regulation_note is append-only'); END"], 'postgresql': ["CREATE FUNCTION tr_regulation_note_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'regulation_note is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$", 'CREATE TRIGGER tr_regulation_note_update BEFORE UPDATE ON regulation_note FOR EACH ROW  EXECUTE FUNCTION tr_regulation_note_update()', "CREATE FUNCTION tr_regulation_note_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'regulation_note is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$", 'CREATE TRIGGER tr_regulation_note_delete BEFORE DELETE ON regulation_note FOR EACH ROW  EXECUTE FUNCTION tr_regulation_note_delete()']}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
