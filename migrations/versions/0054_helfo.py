"""helfo: what is told to Helfo to pay, each claim in one file, and what Helfo has paid of it

Revision: 0054, after 0053_taken_back_whole
"""

import sqlalchemy as sa
from alembic import op

revision = "0054_helfo"
down_revision = "0053_taken_back_whole"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """The three tables, and that a claim is paid in one place."""
    op.create_table(
        "helfo_export",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("year", KEY, nullable=False),
        sa.Column("claims", KEY, nullable=False),
        sa.Column("sum_ore", KEY, nullable=False),
        sa.Column("control", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helfo_export")),
        sa.UniqueConstraint("number", name=op.f("uq_helfo_export_number")),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_helfo_export_sha256")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_helfo_export_made_by")),
        sa.CheckConstraint("claims > 0 AND sum_ore > 0", name=op.f("ck_helfo_export_has_claims")),
    )
    op.create_index("ix_helfo_export_year", "helfo_export", ["year", "id"])
    op.create_table(
        "helfo_payment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("export_id", KEY, nullable=False),
        sa.Column("claims", KEY, nullable=False),
        sa.Column("sum_ore", KEY, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("registered_by", KEY, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helfo_payment")),
        sa.ForeignKeyConstraint(["export_id"], ["helfo_export.id"], name=op.f("fk_helfo_payment_export_id")),
        sa.ForeignKeyConstraint(["registered_by"], ["user_account.id"], name=op.f("fk_helfo_payment_registered_by")),
        sa.CheckConstraint("claims > 0 AND sum_ore > 0", name=op.f("ck_helfo_payment_has_claims")),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_helfo_payment_reference_told")),
    )
    op.create_index("ix_helfo_payment_export", "helfo_payment", ["export_id", "id"])
    op.create_table(
        "helfo_claim",
        sa.Column("claim_id", KEY, autoincrement=False, nullable=False),
        sa.Column("export_id", KEY, nullable=False),
        sa.Column("amount_ore", KEY, nullable=False),
        sa.Column("payment_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_helfo_claim")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_helfo_claim_claim_id")),
        sa.ForeignKeyConstraint(["export_id"], ["helfo_export.id"], name=op.f("fk_helfo_claim_export_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["helfo_payment.id"], name=op.f("fk_helfo_claim_payment_id")),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_helfo_claim_amount_positive")),
    )
    op.create_index("ix_helfo_claim_export", "helfo_claim", ["export_id", "claim_id"])
    for statement in _triggers(op.get_bind().dialect.name):
        op.execute(statement)


def _triggers(dialect: str) -> list[str]:
    word = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {word} NEW.{column}" for column in ("claim_id", "export_id", "amount_ore"))
    guards = [
        (table, act, "", f"{table} is append-only")
        for table in ("helfo_export", "helfo_payment")
        for act in ("UPDATE", "DELETE")
    ]
    guards += [
        ("helfo_claim", "UPDATE", f"WHEN ((OLD.claim_id > 0) AND ({changed}))", "helfo_claim is settled"),
        ("helfo_claim", "DELETE", "WHEN (OLD.claim_id > 0)", "helfo_claim is settled"),
    ]
    made = [text for each in guards for text in _guard(dialect, *each)]
    return made + [text for each in _REFUSED for text in _refused(dialect, *each)]


def _guard(dialect: str, table: str, act: str, when: str, message: str) -> list[str]:
    name, back = f"tr_{table}_{act.lower()}", "NEW" if act == "UPDATE" else "OLD"
    before = f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when}"
    if dialect == "sqlite":
        return [f"{before} BEGIN SELECT RAISE(ABORT, '{message}'); END"]
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN {back}; END $$",
        f"{before} EXECUTE FUNCTION {name}()",
    ]


def _refused(dialect: str, table: str, act: str, name: str, condition: str, message: str) -> list[str]:
    name, before = f"tr_{table}_{name}", f"BEFORE {act} ON {table} FOR EACH ROW"
    if dialect == "sqlite":
        return [f"CREATE TRIGGER {name} {before} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"]
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {condition} THEN {raised}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} {before} EXECUTE FUNCTION {name}()",
    ]


_REFUSED = (
    (
        "helfo_payment",
        "INSERT",
        "insert",
        "EXISTS (SELECT 1 FROM helfo_export AS e WHERE e.id = NEW.export_id AND e.made_by = NEW.registered_by)",
        "what Helfo has paid is registered by another than who made the file",
    ),
    ("helfo_claim", "UPDATE", "once", "(OLD.payment_id IS NOT NULL)", "what Helfo has paid stands"),
    (
        "helfo_claim",
        "INSERT",
        "insert",
        "EXISTS (SELECT 1 FROM payment_basis AS b WHERE b.ref = 'claim:' || NEW.claim_id)",
        "a claim that is paid here is not told to Helfo",
    ),
    (
        "payment_basis",
        "INSERT",
        "insert",
        "EXISTS (SELECT 1 FROM helfo_claim AS e WHERE e.claim_id ="
        " CASE WHEN NEW.ref LIKE 'claim:%' THEN CAST(substr(NEW.ref, 7) AS BIGINT) END)",
        "a claim that is told to Helfo is not paid here",
    ),
)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
