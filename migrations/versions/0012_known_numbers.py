"""known numbers: money goes on a list only to an account that was controlled, confirmed, or paid to before

Old lists stand as they are; the database asks from now on.
"""

from alembic import op

revision = "0012_known_numbers"
down_revision = "0010d_sent_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two triggers on payables."""
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.list_id IS NOT NULL AND"
        " OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = NEW.account_id AND"
        " (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = used.party_id AND same.account_no ="
        " used.account_no AND same.controlled_at IS NOT NULL) OR (NEW.claim_id IS NOT NULL AND used.confirmed_by <>"
        " used.registered_by) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON paid.account_id ="
        " same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no AND paid.status = 'paid'))))"
        " BEGIN SELECT RAISE(ABORT, 'an account nobody has controlled'); END",
        "CREATE TRIGGER tr_payable_insert BEFORE INSERT ON payable FOR EACH ROW WHEN (NEW.list_id IS NOT NULL) BEGIN"
        " SELECT RAISE(ABORT, 'a payable is made off any list'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION tr_payable_known_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.list_id IS NOT"
        " NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = NEW.account_id"
        " AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = used.party_id AND same.account_no ="
        " used.account_no AND same.controlled_at IS NOT NULL) OR (NEW.claim_id IS NOT NULL AND used.confirmed_by <>"
        " used.registered_by) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON paid.account_id ="
        " same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no AND paid.status = 'paid'))))"
        " THEN RAISE EXCEPTION 'an account nobody has controlled' USING ERRCODE = 'integrity_constraint_violation'; END"
        " IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION"
        " tr_payable_known_number()",
        "CREATE FUNCTION tr_payable_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.list_id IS NOT NULL)"
        " THEN RAISE EXCEPTION 'a payable is made off any list' USING ERRCODE = 'integrity_constraint_violation'; END"
        " IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_insert BEFORE INSERT ON payable FOR EACH ROW EXECUTE FUNCTION tr_payable_insert()",
    ],
}
