"""another person at the bank: who told the outcome of a payment, and who looked at a rejection after them

The outcome had no column of its own. In old rows the one who handed over stands for it, and the one who approved for the
second look at a cancelled rejection: people whom the CHECKs already kept apart. The record still says who pressed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_another_person_at_the_bank"
down_revision = "0004_sessions"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHECKS = {
    "settled_paired": "(settled_by IS NULL) = (settled_at IS NULL)",
    "checked_paired": "(checked_by IS NULL) = (checked_at IS NULL)",
    "settled_by_another": "settled_by IS NULL OR (settled_by <> attested_by AND settled_by <> approved_by)",
    "checked_by_another": "checked_by IS NULL OR settled_by IS NULL OR checked_by <> settled_by",
    "settled_told": "status NOT IN ('paid', 'rejected') OR settled_at IS NOT NULL",
    "rejection_checked": "status <> 'cancelled' OR list_id IS NULL OR checked_at IS NOT NULL",
}
_CONTROL = (
    "controlled_by IS NULL OR (controlled_by <> registered_by"
    " AND (confirmed_by IS NULL OR controlled_by <> confirmed_by))"
)


def upgrade() -> None:
    """Columns, what old rows say, the CHECKs; then the hand that fixed each sum, and the wider table of hands."""
    for column in ("settled", "checked"):
        op.add_column("payable", sa.Column(f"{column}_by", _KEY, nullable=True))
        op.add_column("payable", sa.Column(f"{column}_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("payable", sa.Column("check_note", sa.Text(), server_default="", nullable=False))
    op.execute(
        "UPDATE payable SET settled_by = authorised_by, settled_at = authorised_at"
        " WHERE status IN ('paid', 'rejected') OR (status = 'cancelled' AND list_id IS NOT NULL)"
    )
    op.execute(
        "UPDATE payable SET checked_by = approved_by, checked_at = approved_at"
        " WHERE status = 'cancelled' AND list_id IS NOT NULL"
    )
    with op.batch_alter_table("payable") as batch:
        for column in ("settled", "checked"):
            batch.create_foreign_key(op.f(f"fk_payable_{column}_by"), "user_account", [f"{column}_by"], ["id"])
        for name, text in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_payable_{name}"), text)
    with op.batch_alter_table("bank_account") as batch:
        batch.drop_constraint(op.f("ck_bank_account_control_by_another"), type_="check")
        batch.create_check_constraint(op.f("ck_bank_account_control_by_another"), _CONTROL)
    _decided()
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _decided() -> None:
    """Who fixed the sum of a payment; one who has attested it already keeps that hand alone."""
    for source in (
        "SELECT 'payable', p.id, 'decided', c.decided_by, p.made_at FROM payable p JOIN case_file c ON c.id = p.case_id"
        " WHERE p.instalment_id IS NOT NULL AND c.decided_by IS NOT NULL AND NOT {attested}",
        "SELECT 'payable', p.id, 'decided', c.reviewed_by, p.made_at FROM payable p JOIN claim c ON c.id = p.claim_id"
        " WHERE c.reviewed_by IS NOT NULL AND NOT {attested}",
    ):
        person = "c.reviewed_by" if "claim" in source else "c.decided_by"
        attested = (
            "EXISTS (SELECT 1 FROM hand h WHERE h.kind = 'payable' AND h.thing_id = p.id"
            f" AND h.hand = 'attested' AND h.user_id = {person})"
        )
        op.execute(f"INSERT INTO hand (kind, thing_id, hand, user_id, at) {source.format(attested=attested)}")


# The table made anew lost its own on SQLite; the hands' trigger knows two more hands.
_TRIGGERS = {
    'sqlite': [
        "CREATE TRIGGER tr_payable_update BEFORE UPDATE ON payable FOR EACH ROW WHEN ((OLD.status IN ('sent', 'paid')) AND (OLD.amount_ore IS NOT NEW.amount_ore OR OLD.account_id IS NOT NEW.account_id OR OLD.party_id IS NOT NEW.party_id OR OLD.list_id IS NOT NEW.list_id OR OLD.instalment_id IS NOT NEW.instalment_id OR OLD.claim_id IS NOT NEW.claim_id OR OLD.attested_by IS NOT NEW.attested_by OR OLD.approved_by IS NOT NEW.approved_by OR OLD.authorised_by IS NOT NEW.authorised_by)) BEGIN SELECT RAISE(ABORT, 'payable is settled'); END",
        "CREATE TRIGGER tr_payable_delete BEFORE DELETE ON payable FOR EACH ROW WHEN (OLD.status IN ('sent', 'paid')) BEGIN SELECT RAISE(ABORT, 'payable is settled'); END",
        'DROP TRIGGER tr_hand_insert',
        "CREATE TRIGGER tr_hand_insert BEFORE INSERT ON hand FOR EACH ROW WHEN EXISTS (SELECT 1 FROM hand AS had WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN ('decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('stopped')) OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'typed' AND had.hand IN ('controlled')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN ('attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN ('settled')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same person'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION tr_hand_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM hand AS had WHERE had.kind = NEW.kind AND had.thing_id = NEW.thing_id AND had.user_id = NEW.user_id AND ((NEW.kind = 'rules' AND NEW.hand = 'drafted' AND had.hand IN ('approved')) OR (NEW.kind = 'rules' AND NEW.hand = 'approved' AND had.hand IN ('drafted')) OR (NEW.kind = 'case' AND NEW.hand = 'assessed' AND had.hand IN ('decided')) OR (NEW.kind = 'case' AND NEW.hand = 'recommended' AND had.hand IN ('decided')) OR (NEW.kind = 'case' AND NEW.hand = 'decided' AND had.hand IN ('assessed', 'recommended')) OR (NEW.kind = 'award' AND NEW.hand = 'resumed' AND had.hand IN ('stopped')) OR (NEW.kind = 'claim' AND NEW.hand = 'submitted' AND had.hand IN ('confirmed', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'confirmed' AND had.hand IN ('submitted', 'reviewed')) OR (NEW.kind = 'claim' AND NEW.hand = 'reviewed' AND had.hand IN ('submitted', 'confirmed')) OR (NEW.kind = 'account' AND NEW.hand = 'typed' AND had.hand IN ('controlled')) OR (NEW.kind = 'account' AND NEW.hand = 'controlled' AND had.hand IN ('typed')) OR (NEW.kind = 'payable' AND NEW.hand = 'decided' AND had.hand IN ('attested')) OR (NEW.kind = 'payable' AND NEW.hand = 'attested' AND had.hand IN ('decided', 'approved', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'approved' AND had.hand IN ('attested', 'handed_over', 'settled')) OR (NEW.kind = 'payable' AND NEW.hand = 'handed_over' AND had.hand IN ('attested', 'approved')) OR (NEW.kind = 'payable' AND NEW.hand = 'settled' AND had.hand IN ('attested', 'approved', 'checked')) OR (NEW.kind = 'payable' AND NEW.hand = 'checked' AND had.hand IN ('settled')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    ],
}
