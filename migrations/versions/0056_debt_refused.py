"""a no to a claim for money back: the second person refuses it with a reason, and has a hand of its own in that

Revision: 0056, after 0055_agreements_found
"""

import sqlalchemy as sa
from alembic import op

revision = "0056_debt_refused"
down_revision = "0055_agreements_found"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_CHECKS = {
    "status_known": "status IN ('registered', 'confirmed', 'repaid', 'withdrawn', 'refused')",
    "refused_paired": "(refused_by IS NULL) = (refused_at IS NULL)",
    "refused_told": "(status = 'refused') = (refused_at IS NOT NULL)",
    "refused_has_reason": "(status = 'refused') = (answer <> '')",
    "refused_by_another": "refused_by IS NULL OR refused_by <> registered_by",
}
# Made anew since they know the hand and the columns; by table and name.
_MADE_ANEW = (("repayment", "born_hand"), ("repayment", "hand"), ("hand", "insert"))


def upgrade() -> None:
    """The columns with their CHECKs, and the triggers that know the hand."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        # Other tables' triggers may read this one while it is made anew; its own go with it, and are hung again below.
        op.execute("PRAGMA legacy_alter_table = ON")
        op.execute("DROP TRIGGER tr_hand_insert")
    else:
        op.execute("DROP TRIGGER tr_repayment_update ON repayment")
        for table, name in _MADE_ANEW:
            op.execute(f"DROP TRIGGER tr_{table}_{name} ON {table}")
            op.execute(f"DROP FUNCTION tr_{table}_{name}()")
    _columns()
    if dialect == "sqlite":
        op.execute("PRAGMA legacy_alter_table = OFF")
    for statement in _TRIGGERS[dialect]:
        op.execute(statement)


def _columns() -> None:
    with op.batch_alter_table("repayment") as batch:
        batch.add_column(sa.Column("refused_by", KEY, nullable=True))
        batch.add_column(sa.Column("refused_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("answer", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_repayment_refused_by"), "user_account", ["refused_by"], ["id"])
        batch.drop_constraint(op.f("ck_repayment_status_known"), type_="check")
        for name, text in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_repayment_{name}"), text)


_TRIGGERS = {
    "sqlite": (
        (
            "CREATE TRIGGER tr_repayment_update BEFORE UPDATE ON repayment FOR EACH ROW WHEN ((OLD.status <> "
            "'registered') AND (OLD.amount_ore IS NOT NEW.amount_ore OR OLD.case_id IS NOT NEW.case_id OR "
            "OLD.party_id IS NOT NEW.party_id OR OLD.frame_id IS NOT NEW.frame_id OR OLD.reference IS NOT "
            "NEW.reference OR OLD.reason IS NOT NEW.reason OR OLD.ref IS NOT NEW.ref OR OLD.registered_by IS NOT "
            "NEW.registered_by OR OLD.confirmed_by IS NOT NEW.confirmed_by OR OLD.refused_by IS NOT "
            "NEW.refused_by OR OLD.answer IS NOT NEW.answer)) BEGIN SELECT RAISE(ABORT, 'repayment is settled'); "
            "END"
        ),
        (
            "CREATE TRIGGER tr_repayment_delete BEFORE DELETE ON repayment FOR EACH ROW WHEN (OLD.status <> "
            "'registered') BEGIN SELECT RAISE(ABORT, 'repayment is settled'); END"
        ),
        (
            "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW WHEN (EXISTS (SELECT 1"
            " FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id"
            " = NEW.id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', 'refused',"
            " 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND "
            "(had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
            "NEW.refused_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
            "had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
            "person'); END"
        ),
        (
            "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW WHEN (NEW.registered_by IS "
            "NOT OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by "
            "AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'confirmed', 'refused', 'settled') OR had.case_id = NEW.case_id AND "
            "had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) OR (NEW.confirmed_by IS NOT "
            "OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND "
            "(had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')))) OR (NEW.refused_by IS NOT OLD.refused_by AND EXISTS (SELECT "
            "1 FROM hand AS had WHERE had.user_id = NEW.refused_by AND (had.kind = 'repayment' AND had.thing_id ="
            " NEW.id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'registered') OR "
            "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) OR "
            "(NEW.withdrawn_by IS NOT OLD.withdrawn_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
            "NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END"
        ),
        (
            "CREATE TRIGGER tr_repayment_moved BEFORE UPDATE ON repayment FOR EACH ROW WHEN NEW.case_id IS NOT "
            "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END"
        ),
        (
            "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM hand AS "
            "had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND "
            "((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' "
            "AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'summary' AND NEW.hand = "
            "'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'summary' AND NEW.hand = 'approved' AND "
            "had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = "
            "'recommended' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'decided')) OR "
            "(NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered', 'assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND "
            "had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) OR (NEW.kind = 'award' AND NEW.hand "
            "= 'resumed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'stopped')) OR "
            "(NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = 'imported' AND had.hand "
            "IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', 'reviewed')) OR (NEW.kind = "
            "'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered', 'imported', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand "
            "IN ('submitted', 'accepted', 'declined', 'delivered', 'imported', 'confirmed')) OR (NEW.kind = "
            "'account' AND NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR (NEW.kind = 'account' AND "
            "NEW.hand = 'controlled' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'typed', "
            "'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR "
            "(NEW.kind = 'payable' AND NEW.hand = 'imported' AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'attested', 'approved', 'handed_over', 'settled', 'checked')) OR (NEW.kind "
            "= 'payable' AND NEW.hand = 'attested' AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered', 'imported', 'decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' "
            "AND NEW.hand = 'approved' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'imported', 'attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = "
            "'handed_over' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'imported', "
            "'attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'imported', 'attested', 'approved', 'checked')) "
            "OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'imported', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = "
            "'registered' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', "
            "'refused', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'confirmed' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'registered')) OR (NEW.kind = 'repayment' AND "
            "NEW.hand = 'refused' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'registered')) OR (NEW.kind = 'repayment' AND NEW.hand = 'settled' AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered', 'registered'))) OR had.case_id = NEW.case_id AND (had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')) <> (NEW.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE TRIGGER tr_repayment_update BEFORE UPDATE ON repayment FOR EACH ROW WHEN ((OLD.status <> "
            "'registered') AND (OLD.amount_ore IS DISTINCT FROM NEW.amount_ore OR OLD.case_id IS DISTINCT FROM "
            "NEW.case_id OR OLD.party_id IS DISTINCT FROM NEW.party_id OR OLD.frame_id IS DISTINCT FROM "
            "NEW.frame_id OR OLD.reference IS DISTINCT FROM NEW.reference OR OLD.reason IS DISTINCT FROM "
            "NEW.reason OR OLD.ref IS DISTINCT FROM NEW.ref OR OLD.registered_by IS DISTINCT FROM "
            "NEW.registered_by OR OLD.confirmed_by IS DISTINCT FROM NEW.confirmed_by OR OLD.refused_by IS "
            "DISTINCT FROM NEW.refused_by OR OLD.answer IS DISTINCT FROM NEW.answer)) EXECUTE FUNCTION "
            "tr_repayment_update()"
        ),
        (
            "CREATE FUNCTION tr_repayment_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
            "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND "
            "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'confirmed', 'refused', 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
            "NEW.confirmed_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted',"
            " 'accepted', 'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
            "had.user_id = NEW.refused_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND "
            "had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
            "had WHERE had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the "
            "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW EXECUTE FUNCTION "
            "tr_repayment_born_hand()"
        ),
        (
            "CREATE FUNCTION tr_repayment_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
            "(NEW.registered_by IS DISTINCT FROM OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
            "had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand "
            "IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', 'refused', 'settled') OR "
            "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) OR "
            "(NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
            "had.user_id = NEW.confirmed_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN"
            " ('submitted', 'accepted', 'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND "
            "had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) OR (NEW.refused_by IS DISTINCT "
            "FROM OLD.refused_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.refused_by AND "
            "(had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'registered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered')))) OR (NEW.withdrawn_by IS DISTINCT FROM OLD.withdrawn_by AND "
            "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.withdrawn_by AND (had.case_id = "
            "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')))) THEN RAISE "
            "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW EXECUTE FUNCTION "
            "tr_repayment_hand()"
        ),
        (
            "CREATE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 "
            "FROM hand AS had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = "
            "NEW.thing_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR "
            "(NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'summary' "
            "AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'summary' AND NEW.hand = "
            "'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand"
            " IN ('submitted', 'accepted', 'declined', 'delivered', 'decided')) OR (NEW.kind = 'case' AND "
            "NEW.hand = 'recommended' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted', 'accepted',"
            " 'declined', 'delivered', 'assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = "
            "'stopped' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered')) OR (NEW.kind = 'award'"
            " AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted',"
            " 'declined', 'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = 'imported'"
            " AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', 'reviewed')) OR "
            "(NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', 'declined',"
            " 'delivered', 'imported', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand"
            " IN ('submitted', 'accepted', 'declined', 'delivered', 'imported', 'confirmed')) OR (NEW.kind = "
            "'account' AND NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR (NEW.kind = 'account' AND "
            "NEW.hand = 'controlled' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'typed', "
            "'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR "
            "(NEW.kind = 'payable' AND NEW.hand = 'imported' AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'attested', 'approved', 'handed_over', 'settled', 'checked')) OR (NEW.kind "
            "= 'payable' AND NEW.hand = 'attested' AND had.hand IN ('submitted', 'accepted', 'declined', "
            "'delivered', 'imported', 'decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' "
            "AND NEW.hand = 'approved' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'imported', 'attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = "
            "'handed_over' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'imported', "
            "'attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'imported', 'attested', 'approved', 'checked')) "
            "OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered', 'imported', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = "
            "'registered' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', 'confirmed', "
            "'refused', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'confirmed' AND had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered', 'registered')) OR (NEW.kind = 'repayment' AND "
            "NEW.hand = 'refused' AND had.hand IN ('submitted', 'accepted', 'declined', 'delivered', "
            "'registered')) OR (NEW.kind = 'repayment' AND NEW.hand = 'settled' AND had.hand IN ('submitted', "
            "'accepted', 'declined', 'delivered', 'registered'))) OR had.case_id = NEW.case_id AND (had.hand IN "
            "('submitted', 'accepted', 'declined', 'delivered')) <> (NEW.hand IN ('submitted', 'accepted', "
            "'declined', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE"
            " = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()"
        ),
    ),
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
