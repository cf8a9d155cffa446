"""declined: a recipient may say no to a grant, and whoever did has had a hand of the recipient's in it

The recipient's own hands are named in the triggers of many tables: each is made anew with «declined» among them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_declined"
down_revision = "0023_summaries"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("public_year IS NOT NULL AND status <> 'lapsed' AND status <> 'declined'")
BEFORE, NOW = "'submitted', 'accepted', 'delivered'", "'submitted', 'accepted', 'declined', 'delivered'"


def upgrade() -> None:
    """The columns, their checks and the public index; then the triggers that name the recipient's hands, or the award."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    anew = [(name, table, text.replace(BEFORE, NOW)) for name, table, text in bind.exec_driver_sql(_THERE[dialect])]
    for name, table, _ in anew:
        if dialect == "sqlite":
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
        elif table == "award" and name != "tr_award_moved":
            bind.exec_driver_sql(f"DROP TRIGGER {name} ON award")
            bind.exec_driver_sql(f"DROP FUNCTION {name}()")
    op.drop_index("ix_award_public", "award")
    _columns()
    listed = ["public_year", "public_sort", "case_id", "amount_ore", "status"]
    op.create_index("ix_award_public", "award", listed, sqlite_where=STANDS, postgresql_where=STANDS)
    for name, table, text in anew:
        if table != "award" or name == "tr_award_moved":
            bind.exec_driver_sql(text)
    for text in _OF_AWARD[dialect]:
        bind.exec_driver_sql(text)


def _columns() -> None:
    with op.batch_alter_table("award") as batch:
        batch.add_column(sa.Column("declined_by", KEY, nullable=True))
        batch.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("decline_reason", sa.Text(), server_default="", nullable=False))
        batch.create_foreign_key(op.f("fk_award_declined_by"), "user_account", ["declined_by"], ["id"])
        for name in ("status_known", "accepted_first"):
            batch.drop_constraint(op.f(f"ck_award_{name}"), type_="check")
        for name, text in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_award_{name}"), text)


_CHECKS = {
    "status_known": "status IN ('awaiting', 'accepted', 'partly_paid', 'paid', 'stopped', 'lapsed', 'declined', 'closed')",
    "accepted_first": "status IN ('awaiting', 'lapsed', 'declined') OR accepted_at IS NOT NULL",
    "declined_paired": "(declined_by IS NULL) = (declined_at IS NULL)",
    "declined_told": "(status = 'declined') = (declined_at IS NOT NULL)",
    "declined_has_reason": "declined_at IS NULL OR decline_reason <> ''",
}

# Name, table and text of what names the recipient's hands; in SQLite of all that names or hangs on the award, too.
_THERE = {
    "sqlite": (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        f" AND (instr(sql, \"{BEFORE}\") > 0 OR instr(sql, 'UPDATE award ') > 0 OR tbl_name = 'award') ORDER BY name"
    ),
    "postgresql": (
        "SELECT p.proname, c.relname, pg_get_functiondef(p.oid) FROM pg_proc AS p JOIN pg_trigger AS t ON t.tgfoid = p.oid"
        " JOIN pg_class AS c ON c.oid = t.tgrelid WHERE p.pronamespace = current_schema()::regnamespace"
        f" AND strpos(p.prosrc, $${BEFORE}$$) > 0 ORDER BY p.proname"
    ),
}
_OF_AWARD = {
    "sqlite": [
        'CREATE TRIGGER tr_award_born_hand BEFORE INSERT ON award FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM hand '
        'AS had WHERE had.user_id = NEW.accepted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN '
        "('submitted', 'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.declined_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        'CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW WHEN (NEW.accepted_by IS NOT '
        'OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by AND '
        "(had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'declined', 'delivered')))) OR "
        '(NEW.declined_by IS NOT OLD.declined_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = '
        "NEW.declined_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'declined',"
        " 'delivered')))) OR (NEW.stopped_by IS NOT OLD.stopped_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the"
        " same person'); END",
    ],
    "postgresql": [
        'CREATE FUNCTION tr_award_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT 1 '
        'FROM hand AS had WHERE had.user_id = NEW.accepted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN '
        "('submitted', 'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.declined_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING"
        " ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_award_born_hand BEFORE INSERT ON award FOR EACH ROW EXECUTE FUNCTION '
        'tr_award_born_hand()',
        'CREATE FUNCTION tr_award_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.accepted_by IS '
        'DISTINCT FROM OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by '
        "AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'declined', 'delivered'))))"
        ' OR (NEW.declined_by IS DISTINCT FROM OLD.declined_by AND EXISTS (SELECT 1 FROM hand AS had WHERE '
        "had.user_id = NEW.declined_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'declined', 'delivered')))) OR (NEW.stopped_by IS DISTINCT FROM OLD.stopped_by AND EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.stopped_by AND (had.kind = 'award' AND had.thing_id ="
        " NEW.id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered') OR had.case_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) THEN RAISE EXCEPTION 'an opposing "
        "hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION tr_award_hand()',
    ],
}


def downgrade() -> None:
    """Only forward: what is told is not untold."""
    raise NotImplementedError
