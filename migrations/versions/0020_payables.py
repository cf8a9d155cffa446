"""payables: what is to be paid stands in one table, whatever it comes of, and a payable pays one row of it

Filled from the instalments and from the claims that are approved. A live payable still stands once for each.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_payables"
down_revision = "0019_despite_the_scores"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PAYABLE = ("update", "delete", "known_number", "insert", "born_hand", "hand", "moved")
_DAY = {"sqlite": "strftime('%d.%m.%Y', {})", "postgresql": "to_char({}, 'DD.MM.YYYY')"}


def upgrade() -> None:
    """The table and its rows; then payables point at them, and away with the two columns they had instead."""
    dialect = op.get_bind().dialect.name
    _make()
    on = _DAY[dialect].format
    op.execute(_FROM_INSTALMENTS)
    op.execute(_FROM_CLAIMS.format(from_on=on("k.from_on"), to_on=on("k.to_on")))
    for name in _PAYABLE:
        op.execute(f"DROP TRIGGER tr_payable_{name}" + ("" if dialect == "sqlite" else " ON payable"))
        if dialect != "sqlite":
            op.execute(f"DROP FUNCTION tr_payable_{name}()")
    op.drop_index("uq_payable_instalment_live", "payable")
    op.drop_index("uq_payable_claim_live", "payable")
    op.add_column("payable", sa.Column("basis_id", KEY, nullable=True))
    op.execute(
        "UPDATE payable SET basis_id = (SELECT b.id FROM payment_basis b WHERE b.ref = CASE WHEN instalment_id IS NOT NULL"
        " THEN 'instalment:' || instalment_id ELSE 'claim:' || claim_id END)"
    )
    with op.batch_alter_table("payable") as batch:
        batch.drop_constraint(op.f("ck_payable_instalment_or_claim"), type_="check")
        batch.drop_constraint(op.f("fk_payable_instalment_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_payable_claim_id"), type_="foreignkey")
        batch.drop_column("instalment_id")
        batch.drop_column("claim_id")
        batch.alter_column("basis_id", existing_type=KEY, nullable=False)
        batch.create_foreign_key(op.f("fk_payable_basis_id"), "payment_basis", ["basis_id"], ["id"])
    live = sa.text("status <> 'cancelled'")
    op.create_index(
        "uq_payable_basis_live", "payable", ["basis_id"], unique=True, sqlite_where=live, postgresql_where=live
    )
    for statement in _TRIGGERS[dialect]:
        op.execute(sa.text(statement.replace(":", r"\:")))


def _make() -> None:
    op.create_table(
        "payment_basis",
        sa.Column("id", KEY, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("party_id", KEY, nullable=False),
        sa.Column("commitment_id", KEY, nullable=False),
        sa.Column("amount_ore", KEY, nullable=False),
        sa.Column("nr", KEY, nullable=False),
        sa.Column("of", KEY, nullable=False),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("letter_key", sa.Text(), nullable=True),
        sa.Column("promise_no", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("report", sa.String(length=40), nullable=True),
        sa.Column("accepted_by", KEY, nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        *(sa.CheckConstraint(text, name=op.f(f"ck_payment_basis_{name}")) for name, text in _CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_payment_basis_{column}"))
            for column, table in _POINTS_AT.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_basis")),
        sa.UniqueConstraint("ref", name=op.f("uq_payment_basis_ref")),
    )
    op.create_index("ix_payment_basis_case", "payment_basis", ["case_id", "id"])
    op.create_index("ix_payment_basis_commitment", "payment_basis", ["commitment_id"])
    op.create_index("ix_payment_basis_party", "payment_basis", ["party_id"])


_CHECKS = {
    "trigger_known": "trigger IN ('acceptance', 'date', 'report_approved')",
    "accepted_paired": "(accepted_by IS NULL) = (accepted_at IS NULL)",
    "amount_positive": "amount_ore > 0",
    "nr_within": "nr BETWEEN 1 AND of",
    "date_has_date": "(trigger = 'date') = (from_on IS NOT NULL)",
    "report_named": "(trigger = 'report_approved') = (report IS NOT NULL)",
    "accepted_with_account": "(accepted_at IS NULL) = (account_id IS NULL)",
    "accepted_first": "released_at IS NULL OR accepted_at IS NOT NULL",
    "lapsed_unaccepted": "NOT (lapsed AND accepted_at IS NOT NULL)",
}
_POINTS_AT = {
    "case_id": "case_file",
    "party_id": "party",
    "commitment_id": "ledger_entry",
    "decided_by": "user_account",
    "accepted_by": "user_account",
    "account_id": "bank_account",
}

_INTO = (
    "INSERT INTO payment_basis (ref, case_id, party_id, commitment_id, amount_ore, nr, of, decided_by, letter_key,"
    " promise_no, decision_no, text, agreed, trigger, from_on, report, accepted_by, accepted_at, account_id,"
    " released_at, stopped, lapsed) "
)
_FROM_INSTALMENTS = (
    _INTO + "SELECT 'instalment:' || i.id, a.case_id, a.party_id, l.id, i.amount_ore, i.nr, i.of, d.decided_by,"
    " 'decision:' || d.id, a.public_id, c.number || '-V' || d.id,"
    " substr('Tilskudd ' || upper(c.scheme_code) || ' ' || c.year || ' sak ' || c.number || ' rate ' || i.nr || '/' || i.of, 1, 140),"
    " FALSE, i.trigger, i.due_on, i.report, a.accepted_by, a.accepted_at, a.account_id,"
    " CASE WHEN a.accepted_at IS NULL THEN NULL WHEN i.report IS NULL THEN a.accepted_at ELSE"
    " (SELECT max(r.reviewed_at) FROM report r WHERE r.award_id = a.id AND r.kind = i.report AND r.status = 'approved')"
    " END, a.status = 'stopped', a.status = 'lapsed'"
    " FROM instalment i JOIN award a ON a.id = i.award_id JOIN decision d ON d.id = a.decision_id"
    " JOIN case_file c ON c.id = a.case_id"
    " JOIN ledger_entry l ON l.kind = 'commitment' AND l.ref = 'decision:' || d.id ORDER BY i.id"
)
_FROM_CLAIMS = (
    _INTO + "SELECT 'claim:' || k.id, k.case_id, k.party_id, l.id, k.approved_ore, 1, 1, k.reviewed_by, NULL,"
    " k.public_id, c.number || '-K' || k.id,"
    " substr('Kompensasjon ' || upper(c.scheme_code) || ' sak ' || c.number || ' ' || {from_on} || '-' || {to_on}, 1, 140),"
    " TRUE, 'acceptance', NULL, NULL, k.confirmed_by, k.confirmed_at, g.account_id, k.reviewed_at, FALSE, FALSE"
    " FROM claim k JOIN gp_agreement g ON g.id = k.agreement_id JOIN case_file c ON c.id = k.case_id"
    " JOIN ledger_entry l ON l.kind = 'commitment' AND l.ref = 'claim:' || k.id"
    " WHERE k.status IN ('approved', 'partly_approved', 'paid') ORDER BY k.id"
)

_TRIGGERS = {
    "sqlite": [
        'CREATE TRIGGER tr_payment_basis_update BEFORE UPDATE ON payment_basis FOR EACH ROW WHEN ((OLD.id > 0) '
        'AND (OLD.ref IS NOT NEW.ref OR OLD.case_id IS NOT NEW.case_id OR OLD.party_id IS NOT NEW.party_id OR '
        'OLD.commitment_id IS NOT NEW.commitment_id OR OLD.amount_ore IS NOT NEW.amount_ore OR OLD.nr IS NOT '
        'NEW.nr OR OLD.of IS NOT NEW.of OR OLD.decided_by IS NOT NEW.decided_by OR OLD.letter_key IS NOT '
        "NEW.letter_key OR OLD.agreed IS NOT NEW.agreed)) BEGIN SELECT RAISE(ABORT, 'payment_basis is settled'); "
        'END',
        'CREATE TRIGGER tr_payment_basis_delete BEFORE DELETE ON payment_basis FOR EACH ROW WHEN (OLD.id > 0) '
        "BEGIN SELECT RAISE(ABORT, 'payment_basis is settled'); END",
        "CREATE TRIGGER tr_payable_update BEFORE UPDATE ON payable FOR EACH ROW WHEN ((OLD.status IN ('sent', "
        "'paid')) AND (OLD.amount_ore IS NOT NEW.amount_ore OR OLD.account_id IS NOT NEW.account_id OR "
        'OLD.party_id IS NOT NEW.party_id OR OLD.list_id IS NOT NEW.list_id OR OLD.basis_id IS NOT NEW.basis_id '
        'OR OLD.attested_by IS NOT NEW.attested_by OR OLD.approved_by IS NOT NEW.approved_by OR OLD.authorised_by'
        " IS NOT NEW.authorised_by)) BEGIN SELECT RAISE(ABORT, 'payable is settled'); END",
        "CREATE TRIGGER tr_payable_delete BEFORE DELETE ON payable FOR EACH ROW WHEN (OLD.status IN ('sent', "
        "'paid')) BEGIN SELECT RAISE(ABORT, 'payable is settled'); END",
        'CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.list_id IS NOT '
        'NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = '
        'NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR used.controlled_at > '
        'used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = used.party_id '
        'AND same.account_no = used.account_no AND same.controlled_at IS NOT NULL) OR (EXISTS (SELECT 1 FROM '
        'payment_basis AS basis WHERE basis.id = NEW.basis_id AND basis.agreed) AND used.confirmed_by <> '
        'used.registered_by AND EXISTS (SELECT 1 FROM user_role AS ours WHERE ours.user_id = used.registered_by) '
        'AND NOT EXISTS (SELECT 1 FROM user_membership AS theirs WHERE theirs.user_id = used.registered_by AND '
        'theirs.party_id = used.party_id)) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON '
        'paid.account_id = same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no AND '
        "paid.status = 'paid')))) BEGIN SELECT RAISE(ABORT, 'an account nobody has controlled'); END",
        'CREATE TRIGGER tr_payable_insert BEFORE INSERT ON payable FOR EACH ROW WHEN (NEW.list_id IS NOT NULL) '
        "BEGIN SELECT RAISE(ABORT, 'a payable is made off any list'); END",
        'CREATE TRIGGER tr_payable_as_basis BEFORE INSERT ON payable FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM '
        'payment_basis AS basis WHERE basis.id = NEW.basis_id AND basis.amount_ore = NEW.amount_ore AND '
        'basis.case_id = NEW.case_id AND basis.party_id = NEW.party_id AND basis.accepted_at IS NOT NULL) BEGIN '
        "SELECT RAISE(ABORT, 'a payable is what its basis says'); END",
        'CREATE TRIGGER tr_payable_born_hand BEFORE INSERT ON payable FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM '
        "hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', 'settled') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1"
        " FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1"
        " FROM hand AS had WHERE had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR had.case_id = "
        "NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1 FROM hand AS "
        "had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id AND had.hand IN "
        "('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an opposing hand of the same "
        "person'); END",
        'CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW WHEN (NEW.attested_by IS NOT '
        'OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind '
        "= 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided', "
        "'approved', 'handed_over', 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) OR (NEW.approved_by IS NOT OLD.approved_by AND EXISTS (SELECT 1 FROM hand AS"
        " had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', 'settled') OR had.case_id "
        "= NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.authorised_by IS NOT "
        'OLD.authorised_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND '
        "(had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', "
        "'attested', 'approved') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', "
        "'delivered')))) OR (NEW.settled_by IS NOT OLD.settled_by AND EXISTS (SELECT 1 FROM hand AS had WHERE "
        "had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR had.case_id = NEW.case_id "
        "AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (NEW.checked_by IS NOT OLD.checked_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id ="
        " NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) BEGIN SELECT RAISE(ABORT, 'an "
        "opposing hand of the same person'); END",
        'CREATE TRIGGER tr_payable_moved BEFORE UPDATE ON payable FOR EACH ROW WHEN NEW.case_id IS NOT '
        "OLD.case_id BEGIN SELECT RAISE(ABORT, 'a thing stays on its case'); END",
    ],
    "postgresql": [
        'CREATE FUNCTION tr_payment_basis_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '
        "'payment_basis is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payment_basis_update BEFORE UPDATE ON payment_basis FOR EACH ROW WHEN ((OLD.id > 0) '
        'AND (OLD.ref IS DISTINCT FROM NEW.ref OR OLD.case_id IS DISTINCT FROM NEW.case_id OR OLD.party_id IS '
        'DISTINCT FROM NEW.party_id OR OLD.commitment_id IS DISTINCT FROM NEW.commitment_id OR OLD.amount_ore IS '
        'DISTINCT FROM NEW.amount_ore OR OLD.nr IS DISTINCT FROM NEW.nr OR OLD.of IS DISTINCT FROM NEW.of OR '
        'OLD.decided_by IS DISTINCT FROM NEW.decided_by OR OLD.letter_key IS DISTINCT FROM NEW.letter_key OR '
        'OLD.agreed IS DISTINCT FROM NEW.agreed)) EXECUTE FUNCTION tr_payment_basis_update()',
        'CREATE FUNCTION tr_payment_basis_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '
        "'payment_basis is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$",
        'CREATE TRIGGER tr_payment_basis_delete BEFORE DELETE ON payment_basis FOR EACH ROW WHEN (OLD.id > 0) '
        'EXECUTE FUNCTION tr_payment_basis_delete()',
        'CREATE FUNCTION tr_payable_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '
        "'payable is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_update BEFORE UPDATE ON payable FOR EACH ROW WHEN ((OLD.status IN ('sent', "
        "'paid')) AND (OLD.amount_ore IS DISTINCT FROM NEW.amount_ore OR OLD.account_id IS DISTINCT FROM "
        'NEW.account_id OR OLD.party_id IS DISTINCT FROM NEW.party_id OR OLD.list_id IS DISTINCT FROM NEW.list_id'
        ' OR OLD.basis_id IS DISTINCT FROM NEW.basis_id OR OLD.attested_by IS DISTINCT FROM NEW.attested_by OR '
        'OLD.approved_by IS DISTINCT FROM NEW.approved_by OR OLD.authorised_by IS DISTINCT FROM '
        'NEW.authorised_by)) EXECUTE FUNCTION tr_payable_update()',
        'CREATE FUNCTION tr_payable_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '
        "'payable is settled' USING ERRCODE = 'integrity_constraint_violation'; RETURN OLD; END $$",
        "CREATE TRIGGER tr_payable_delete BEFORE DELETE ON payable FOR EACH ROW WHEN (OLD.status IN ('sent', "
        "'paid')) EXECUTE FUNCTION tr_payable_delete()",
        'CREATE FUNCTION tr_payable_known_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.list_id '
        'IS NOT NULL AND OLD.list_id IS NULL AND NOT EXISTS (SELECT 1 FROM bank_account AS used WHERE used.id = '
        'NEW.account_id AND used.closed_at IS NULL AND (used.rejected_at IS NULL OR used.controlled_at > '
        'used.rejected_at) AND (EXISTS (SELECT 1 FROM bank_account AS same WHERE same.party_id = used.party_id '
        'AND same.account_no = used.account_no AND same.controlled_at IS NOT NULL) OR (EXISTS (SELECT 1 FROM '
        'payment_basis AS basis WHERE basis.id = NEW.basis_id AND basis.agreed) AND used.confirmed_by <> '
        'used.registered_by AND EXISTS (SELECT 1 FROM user_role AS ours WHERE ours.user_id = used.registered_by) '
        'AND NOT EXISTS (SELECT 1 FROM user_membership AS theirs WHERE theirs.user_id = used.registered_by AND '
        'theirs.party_id = used.party_id)) OR EXISTS (SELECT 1 FROM bank_account AS same JOIN payable AS paid ON '
        'paid.account_id = same.id WHERE same.party_id = used.party_id AND same.account_no = used.account_no AND '
        "paid.status = 'paid')))) THEN RAISE EXCEPTION 'an account nobody has controlled' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payable_known_number BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION '
        'tr_payable_known_number()',
        'CREATE FUNCTION tr_payable_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.list_id IS NOT '
        "NULL) THEN RAISE EXCEPTION 'a payable is made off any list' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payable_insert BEFORE INSERT ON payable FOR EACH ROW EXECUTE FUNCTION '
        'tr_payable_insert()',
        'CREATE FUNCTION tr_payable_as_basis() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT'
        ' 1 FROM payment_basis AS basis WHERE basis.id = NEW.basis_id AND basis.amount_ore = NEW.amount_ore AND '
        'basis.case_id = NEW.case_id AND basis.party_id = NEW.party_id AND basis.accepted_at IS NOT NULL) THEN '
        "RAISE EXCEPTION 'a payable is what its basis says' USING ERRCODE = 'integrity_constraint_violation'; END"
        ' IF; RETURN NEW; END $$',
        'CREATE TRIGGER tr_payable_as_basis BEFORE INSERT ON payable FOR EACH ROW EXECUTE FUNCTION '
        'tr_payable_as_basis()',
        'CREATE FUNCTION tr_payable_born_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (EXISTS (SELECT 1'
        " FROM hand AS had WHERE had.user_id = NEW.attested_by AND (had.kind = 'payable' AND had.thing_id = "
        "NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'decided', 'approved', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        "(EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1"
        " FROM hand AS had WHERE had.user_id = NEW.settled_by AND (had.kind = 'payable' AND had.thing_id = NEW.id"
        " AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', 'checked') OR "
        "had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR (EXISTS (SELECT 1"
        " FROM hand AS had WHERE had.user_id = NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = NEW.id"
        " AND had.hand IN ('submitted', 'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id AND "
        "had.hand IN ('submitted', 'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same"
        " person' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payable_born_hand BEFORE INSERT ON payable FOR EACH ROW EXECUTE FUNCTION '
        'tr_payable_born_hand()',
        'CREATE FUNCTION tr_payable_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (NEW.attested_by IS '
        'DISTINCT FROM OLD.attested_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.attested_by '
        "AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', "
        "'delivered', 'decided', 'approved', 'handed_over', 'settled') OR had.case_id = NEW.case_id AND had.hand "
        "IN ('submitted', 'accepted', 'delivered')))) OR (NEW.approved_by IS DISTINCT FROM OLD.approved_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.approved_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'handed_over', "
        "'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        '(NEW.authorised_by IS DISTINCT FROM OLD.authorised_by AND EXISTS (SELECT 1 FROM hand AS had WHERE '
        "had.user_id = NEW.authorised_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN "
        "('submitted', 'accepted', 'delivered', 'attested', 'approved') OR had.case_id = NEW.case_id AND had.hand"
        " IN ('submitted', 'accepted', 'delivered')))) OR (NEW.settled_by IS DISTINCT FROM OLD.settled_by AND "
        "EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id = NEW.settled_by AND (had.kind = 'payable' AND "
        "had.thing_id = NEW.id AND had.hand IN ('submitted', 'accepted', 'delivered', 'attested', 'approved', "
        "'checked') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', 'accepted', 'delivered')))) OR "
        '(NEW.checked_by IS DISTINCT FROM OLD.checked_by AND EXISTS (SELECT 1 FROM hand AS had WHERE had.user_id '
        "= NEW.checked_by AND (had.kind = 'payable' AND had.thing_id = NEW.id AND had.hand IN ('submitted', "
        "'accepted', 'delivered', 'settled') OR had.case_id = NEW.case_id AND had.hand IN ('submitted', "
        "'accepted', 'delivered')))) THEN RAISE EXCEPTION 'an opposing hand of the same person' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payable_hand BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION tr_payable_hand()',
        'CREATE FUNCTION tr_payable_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_id IS '
        "DISTINCT FROM OLD.case_id THEN RAISE EXCEPTION 'a thing stays on its case' USING ERRCODE = "
        "'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        'CREATE TRIGGER tr_payable_moved BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION '
        'tr_payable_moved()',
    ],
}


def downgrade() -> None:
    """Only forward: what is told is not untold."""
    raise NotImplementedError
