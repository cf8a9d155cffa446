"""rejected numbers: an account the bank refused is controlled anew before money goes on a list to it, or a closed one

Filled from the rejections that were confirmed, unless a later payment to the same number went through.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_rejected_numbers"
down_revision = "0016_hands_both_ways"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column and its values, then the trigger anew."""
    op.add_column("bank_account", sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_FILL)
    for statement in _TRIGGER[op.get_bind().dialect.name]:
        op.execute(statement)


_REFUSED = (
    "FROM payable AS p JOIN bank_account AS used ON used.id = p.account_id WHERE used.party_id = bank_account.party_id"
    " AND used.account_no = bank_account.account_no"
)
_FILL = (
    f"UPDATE bank_account SET rejected_at = (SELECT max(p.checked_at) {_REFUSED} AND p.status = 'cancelled'"
    f" AND p.list_id IS NOT NULL AND p.checked_at > coalesce((SELECT max(p.settled_at) {_REFUSED}"
    " AND p.status = 'paid'), '1970-01-01 00:00:00+00:00'))"
)
_TRIGGER = {
    "sqlite": [
        "DROP TRIGGER tr_payable_known_number",
        "CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.list_id IS"
        " NOT NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id ="
        " NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR used.controlled_at >"
        " used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id ="
        " used.party_id AND same.account_no = used.account_no AND same.controlled_at IS NOT NULL) OR"
        " (NEW.claim_id IS NOT NULL AND used.confirmed_by <> used.registered_by) OR EXISTS (SELECT 1 FROM"
        " bank_account AS same JOIN payable AS paid ON paid.account_id = same.id WHERE same.party_id ="
        " used.party_id AND same.account_no = used.account_no AND paid.status = 'paid')))) BEGIN SELECT"
        " RAISE(ABORT, 'an account nobody has controlled'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION tr_payable_known_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF"
        " (NEW.list_id IS NOT NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used"
        " WHERE used.id = NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR"
        " used.controlled_at > used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE"
        " same.party_id = used.party_id AND same.account_no = used.account_no AND same.controlled_at IS NOT"
        " NULL) OR (NEW.claim_id IS NOT NULL AND used.confirmed_by <> used.registered_by) OR EXISTS (SELECT 1"
        " FROM bank_account AS same JOIN payable AS paid ON paid.account_id = same.id WHERE same.party_id ="
        " used.party_id AND same.account_no = used.account_no AND paid.status = 'paid')))) THEN RAISE"
        " EXCEPTION 'an account nobody has controlled' USING ERRCODE = 'integrity_constraint_violation'; END"
        " IF; RETURN NEW; END $$",
    ],
}
