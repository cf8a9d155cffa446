"""deliveries: texts with figures by reference, approved by another person, and then frozen

Revision: 0038, after 0037_scheme_in_figures
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0038_deliveries"
down_revision = "0037_scheme_in_figures"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """The table; and hands in it, which belong to no case."""
    dialect = op.get_bind().dialect.name
    op.create_table(
        "summary",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("continues_id", KEY, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("sent_back", sa.Text(), nullable=False),
        sa.Column("drafted_by", KEY, nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", KEY, nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", JSON, nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_summary_approved_paired")),
        sa.CheckConstraint("(drafted_by IS NULL) = (drafted_at IS NULL)", name=op.f("ck_summary_drafted_paired")),
        sa.CheckConstraint("(number = 1) = (continues_id IS NULL)", name=op.f("ck_summary_continues_told")),
        sa.CheckConstraint("(status = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_summary_approved_told")),
        sa.CheckConstraint("(status = 'approved') = (counted_at IS NOT NULL)", name=op.f("ck_summary_counted_told")),
        sa.CheckConstraint("(status = 'approved') = (figures IS NOT NULL)", name=op.f("ck_summary_figures_frozen")),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> drafted_by", name=op.f("ck_summary_approved_by_another")
        ),
        sa.CheckConstraint("language IN ('nb', 'nn')", name=op.f("ck_summary_language_known")),
        sa.CheckConstraint("status IN ('draft', 'ready', 'approved')", name=op.f("ck_summary_status_known")),
        sa.ForeignKeyConstraint(["approved_by"], ["user_account.id"], name=op.f("fk_summary_approved_by")),
        sa.ForeignKeyConstraint(["continues_id"], ["summary.id"], name=op.f("fk_summary_continues_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["user_account.id"], name=op.f("fk_summary_drafted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("continues_id", name=op.f("uq_summary_continues_id")),
        sa.UniqueConstraint("kind", "year", "number", name=op.f("uq_summary_kind_year_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_summary_public_id")),
    )
    still_open = sa.text("status <> 'approved'")
    op.create_index(
        "uq_summary_open",
        "summary",
        ["kind", "year"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    on = "" if dialect == "sqlite" else " ON hand"
    for act in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER tr_hand_{act}{on}")
        if dialect != "sqlite":
            op.execute(f"DROP FUNCTION tr_hand_{act}()")
    if dialect == "sqlite":
        # Other tables' triggers read this one while it is made anew.
        op.execute("PRAGMA legacy_alter_table = ON")
    with op.batch_alter_table("hand") as batch:
        batch.drop_constraint(op.f("ck_hand_case_told"), type_="check")
        batch.create_check_constraint(
            op.f("ck_hand_case_told"), "(case_id IS NULL) = (kind IN ('rules', 'account', 'summary'))"
        )
    if dialect == "sqlite":
        op.execute("PRAGMA legacy_alter_table = OFF")
    for statement in _TRIGGERS[dialect]:
        op.execute(statement)


_TRIGGERS = {
    "postgresql": [
        "CREATE FUNCTION tr_summary_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'summary is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN "
        "NEW; END $$",
        "CREATE TRIGGER tr_summary_update BEFORE UPDATE ON summary FOR EACH ROW WHEN ((OLD.status = "
        "'approved') AND (OLD.public_id IS DISTINCT FROM NEW.public_id OR OLD.kind IS DISTINCT FROM "
        "NEW.kind OR OLD.year IS DISTINCT FROM NEW.year OR OLD.number IS DISTINCT FROM NEW.number OR "
        "OLD.continues_id IS DISTINCT FROM NEW.continues_id OR OLD.due_on IS DISTINCT FROM "
        "NEW.due_on OR OLD.language IS DISTINCT FROM NEW.language OR OLD.status IS DISTINCT FROM "
        "NEW.status OR OLD.version IS DISTINCT FROM NEW.version OR OLD.texts IS DISTINCT FROM "
        "NEW.texts OR OLD.sent_back IS DISTINCT FROM NEW.sent_back OR OLD.drafted_by IS DISTINCT "
        "FROM NEW.drafted_by OR OLD.drafted_at IS DISTINCT FROM NEW.drafted_at OR OLD.approved_by IS "
        "DISTINCT FROM NEW.approved_by OR OLD.approved_at IS DISTINCT FROM NEW.approved_at OR "
        "OLD.figures IS DISTINCT FROM NEW.figures OR OLD.counted_at IS DISTINCT FROM NEW.counted_at "
        "OR OLD.demo IS DISTINCT FROM NEW.demo)) EXECUTE FUNCTION tr_summary_update()",
        "CREATE FUNCTION tr_summary_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'summary is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN "
        "OLD; END $$",
        "CREATE TRIGGER tr_summary_delete BEFORE DELETE ON summary FOR EACH ROW WHEN (OLD.status = "
        "'approved') EXECUTE FUNCTION tr_summary_delete()",
        "CREATE FUNCTION tr_summary_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "NEW.status <> 'draft' THEN RAISE EXCEPTION 'a delivery begins as a draft' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_summary_insert BEFORE INSERT ON summary FOR EACH ROW EXECUTE FUNCTION tr_summary_insert()",
        "CREATE FUNCTION tr_summary_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND (had.kind = "
        "'summary' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'summary' AND "
        "had.thing_id = NEW.id AND had.hand IN ('drafted')))) THEN RAISE EXCEPTION 'an opposing hand "
        "of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; "
        "END $$",
        "CREATE TRIGGER tr_summary_born_hand BEFORE INSERT ON summary FOR EACH ROW EXECUTE FUNCTION "
        "tr_summary_born_hand()",
        "CREATE FUNCTION tr_summary_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(NEW.drafted_by IS DISTINCT FROM OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.drafted_by AND (had.kind = 'summary' AND had.thing_id = NEW.id AND "
        "had.hand IN ('approved')))) OR (NEW.approved_by IS DISTINCT FROM OLD.approved_by AND EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'summary' "
        "AND had.thing_id = NEW.id AND had.hand IN ('drafted')))) THEN RAISE EXCEPTION 'an opposing "
        "hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN "
        "NEW; END $$",
        "CREATE TRIGGER tr_summary_hand BEFORE UPDATE ON summary FOR EACH ROW EXECUTE FUNCTION tr_summary_hand()",
        "CREATE FUNCTION tr_hand_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'hand is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN "
        "NEW; END $$",
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_update()",
        "CREATE FUNCTION tr_hand_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
        "EXCEPTION 'hand is append-only' USING ERRCODE = 'integrity_constraint_violation'; RETURN "
        "OLD; END $$",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_delete()",
        "CREATE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND "
        "had.thing_id = NEW.thing_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand "
        "IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN "
        "('drafted')) OR (NEW.kind = 'summary' AND NEW.hand = 'drafted' AND had.hand IN "
        "('approved')) OR (NEW.kind = 'summary' AND NEW.hand = 'approved' AND had.hand IN "
        "('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = "
        "'recommended' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered', 'assessed', 'recommended')) OR (NEW.kind = 'award' AND "
        "NEW.hand = 'stopped' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) OR "
        "(NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND "
        "had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) OR (NEW.kind = 'report' AND "
        "NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) "
        "OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND "
        "had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed')) OR (NEW.kind = "
        "'account' AND NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR (NEW.kind = 'account' "
        "AND NEW.hand = 'controlled' AND had.hand IN ('submitted', 'accepted', 'declined', "
        "'delivered', 'typed', 'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND "
        "had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand "
        "IN ('submitted', 'accepted', 'declined', 'delivered', 'decided', 'approved', 'handed_over', "
        "'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'attested', 'handed_over', 'settled')) "
        "OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('submitted', "
        "'accepted', 'declined', 'delivered', 'attested', 'approved')) OR (NEW.kind = 'payable' AND "
        "NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND "
        "had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'settled')) OR (NEW.kind = "
        "'repayment' AND NEW.hand = 'registered' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'confirmed', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = "
        "'confirmed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'registered')) OR (NEW.kind = 'repayment' AND NEW.hand = 'settled' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'registered'))) OR had.case_id = "
        "NEW.case_id AND (had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) <> "
        "(NEW.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) THEN RAISE EXCEPTION 'an "
        "opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()",
    ],
    "sqlite": [
        "CREATE TRIGGER tr_summary_update BEFORE UPDATE ON summary FOR EACH ROW WHEN ((OLD.status = "
        "'approved') AND (OLD.public_id IS NOT NEW.public_id OR OLD.kind IS NOT NEW.kind OR OLD.year IS "
        "NOT NEW.year OR OLD.number IS NOT NEW.number OR OLD.continues_id IS NOT NEW.continues_id OR "
        "OLD.due_on IS NOT NEW.due_on OR OLD.language IS NOT NEW.language OR OLD.status IS NOT "
        "NEW.status OR OLD.version IS NOT NEW.version OR OLD.texts IS NOT NEW.texts OR OLD.sent_back IS "
        "NOT NEW.sent_back OR OLD.drafted_by IS NOT NEW.drafted_by OR OLD.drafted_at IS NOT "
        "NEW.drafted_at OR OLD.approved_by IS NOT NEW.approved_by OR OLD.approved_at IS NOT "
        "NEW.approved_at OR OLD.figures IS NOT NEW.figures OR OLD.counted_at IS NOT NEW.counted_at OR "
        "OLD.demo IS NOT NEW.demo)) BEGIN SELECT RAISE(ABORT, 'summary is settled'); END",
        "CREATE TRIGGER tr_summary_delete BEFORE DELETE ON summary FOR EACH ROW WHEN (OLD.status = "
        "'approved') BEGIN SELECT RAISE(ABORT, 'summary is settled'); END",
        "CREATE TRIGGER tr_summary_insert BEFORE INSERT ON summary FOR EACH ROW WHEN NEW.status <> "
        "'draft' BEGIN SELECT RAISE(ABORT, 'a delivery begins as a draft'); END",
        "CREATE TRIGGER tr_summary_born_hand BEFORE INSERT ON summary FOR EACH ROW WHEN (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND (had.kind = 'summary' AND "
        "had.thing_id = NEW.id AND had.hand IN ('approved')))) OR (EXISTS (SELECT 1 FROM hand AS had "
        "WHERE had.user_id = NEW.approved_by AND (had.kind = 'summary' AND had.thing_id = NEW.id AND "
        "had.hand IN ('drafted')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); "
        "END",
        "CREATE TRIGGER tr_summary_hand BEFORE UPDATE ON summary FOR EACH ROW WHEN (NEW.drafted_by IS "
        "NOT OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND "
        "(had.kind = 'summary' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR "
        "(NEW.approved_by IS NOT OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id "
        "= NEW.approved_by AND (had.kind = 'summary' AND had.thing_id = NEW.id AND had.hand IN "
        "('drafted')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, "
        "'hand is append-only'); END",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, "
        "'hand is append-only'); END",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = "
        "NEW.thing_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR "
        "(NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = "
        "'summary' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'summary' AND "
        "NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = "
        "'assessed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'decided')) OR "
        "(NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND "
        "had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'assessed', 'recommended')) OR "
        "(NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'stopped')) OR (NEW.kind = 'award' AND "
        "NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) OR "
        "(NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'reviewed')) OR (NEW.kind = 'claim' AND "
        "NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR "
        "(NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'typed', 'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = "
        "'decided' AND had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND "
        "had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'decided', 'approved', "
        "'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'attested', 'handed_over', 'settled')) OR "
        "(NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered', 'attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = "
        "'settled' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'attested', "
        "'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'settled')) OR (NEW.kind = 'repayment' AND "
        "NEW.hand = 'registered' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'confirmed', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'confirmed' AND had.hand IN "
        "('submitted', 'accepted', 'declined', 'delivered', 'registered')) OR (NEW.kind = 'repayment' "
        "AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
        "'registered'))) OR had.case_id = NEW.case_id AND (had.hand IN ('submitted', 'accepted', "
        "'declined', 'delivered')) <> (NEW.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) "
        "BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
    ],
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
