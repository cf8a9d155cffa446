"""confirmed after us: a number that the recipient's own people gave is not as good when another of them confirms it

The signer's confirmation stands for the call-back only where one of us typed the number.
"""

from alembic import op

revision = "0018_confirmed_after_us"
down_revision = "0017_rejected_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The trigger anew."""
    for statement in _TRIGGER[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGER = {
    "sqlite": [
        "DROP TRIGGER tr_payable_known_number",
        "CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.list_id IS "
        "NOT NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = "
        "NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR used.controlled_at > "
        "used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = "
        "used.party_id AND same.account_no = used.account_no AND same.controlled_at IS NOT NULL) OR "
        "(NEW.claim_id IS NOT NULL AND used.confirmed_by <> used.registered_by AND EXISTS (SELECT 1 FROM "
        "user_role AS ours WHERE ours.user_id = used.registered_by) AND NOT EXISTS (SELECT 1 FROM "
        "user_membership AS theirs WHERE theirs.user_id = used.registered_by AND theirs.party_id = "
        "used.party_id)) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON "
        "paid.account_id = same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no "
        "AND paid.status = 'paid')))) BEGIN SELECT RAISE(ABORT, 'an account nobody has controlled'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION tr_payable_known_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF (NEW.list_id IS NOT NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS "
        "used WHERE used.id = NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR "
        "used.controlled_at > used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE "
        "same.party_id = used.party_id AND same.account_no = used.account_no AND same.controlled_at IS NOT "
        "NULL) OR (NEW.claim_id IS NOT NULL AND used.confirmed_by <> used.registered_by AND EXISTS (SELECT 1 "
        "FROM user_role AS ours WHERE ours.user_id = used.registered_by) AND NOT EXISTS (SELECT 1 FROM "
        "user_membership AS theirs WHERE theirs.user_id = used.registered_by AND theirs.party_id = "
        "used.party_id)) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON "
        "paid.account_id = same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no "
        "AND paid.status = 'paid')))) THEN RAISE EXCEPTION 'an account nobody has controlled' USING ERRCODE "
        "= 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    ],
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
