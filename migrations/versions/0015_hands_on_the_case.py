"""hands on the case: what the recipient's people sign on a case counts in everything on it, and acting columns are tried

A hand tells its case. Filled from the rows there are; the table's triggers are away meanwhile. Old data may hold
opposing hands: they are kept as they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_hands_on_the_case"
down_revision = "0014_found_as_copied"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ON_CASES = ("award", "report", "claim", "payable", "repayment")


def upgrade() -> None:
    """The column, its values, then the triggers: the table's own anew, and one for each table whose columns tell."""
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON hand"
    for act in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER tr_hand_{act}{on}")
    with op.batch_alter_table("hand") as batch:
        batch.add_column(sa.Column("case_id", _KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_hand_case_id"), "case_file", ["case_id"], ["id"])
        batch.create_index("ix_hand_case_id", ["case_id"])
    op.execute("UPDATE hand SET case_id = thing_id WHERE kind = 'case'")
    for kind in _ON_CASES:
        op.execute(
            f"UPDATE hand SET case_id = (SELECT t.case_id FROM {kind} t WHERE t.id = hand.thing_id) WHERE kind = '{kind}'"
        )
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'hand is "
        "append-only'); END",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  BEGIN SELECT RAISE(ABORT, 'hand is "
        "append-only'); END",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM hand AS had "
        "WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = NEW.thing_id OR had.case_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')) AND ((NEW.kind = 'rules' AND "
        "NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND "
        "had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'submitted' AND had.hand IN ('assessed', "
        "'recommended', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = "
        "'decided' AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended')) OR "
        "(NEW.kind = 'award' AND NEW.hand = 'accepted' AND had.hand IN ('assessed', 'recommended', 'decided')) "
        "OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN ('submitted', 'accepted', 'delivered')) "
        "OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted', "
        "'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'delivered' AND had.hand IN ('reviewed')) OR "
        "(NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'delivered')) "
        "OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed')) OR "
        "(NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'confirmed' AND had.hand IN "
        "('typed')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'typed', 'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND "
        "had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = "
        "'payable' AND NEW.hand = 'approved' AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', "
        "'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = "
        "'settled' AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked')) OR "
        "(NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'registered' AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'confirmed', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'confirmed' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')) OR (NEW.kind = 'repayment' AND "
        "NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')))) BEGIN "
        "SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_assessment_born_hand BEFORE INSERT ON assessment FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.assessor_id AND ((had.kind = 'case' AND had.thing_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW WHEN (NEW.accepted_by IS NOT "
        "OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by AND (had.kind "
        "= 'award' AND had.thing_id = NEW.id AND had.hand IN ('assessed', 'recommended', 'decided')))) OR "
        "(NEW.stopped_by IS NOT OLD.stopped_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND ((had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_bank_account_hand BEFORE UPDATE ON bank_account FOR EACH ROW WHEN (NEW.controlled_by "
        "IS NOT OLD.controlled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.controlled_by "
        "AND ((had.kind = 'account' AND had.thing_id = (SELECT min(f.id) FROM bank_account AS f WHERE f.party_id "
        "= NEW.party_id AND f.account_no = NEW.account_no) AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'typed', 'confirmed')) OR (had.case_id IN (SELECT c.id FROM case_file AS c WHERE "
        "c.party_id = NEW.party_id) AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT "
        "RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_case_file_hand BEFORE UPDATE ON case_file FOR EACH ROW WHEN (NEW.assessed_by IS NOT "
        "OLD.assessed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessed_by AND "
        "((had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided')) OR (had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) OR "
        "(NEW.recommended_by IS NOT OLD.recommended_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.recommended_by AND ((had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'decided')) OR (had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered'))))) OR (NEW.decided_by IS NOT OLD.decided_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.decided_by AND ((had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'assessed', 'recommended')) OR (had.case_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of "
        "the same person'); END",
        "CREATE TRIGGER tr_claim_hand BEFORE UPDATE ON claim FOR EACH ROW WHEN (NEW.confirmed_by IS NOT "
        "OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND "
        "((had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'reviewed')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) "
        "OR (NEW.reviewed_by IS NOT OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.reviewed_by AND ((had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'confirmed')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_decision_born_hand BEFORE INSERT ON decision FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.decided_by AND ((had.kind = 'case' AND had.thing_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended')) OR (had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_money_back_born_hand BEFORE INSERT ON money_back FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.registered_by AND ((had.kind = 'repayment' AND had.thing_id = "
        "NEW.repayment_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')) OR (had.case_id "
        "= (SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id) AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.attested_by IS NOT "
        "OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by AND "
        "((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided', 'approved', 'handed_over', 'settled')) OR (had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered'))))) OR (NEW.approved_by IS NOT OLD.approved_by AND EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND ((had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', "
        "'settled')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) OR "
        "(NEW.authorised_by IS NOT OLD.authorised_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.authorised_by AND ((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'attested', 'approved')) OR (had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered'))))) OR (NEW.settled_by IS NOT OLD.settled_by AND EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.settled_by AND ((had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked')) OR "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) OR "
        "(NEW.checked_by IS NOT OLD.checked_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.checked_by AND ((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'settled')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_recommendation_born_hand BEFORE INSERT ON recommendation FOR EACH ROW WHEN (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.recommended_by AND ((had.kind = 'case' AND "
        "had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT "
        "RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.registered_by AND ((had.kind = 'repayment' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed', 'settled')) OR (had.case_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW WHEN (NEW.confirmed_by IS NOT "
        "OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND "
        "((had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'registered')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered'))))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_report_hand BEFORE UPDATE ON report FOR EACH ROW WHEN (NEW.delivered_by IS NOT "
        "OLD.delivered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.delivered_by AND "
        "(had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('reviewed')))) OR (NEW.reviewed_by IS "
        "NOT OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.reviewed_by AND "
        "((had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')) "
        "OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) BEGIN SELECT "
        "RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_rule_version_hand BEFORE UPDATE ON rule_version FOR EACH ROW WHEN (NEW.drafted_by IS "
        "NOT OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND "
        "(had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR (NEW.approved_by IS "
        "NOT OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND "
        "(had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('drafted')))) BEGIN SELECT RAISE(ABORT, "
        "'an opposing hand of the same person'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_update()",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_delete()",
        "CREATE OR REPLACE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = "
        "NEW.thing_id OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')) AND "
        "((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND "
        "NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'submitted' AND "
        "had.hand IN ('assessed', 'recommended', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = "
        "'recommended' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' "
        "AND NEW.hand = 'decided' AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', "
        "'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'accepted' AND had.hand IN ('assessed', "
        "'recommended', 'decided')) OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN "
        "('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'delivered' "
        "AND had.hand IN ('reviewed')) OR (NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand "
        "IN ('confirmed', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed')) OR (NEW.kind = 'account' AND "
        "NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'typed', 'confirmed')) OR (NEW.kind = 'payable' "
        "AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = "
        "'attested' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', "
        "'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = "
        "'handed_over' AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved')) OR "
        "(NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = "
        "'registered' AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed', 'settled')) OR "
        "(NEW.kind = 'repayment' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'registered')) OR (NEW.kind = 'repayment' AND NEW.hand = 'settled' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'registered')))) THEN RAISE EXCEPTION 'an opposing hand of the "
        "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()",
        "CREATE FUNCTION tr_assessment_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessor_id AND ((had.kind = 'case' AND had.thing_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an "
        "opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; "
        "END $$",
        "CREATE TRIGGER tr_assessment_born_hand BEFORE INSERT ON assessment FOR EACH ROW EXECUTE FUNCTION "
        "tr_assessment_born_hand()",
        "CREATE FUNCTION tr_award_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.accepted_by IS "
        "DISTINCT FROM OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by "
        "AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('assessed', 'recommended', "
        "'decided')))) OR (NEW.stopped_by IS DISTINCT FROM OLD.stopped_by AND EXISTS (SELECT 1 FROM hand AS had "
        "WHERE had.user_id = NEW.stopped_by AND ((had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION tr_award_hand()",
        "CREATE FUNCTION tr_bank_account_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(NEW.controlled_by IS DISTINCT FROM OLD.controlled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.controlled_by AND ((had.kind = 'account' AND had.thing_id = (SELECT min(f.id) FROM "
        "bank_account AS f WHERE f.party_id = NEW.party_id AND f.account_no = NEW.account_no) AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'typed', 'confirmed')) OR (had.case_id IN (SELECT c.id FROM "
        "case_file AS c WHERE c.party_id = NEW.party_id) AND had.hand IN ('submitted', 'accepted', "
        "'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_bank_account_hand BEFORE UPDATE ON bank_account FOR EACH ROW EXECUTE FUNCTION "
        "tr_bank_account_hand()",
        "CREATE FUNCTION tr_case_file_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.assessed_by IS "
        "DISTINCT FROM OLD.assessed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessed_by "
        "AND ((had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'decided')) OR (had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered'))))) OR (NEW.recommended_by IS DISTINCT FROM OLD.recommended_by AND EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.recommended_by AND ((had.kind = 'case' AND had.thing_id = NEW.id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (had.case_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered'))))) OR (NEW.decided_by IS DISTINCT FROM "
        "OLD.decided_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.decided_by AND ((had.kind "
        "= 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', "
        "'recommended')) OR (had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) "
        "THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_case_file_hand BEFORE UPDATE ON case_file FOR EACH ROW EXECUTE FUNCTION "
        "tr_case_file_hand()",
        "CREATE FUNCTION tr_claim_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.confirmed_by IS "
        "DISTINCT FROM OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.confirmed_by AND ((had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'reviewed')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) OR (NEW.reviewed_by IS DISTINCT FROM OLD.reviewed_by AND EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.reviewed_by AND ((had.kind = 'claim' AND had.thing_id = NEW.id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed')) OR (had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the "
        "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_claim_hand BEFORE UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION tr_claim_hand()",
        "CREATE FUNCTION tr_decision_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.decided_by AND ((had.kind = 'case' AND had.thing_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended')) OR "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_decision_born_hand BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION "
        "tr_decision_born_hand()",
        "CREATE FUNCTION tr_money_back_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND ((had.kind = 'repayment' AND "
        "had.thing_id = NEW.repayment_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered')) "
        "OR (had.case_id = (SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id) AND had.hand IN "
        "('submitted', 'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the same person' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_money_back_born_hand BEFORE INSERT ON money_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_money_back_born_hand()",
        "CREATE FUNCTION tr_payable_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.attested_by IS "
        "DISTINCT FROM OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by "
        "AND ((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'decided', 'approved', 'handed_over', 'settled')) OR (had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered'))))) OR (NEW.approved_by IS DISTINCT FROM "
        "OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND "
        "((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'attested', 'handed_over', 'settled')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) OR (NEW.authorised_by IS DISTINCT FROM OLD.authorised_by AND EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND ((had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved')) "
        "OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) OR "
        "(NEW.settled_by IS DISTINCT FROM OLD.settled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id "
        "= NEW.settled_by AND ((had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'attested', 'approved', 'checked')) OR (had.case_id = NEW.case_id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered'))))) OR (NEW.checked_by IS DISTINCT FROM OLD.checked_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.checked_by AND ((had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled')) OR "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION tr_payable_hand()",
        "CREATE FUNCTION tr_recommendation_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.recommended_by AND ((had.kind = 'case' AND "
        "had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_recommendation_born_hand BEFORE INSERT ON recommendation FOR EACH ROW EXECUTE "
        "FUNCTION tr_recommendation_born_hand()",
        "CREATE FUNCTION tr_repayment_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND ((had.kind = 'repayment' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed', 'settled')) "
        "OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered'))))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW EXECUTE FUNCTION "
        "tr_repayment_born_hand()",
        "CREATE FUNCTION tr_repayment_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.confirmed_by "
        "IS DISTINCT FROM OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.confirmed_by AND ((had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'registered')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW EXECUTE FUNCTION "
        "tr_repayment_hand()",
        "CREATE FUNCTION tr_report_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.delivered_by IS "
        "DISTINCT FROM OLD.delivered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.delivered_by AND (had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('reviewed')))) OR "
        "(NEW.reviewed_by IS DISTINCT FROM OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.reviewed_by AND ((had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')) OR (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered'))))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_report_hand BEFORE UPDATE ON report FOR EACH ROW EXECUTE FUNCTION tr_report_hand()",
        "CREATE FUNCTION tr_rule_version_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.drafted_by "
        "IS DISTINCT FROM OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.drafted_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR "
        "(NEW.approved_by IS DISTINCT FROM OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.approved_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN "
        "('drafted')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_rule_version_hand BEFORE UPDATE ON rule_version FOR EACH ROW EXECUTE FUNCTION "
        "tr_rule_version_hand()",
    ],
}


def downgrade() -> None:
    """Only forward: what is told is not untold."""
    raise NotImplementedError
