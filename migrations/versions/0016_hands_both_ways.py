"""both ways: whoever handled a case for the house signs nothing for the recipient there; columns are tried at birth too

A hand on a case always tells it, a thing stays on its case, and steps that leave no hand are tried against the hands.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_hands_both_ways"
down_revision = "0015_hands_on_the_case"
branch_labels = None
depends_on = None

# As 0015_hands_on_the_case made them.
_BEFORE = (
    ("assessment", "born_hand"),
    ("award", "hand"),
    ("bank_account", "hand"),
    ("case_file", "hand"),
    ("claim", "hand"),
    ("decision", "born_hand"),
    ("money_back", "born_hand"),
    ("payable", "hand"),
    ("recommendation", "born_hand"),
    ("repayment", "born_hand"),
    ("repayment", "hand"),
    ("report", "hand"),
    ("rule_version", "hand"),
)


def upgrade() -> None:
    """Away with the triggers, which read the table that is made anew on SQLite; then the rule, and all of them again."""
    lite = op.get_bind().dialect.name == "sqlite"
    for table, name in _BEFORE:
        op.execute(f"DROP TRIGGER tr_{table}_{name}" + ("" if lite else f" ON {table}"))
        if not lite:
            op.execute(f"DROP FUNCTION tr_{table}_{name}()")
    for act in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER tr_hand_{act}" + ("" if lite else " ON hand"))
    with op.batch_alter_table("hand") as batch:
        batch.create_check_constraint(
            op.f("ck_hand_case_told"), sa.text("(case_id IS NULL) = (kind IN ('rules', 'account'))")
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
        "WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND ((NEW.kind "
        "= 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand = "
        "'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = 'case' AND NEW.hand = "
        "'decided' AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended')) OR "
        "(NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN ('submitted', 'accepted', 'delivered')) OR "
        "(NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND had.hand IN ('submitted', 'accepted', "
        "'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', "
        "'accepted', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN "
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
        "('submitted', 'accepted', 'delivered', 'registered'))) OR had.case_id = NEW.case_id AND (had.hand IN "
        "('submitted', 'accepted', 'delivered')) <> (NEW.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN "
        "SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_rule_version_born_hand BEFORE INSERT ON rule_version FOR EACH ROW WHEN (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND (had.kind = 'rules' AND had.thing_id "
        "= NEW.id AND had.hand IN ('approved')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.approved_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('drafted')))) BEGIN "
        "SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_rule_version_hand BEFORE UPDATE ON rule_version FOR EACH ROW WHEN (NEW.drafted_by IS "
        "NOT OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND "
        "(had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR (NEW.approved_by IS "
        "NOT OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND "
        "(had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('drafted')))) BEGIN SELECT RAISE(ABORT, "
        "'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_case_file_born_hand BEFORE INSERT ON case_file FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.assessed_by AND (had.kind = 'case' AND had.thing_id = NEW.id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.recommended_by AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'decided') OR had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.decided_by AND (had.kind "
        "= 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', "
        "'recommended') OR had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN "
        "SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_case_file_hand BEFORE UPDATE ON case_file FOR EACH ROW WHEN (NEW.assessed_by IS NOT "
        "OLD.assessed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessed_by AND (had.kind "
        "= 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR "
        "had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.recommended_by "
        "IS NOT OLD.recommended_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.recommended_by "
        "AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided') OR had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.decided_by IS NOT OLD.decided_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.decided_by AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'assessed', 'recommended') OR had.case_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        "CREATE TRIGGER tr_assessment_born_hand BEFORE INSERT ON assessment FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.assessor_id AND (had.kind = 'case' AND had.thing_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_assessment_hand BEFORE UPDATE ON assessment FOR EACH ROW WHEN (NEW.assessor_id IS NOT "
        "OLD.assessor_id AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessor_id AND (had.kind "
        "= 'case' AND had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN "
        "SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_assessment_moved BEFORE UPDATE ON assessment FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_recommendation_born_hand BEFORE INSERT ON recommendation FOR EACH ROW WHEN (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.recommended_by AND (had.kind = 'case' AND "
        "had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT "
        "RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_recommendation_hand BEFORE UPDATE ON recommendation FOR EACH ROW WHEN "
        "(NEW.recommended_by IS NOT OLD.recommended_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.recommended_by AND (had.kind = 'case' AND had.thing_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'decided') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_recommendation_moved BEFORE UPDATE ON recommendation FOR EACH ROW WHEN NEW.case_id IS "
        "NOT OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_decision_born_hand BEFORE INSERT ON decision FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.decided_by AND (had.kind = 'case' AND had.thing_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_decision_hand BEFORE UPDATE ON decision FOR EACH ROW WHEN (NEW.decided_by IS NOT "
        "OLD.decided_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.decided_by AND (had.kind = "
        "'case' AND had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'assessed', 'recommended') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_decision_moved BEFORE UPDATE ON decision FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_award_born_hand BEFORE INSERT ON award FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.accepted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN "
        "('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW WHEN (NEW.accepted_by IS NOT "
        "OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by AND "
        "(had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.stopped_by IS NOT OLD.stopped_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_award_moved BEFORE UPDATE ON award FOR EACH ROW WHEN NEW.case_id IS NOT OLD.case_id "
        "BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_report_born_hand BEFORE INSERT ON report FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.delivered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN "
        "('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.reviewed_by AND (had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_report_hand BEFORE UPDATE ON report FOR EACH ROW WHEN (NEW.delivered_by IS NOT "
        "OLD.delivered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.delivered_by AND "
        "(had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.reviewed_by IS NOT OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.reviewed_by AND (had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_report_moved BEFORE UPDATE ON report FOR EACH ROW WHEN NEW.case_id IS NOT OLD.case_id "
        "BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_claim_born_hand BEFORE INSERT ON claim FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.submitted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN "
        "('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.confirmed_by AND (had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'reviewed') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.reviewed_by "
        "AND (had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'confirmed') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_claim_hand BEFORE UPDATE ON claim FOR EACH ROW WHEN (NEW.submitted_by IS NOT "
        "OLD.submitted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.submitted_by AND "
        "(had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.confirmed_by IS NOT OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.confirmed_by AND (had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'reviewed') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (NEW.reviewed_by IS NOT OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.reviewed_by AND (had.kind = 'claim' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of "
        "the same person'); END",
        "CREATE TRIGGER tr_claim_moved BEFORE UPDATE ON claim FOR EACH ROW WHEN NEW.case_id IS NOT OLD.case_id "
        "BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_bank_account_born_hand BEFORE INSERT ON bank_account FOR EACH ROW WHEN (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.controlled_by AND (had.kind = 'account' AND "
        "had.thing_id = (SELECT min(f.id) FROM bank_account AS f WHERE f.party_id = NEW.party_id AND "
        "f.account_no = NEW.account_no) AND had.hand IN ('submitted', 'accepted', 'delivered', 'typed', "
        "'confirmed') OR had.case_id IN (SELECT c.id FROM case_file AS c WHERE c.party_id = NEW.party_id) AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of "
        "the same person'); END",
        "CREATE TRIGGER tr_bank_account_hand BEFORE UPDATE ON bank_account FOR EACH ROW WHEN (NEW.controlled_by "
        "IS NOT OLD.controlled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.controlled_by "
        "AND (had.kind = 'account' AND had.thing_id = (SELECT min(f.id) FROM bank_account AS f WHERE f.party_id "
        "= NEW.party_id AND f.account_no = NEW.account_no) AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'typed', 'confirmed') OR had.case_id IN (SELECT c.id FROM case_file AS c WHERE c.party_id "
        "= NEW.party_id) AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_payable_born_hand BEFORE INSERT ON payable FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM "
        "hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', 'settled') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        "CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.attested_by IS NOT "
        "OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind "
        "= 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided', "
        "'approved', 'handed_over', 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (NEW.approved_by IS NOT OLD.approved_by AND EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled') OR had.case_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.authorised_by IS NOT "
        "OLD.authorised_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND "
        "(had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'attested', 'approved') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) OR (NEW.settled_by IS NOT OLD.settled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR had.case_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.checked_by IS NOT OLD.checked_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_payable_moved BEFORE UPDATE ON payable FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed', 'settled') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.confirmed_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW WHEN (NEW.registered_by IS NOT "
        "OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND "
        "(had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'confirmed', 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (NEW.confirmed_by IS NOT OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.confirmed_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.withdrawn_by IS NOT OLD.withdrawn_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand "
        "of the same person'); END",
        "CREATE TRIGGER tr_repayment_moved BEFORE UPDATE ON repayment FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_application_born_hand BEFORE INSERT ON application FOR EACH ROW WHEN (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.signed_by AND (had.case_id = NEW.case_id AND had.hand NOT IN "
        "('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        "CREATE TRIGGER tr_application_hand BEFORE UPDATE ON application FOR EACH ROW WHEN (NEW.signed_by IS NOT "
        "OLD.signed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.signed_by AND (had.case_id "
        "= NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, "
        "'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_application_moved BEFORE UPDATE ON application FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_information_request_born_hand BEFORE INSERT ON information_request FOR EACH ROW WHEN "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.asked_by AND (had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.answered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_information_request_hand BEFORE UPDATE ON information_request FOR EACH ROW WHEN "
        "(NEW.asked_by IS NOT OLD.asked_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.asked_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) "
        "OR (NEW.answered_by IS NOT OLD.answered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.answered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', "
        "'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_information_request_moved BEFORE UPDATE ON information_request FOR EACH ROW WHEN "
        "NEW.case_id IS NOT OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_send_back_born_hand BEFORE INSERT ON send_back FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.sent_by AND (had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        "CREATE TRIGGER tr_send_back_hand BEFORE UPDATE ON send_back FOR EACH ROW WHEN (NEW.sent_by IS NOT "
        "OLD.sent_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.sent_by AND (had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        "CREATE TRIGGER tr_send_back_moved BEFORE UPDATE ON send_back FOR EACH ROW WHEN NEW.case_id IS NOT "
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
        "CREATE TRIGGER tr_money_back_born_hand BEFORE INSERT ON money_back FOR EACH ROW WHEN (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id = "
        "NEW.repayment_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR had.case_id = "
        "(SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id) AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
        "CREATE TRIGGER tr_money_back_hand BEFORE UPDATE ON money_back FOR EACH ROW WHEN (NEW.registered_by IS "
        "NOT OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND "
        "(had.kind = 'repayment' AND had.thing_id = NEW.repayment_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'registered') OR had.case_id = (SELECT r.case_id FROM repayment AS r WHERE r.id = "
        "NEW.repayment_id) AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, "
        "'an opposing hand of the same person'); END",
    ],
    "postgresql": [
        "CREATE TRIGGER tr_hand_update BEFORE UPDATE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_update()",
        "CREATE TRIGGER tr_hand_delete BEFORE DELETE ON hand FOR EACH ROW  EXECUTE FUNCTION tr_hand_delete()",
        "CREATE OR REPLACE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.user_id AND (had.kind = NEW.kind AND had.thing_id = "
        "NEW.thing_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR "
        "(NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND "
        "NEW.hand = 'assessed' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) OR (NEW.kind = "
        "'case' AND NEW.hand = 'recommended' AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided')) "
        "OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'stopped' AND had.hand IN "
        "('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'stopped')) OR (NEW.kind = 'award' AND NEW.hand = 'lapsed' AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'report' AND NEW.hand = 'reviewed' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered')) OR (NEW.kind = 'claim' AND NEW.hand = "
        "'confirmed' AND had.hand IN ('submitted', 'accepted', 'delivered', 'reviewed')) OR (NEW.kind = 'claim' "
        "AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed')) OR "
        "(NEW.kind = 'account' AND NEW.hand = 'confirmed' AND had.hand IN ('typed')) OR (NEW.kind = 'account' "
        "AND NEW.hand = 'controlled' AND had.hand IN ('submitted', 'accepted', 'delivered', 'typed', "
        "'confirmed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR "
        "(NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled')) OR "
        "(NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND "
        "NEW.hand = 'checked' AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled')) OR (NEW.kind = "
        "'repayment' AND NEW.hand = 'registered' AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'confirmed', 'settled')) OR (NEW.kind = 'repayment' AND NEW.hand = 'confirmed' AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'registered')) OR (NEW.kind = 'repayment' AND NEW.hand = "
        "'settled' AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered'))) OR had.case_id = "
        "NEW.case_id AND (had.hand IN ('submitted', 'accepted', 'delivered')) <> (NEW.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW EXECUTE FUNCTION tr_hand_insert()",
        "CREATE FUNCTION tr_rule_version_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.drafted_by AND (had.kind = 'rules' AND had.thing_id "
        "= NEW.id AND had.hand IN ('approved')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.approved_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('drafted')))) THEN "
        "RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_rule_version_born_hand BEFORE INSERT ON rule_version FOR EACH ROW EXECUTE FUNCTION "
        "tr_rule_version_born_hand()",
        "CREATE FUNCTION tr_rule_version_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.drafted_by "
        "IS DISTINCT FROM OLD.drafted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.drafted_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN ('approved')))) OR "
        "(NEW.approved_by IS DISTINCT FROM OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.approved_by AND (had.kind = 'rules' AND had.thing_id = NEW.id AND had.hand IN "
        "('drafted')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_rule_version_hand BEFORE UPDATE ON rule_version FOR EACH ROW EXECUTE FUNCTION "
        "tr_rule_version_hand()",
        "CREATE FUNCTION tr_case_file_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessed_by AND (had.kind = 'case' AND had.thing_id "
        "= NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.recommended_by AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.decided_by "
        "AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'assessed', 'recommended') OR had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_case_file_born_hand BEFORE INSERT ON case_file FOR EACH ROW EXECUTE FUNCTION "
        "tr_case_file_born_hand()",
        "CREATE FUNCTION tr_case_file_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.assessed_by IS "
        "DISTINCT FROM OLD.assessed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessed_by "
        "AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'decided') OR had.case_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.recommended_by IS DISTINCT FROM OLD.recommended_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.recommended_by AND (had.kind = 'case' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (NEW.decided_by IS DISTINCT FROM OLD.decided_by AND EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.decided_by AND (had.kind = 'case' AND had.thing_id = NEW.id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended') OR had.case_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand "
        "of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_case_file_hand BEFORE UPDATE ON case_file FOR EACH ROW EXECUTE FUNCTION "
        "tr_case_file_hand()",
        "CREATE FUNCTION tr_assessment_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.assessor_id AND (had.kind = 'case' AND had.thing_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing "
        "hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_assessment_born_hand BEFORE INSERT ON assessment FOR EACH ROW EXECUTE FUNCTION "
        "tr_assessment_born_hand()",
        "CREATE FUNCTION tr_assessment_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.assessor_id "
        "IS DISTINCT FROM OLD.assessor_id AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.assessor_id AND (had.kind = 'case' AND had.thing_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'decided') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_assessment_hand BEFORE UPDATE ON assessment FOR EACH ROW EXECUTE FUNCTION "
        "tr_assessment_hand()",
        "CREATE FUNCTION tr_assessment_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_assessment_moved BEFORE UPDATE ON assessment FOR EACH ROW EXECUTE FUNCTION "
        "tr_assessment_moved()",
        "CREATE FUNCTION tr_recommendation_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.recommended_by AND (had.kind = 'case' AND "
        "had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_recommendation_born_hand BEFORE INSERT ON recommendation FOR EACH ROW EXECUTE "
        "FUNCTION tr_recommendation_born_hand()",
        "CREATE FUNCTION tr_recommendation_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(NEW.recommended_by IS DISTINCT FROM OLD.recommended_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.recommended_by AND (had.kind = 'case' AND had.thing_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'decided') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_recommendation_hand BEFORE UPDATE ON recommendation FOR EACH ROW EXECUTE FUNCTION "
        "tr_recommendation_hand()",
        "CREATE FUNCTION tr_recommendation_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id "
        "IS DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_recommendation_moved BEFORE UPDATE ON recommendation FOR EACH ROW EXECUTE FUNCTION "
        "tr_recommendation_moved()",
        "CREATE FUNCTION tr_decision_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.decided_by AND (had.kind = 'case' AND had.thing_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'assessed', 'recommended') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_decision_born_hand BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION "
        "tr_decision_born_hand()",
        "CREATE FUNCTION tr_decision_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.decided_by IS "
        "DISTINCT FROM OLD.decided_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.decided_by "
        "AND (had.kind = 'case' AND had.thing_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'assessed', 'recommended') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_decision_hand BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION "
        "tr_decision_hand()",
        "CREATE FUNCTION tr_decision_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_decision_moved BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION "
        "tr_decision_moved()",
        "CREATE FUNCTION tr_award_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.accepted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN "
        "('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_award_born_hand BEFORE INSERT ON award FOR EACH ROW EXECUTE FUNCTION "
        "tr_award_born_hand()",
        "CREATE FUNCTION tr_award_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.accepted_by IS "
        "DISTINCT FROM OLD.accepted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.accepted_by "
        "AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.stopped_by IS DISTINCT FROM OLD.stopped_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id "
        "= NEW.stopped_by AND (had.kind = 'award' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_award_hand BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION tr_award_hand()",
        "CREATE FUNCTION tr_award_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_award_moved BEFORE UPDATE ON award FOR EACH ROW EXECUTE FUNCTION tr_award_moved()",
        "CREATE FUNCTION tr_report_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.delivered_by AND (had.case_id = NEW.case_id AND had.hand NOT "
        "IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.reviewed_by AND (had.kind = 'report' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_report_born_hand BEFORE INSERT ON report FOR EACH ROW EXECUTE FUNCTION "
        "tr_report_born_hand()",
        "CREATE FUNCTION tr_report_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.delivered_by IS "
        "DISTINCT FROM OLD.delivered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.delivered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', "
        "'delivered')))) OR (NEW.reviewed_by IS DISTINCT FROM OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.reviewed_by AND (had.kind = 'report' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_report_hand BEFORE UPDATE ON report FOR EACH ROW EXECUTE FUNCTION tr_report_hand()",
        "CREATE FUNCTION tr_report_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_report_moved BEFORE UPDATE ON report FOR EACH ROW EXECUTE FUNCTION tr_report_moved()",
        "CREATE FUNCTION tr_claim_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT 1 "
        "FROM hand AS had WHERE had.user_id = NEW.submitted_by AND (had.case_id = NEW.case_id AND had.hand NOT "
        "IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.confirmed_by AND (had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'reviewed') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.reviewed_by "
        "AND (had.kind = 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'confirmed') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_claim_born_hand BEFORE INSERT ON claim FOR EACH ROW EXECUTE FUNCTION "
        "tr_claim_born_hand()",
        "CREATE FUNCTION tr_claim_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.submitted_by IS "
        "DISTINCT FROM OLD.submitted_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.submitted_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', "
        "'delivered')))) OR (NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND EXISTS (SELECT 1 FROM hand "
        "AS had WHERE had.user_id = NEW.confirmed_by AND (had.kind = 'claim' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'reviewed') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.reviewed_by IS DISTINCT FROM "
        "OLD.reviewed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.reviewed_by AND (had.kind "
        "= 'claim' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed') "
        "OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_claim_hand BEFORE UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION tr_claim_hand()",
        "CREATE FUNCTION tr_claim_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_claim_moved BEFORE UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION tr_claim_moved()",
        "CREATE FUNCTION tr_bank_account_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.controlled_by AND (had.kind = 'account' AND "
        "had.thing_id = (SELECT min(f.id) FROM bank_account AS f WHERE f.party_id = NEW.party_id AND "
        "f.account_no = NEW.account_no) AND had.hand IN ('submitted', 'accepted', 'delivered', 'typed', "
        "'confirmed') OR had.case_id IN (SELECT c.id FROM case_file AS c WHERE c.party_id = NEW.party_id) AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the "
        "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_bank_account_born_hand BEFORE INSERT ON bank_account FOR EACH ROW EXECUTE FUNCTION "
        "tr_bank_account_born_hand()",
        "CREATE FUNCTION tr_bank_account_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(NEW.controlled_by IS DISTINCT FROM OLD.controlled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.controlled_by AND (had.kind = 'account' AND had.thing_id = (SELECT min(f.id) FROM "
        "bank_account AS f WHERE f.party_id = NEW.party_id AND f.account_no = NEW.account_no) AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'typed', 'confirmed') OR had.case_id IN (SELECT c.id FROM "
        "case_file AS c WHERE c.party_id = NEW.party_id) AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_bank_account_hand BEFORE UPDATE ON bank_account FOR EACH ROW EXECUTE FUNCTION "
        "tr_bank_account_hand()",
        "CREATE FUNCTION tr_payable_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the "
        "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_born_hand BEFORE INSERT ON payable FOR EACH ROW EXECUTE FUNCTION "
        "tr_payable_born_hand()",
        "CREATE FUNCTION tr_payable_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.attested_by IS "
        "DISTINCT FROM OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by "
        "AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'decided', 'approved', 'handed_over', 'settled') OR had.case_id = NEW.case_id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered')))) OR (NEW.approved_by IS DISTINCT FROM OLD.approved_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.authorised_by IS DISTINCT FROM OLD.authorised_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.settled_by IS DISTINCT FROM "
        "OLD.settled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.settled_by AND (had.kind = "
        "'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', "
        "'approved', 'checked') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) OR (NEW.checked_by IS DISTINCT FROM OLD.checked_by AND EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION tr_payable_hand()",
        "CREATE FUNCTION tr_payable_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_moved BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION "
        "tr_payable_moved()",
        "CREATE FUNCTION tr_repayment_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'confirmed', 'settled') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT "
        "1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND (had.kind = 'repayment' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_born_hand BEFORE INSERT ON repayment FOR EACH ROW EXECUTE FUNCTION "
        "tr_repayment_born_hand()",
        "CREATE FUNCTION tr_repayment_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.registered_by "
        "IS DISTINCT FROM OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'confirmed', 'settled') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) OR (NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.confirmed_by AND (had.kind = 'repayment' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(NEW.withdrawn_by IS DISTINCT FROM OLD.withdrawn_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.withdrawn_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_hand BEFORE UPDATE ON repayment FOR EACH ROW EXECUTE FUNCTION "
        "tr_repayment_hand()",
        "CREATE FUNCTION tr_repayment_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_repayment_moved BEFORE UPDATE ON repayment FOR EACH ROW EXECUTE FUNCTION "
        "tr_repayment_moved()",
        "CREATE FUNCTION tr_application_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.signed_by AND (had.case_id = NEW.case_id AND "
        "had.hand NOT IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the "
        "same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_application_born_hand BEFORE INSERT ON application FOR EACH ROW EXECUTE FUNCTION "
        "tr_application_born_hand()",
        "CREATE FUNCTION tr_application_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.signed_by IS "
        "DISTINCT FROM OLD.signed_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.signed_by AND "
        "(had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', 'accepted', 'delivered')))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_application_hand BEFORE UPDATE ON application FOR EACH ROW EXECUTE FUNCTION "
        "tr_application_hand()",
        "CREATE FUNCTION tr_application_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_application_moved BEFORE UPDATE ON application FOR EACH ROW EXECUTE FUNCTION "
        "tr_application_moved()",
        "CREATE FUNCTION tr_information_request_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.asked_by AND (had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.answered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_information_request_born_hand BEFORE INSERT ON information_request FOR EACH ROW "
        "EXECUTE FUNCTION tr_information_request_born_hand()",
        "CREATE FUNCTION tr_information_request_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "(NEW.asked_by IS DISTINCT FROM OLD.asked_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.asked_by AND (had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) "
        "OR (NEW.answered_by IS DISTINCT FROM OLD.answered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.answered_by AND (had.case_id = NEW.case_id AND had.hand NOT IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_information_request_hand BEFORE UPDATE ON information_request FOR EACH ROW EXECUTE "
        "FUNCTION tr_information_request_hand()",
        "CREATE FUNCTION tr_information_request_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
        "NEW.case_id IS DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE "
        "= 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_information_request_moved BEFORE UPDATE ON information_request FOR EACH ROW EXECUTE "
        "FUNCTION tr_information_request_moved()",
        "CREATE FUNCTION tr_send_back_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.sent_by AND (had.case_id = NEW.case_id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_send_back_born_hand BEFORE INSERT ON send_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_send_back_born_hand()",
        "CREATE FUNCTION tr_send_back_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.sent_by IS "
        "DISTINCT FROM OLD.sent_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.sent_by AND "
        "(had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE "
        "EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END "
        "IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_send_back_hand BEFORE UPDATE ON send_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_send_back_hand()",
        "CREATE FUNCTION tr_send_back_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS "
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_send_back_moved BEFORE UPDATE ON send_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_send_back_moved()",
        "CREATE FUNCTION tr_money_back_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS "
        "(SELECT 1 FROM hand AS had WHERE had.user_id = NEW.registered_by AND (had.kind = 'repayment' AND "
        "had.thing_id = NEW.repayment_id AND had.hand IN ('submitted', 'accepted', 'delivered', 'registered') OR "
        "had.case_id = (SELECT r.case_id FROM repayment AS r WHERE r.id = NEW.repayment_id) AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_money_back_born_hand BEFORE INSERT ON money_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_money_back_born_hand()",
        "CREATE FUNCTION tr_money_back_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.registered_by "
        "IS DISTINCT FROM OLD.registered_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = "
        "NEW.registered_by AND (had.kind = 'repayment' AND had.thing_id = NEW.repayment_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'registered') OR had.case_id = (SELECT r.case_id FROM repayment "
        "AS r WHERE r.id = NEW.repayment_id) AND had.hand IN ('submitted', 'accepted', 'delivered')))) THEN "
        "RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_money_back_hand BEFORE UPDATE ON money_back FOR EACH ROW EXECUTE FUNCTION "
        "tr_money_back_hand()",
    ],
}


def downgrade() -> None:
    """Only forward: what is told is not untold."""
    raise NotImplementedError
