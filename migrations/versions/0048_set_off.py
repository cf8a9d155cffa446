"""set off: a payee's debts are kept back of its next payment, line by line

Revision: 0048, after 0047_letters_of_many
"""

import sqlalchemy as sa
from alembic import op

revision = "0048_set_off"
down_revision = "0047_letters_of_many"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# With its check in the same breath: the tables have triggers that a table made anew would lose.
_ADDED = (
    ("payable", "set_off_ore", "set_off_within", "set_off_ore BETWEEN 0 AND amount_ore"),
    ("payout_list", "set_off_ore", "set_off_within", "set_off_ore BETWEEN 0 AND sum_ore"),
    ("repayment", "held_ore", "held_within_amount", "held_ore >= 0 AND back_ore + held_ore <= amount_ore"),
)
_STANDS = "what is set off stands on the list"
_WHEN = "(OLD.list_id IS NOT NULL AND NEW.set_off_ore IS DISTINCT FROM OLD.set_off_ore)"
_KEPT = ("payable_id", "repayment_id", "amount_ore", "made_at")
_MESSAGE = "set_off is settled"


def upgrade() -> None:
    """The columns, the table, and what may never change."""
    dialect = op.get_bind().dialect.name
    number = {"sqlite": "INTEGER", "postgresql": "BIGINT"}[dialect]
    for table, column, name, check in _ADDED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} {number} DEFAULT '0' NOT NULL"
            f" CONSTRAINT ck_{table}_{name} CHECK ({check})"
        )
    op.create_table(
        "set_off",
        sa.Column("id", KEY, nullable=False),
        sa.Column("payable_id", KEY, nullable=False),
        sa.Column("repayment_id", KEY, nullable=False),
        sa.Column("amount_ore", KEY, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("booked_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_off")),
        sa.ForeignKeyConstraint(["payable_id"], ["payable.id"], name=op.f("fk_set_off_payable_id")),
        sa.ForeignKeyConstraint(["repayment_id"], ["repayment.id"], name=op.f("fk_set_off_repayment_id")),
        sa.UniqueConstraint("payable_id", "repayment_id", name=op.f("uq_set_off_payable_id_repayment_id")),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_set_off_amount_positive")),
        sa.CheckConstraint("booked_at IS NULL OR undone_at IS NULL", name=op.f("ck_set_off_booked_or_undone")),
    )
    op.create_index("ix_set_off_repayment", "set_off", ["repayment_id"])
    for statement in _TRIGGERS[dialect]:
        op.execute(statement)


def _changed(word: str) -> str:
    return " OR ".join(f"OLD.{column} {word} NEW.{column}" for column in _KEPT)


def _raised(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"


_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER tr_payable_set_off BEFORE UPDATE ON payable FOR EACH ROW WHEN"
        f" {_WHEN.replace('IS DISTINCT FROM', 'IS NOT')} BEGIN SELECT RAISE(ABORT, '{_STANDS}'); END",
        f"CREATE TRIGGER tr_set_off_update BEFORE UPDATE ON set_off FOR EACH ROW WHEN ((OLD.id > 0) AND"
        f" ({_changed('IS NOT')})) BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
        "CREATE TRIGGER tr_set_off_delete BEFORE DELETE ON set_off FOR EACH ROW WHEN (OLD.id > 0)"
        f" BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION tr_payable_set_off() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {_WHEN} THEN {_raised(_STANDS)}; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER tr_payable_set_off BEFORE UPDATE ON payable FOR EACH ROW EXECUTE FUNCTION tr_payable_set_off()",
        "CREATE FUNCTION tr_set_off_update() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {_raised(_MESSAGE)}; RETURN NEW; END $$",
        "CREATE TRIGGER tr_set_off_update BEFORE UPDATE ON set_off FOR EACH ROW WHEN ((OLD.id > 0) AND"
        f" ({_changed('IS DISTINCT FROM')})) EXECUTE FUNCTION tr_set_off_update()",
        "CREATE FUNCTION tr_set_off_delete() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {_raised(_MESSAGE)}; RETURN OLD; END $$",
        "CREATE TRIGGER tr_set_off_delete BEFORE DELETE ON set_off FOR EACH ROW WHEN (OLD.id > 0)"
        " EXECUTE FUNCTION tr_set_off_delete()",
    ),
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
