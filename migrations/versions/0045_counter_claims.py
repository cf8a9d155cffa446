"""counter-claims: what was approved of a claim is taken back by units, and becomes a debt like any other

Revision: 0045, after 0044_gp_terms
"""

import sqlalchemy as sa
from alembic import op

revision = "0045_counter_claims"
down_revision = "0044_gp_terms"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_SETTLED = ("amount_ore", "case_id", "party_id", "frame_id", "reference", "reason", "ref", "registered_by", "confirmed_by")


def upgrade() -> None:
    """The tables and columns; SQLite makes the tables of claims anew for their checks, so triggers are kept aside."""
    bound = op.get_bind()
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('claim', 'claim_line')")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table("claim") as batch:
        batch.add_column(sa.Column("reversed_ore", KEY, nullable=False, server_default="0"))
        batch.create_check_constraint(
            op.f("ck_claim_reversed_within_approved"), "reversed_ore BETWEEN 0 AND COALESCE(approved_ore, 0)"
        )
    with op.batch_alter_table("claim_line") as batch:
        batch.add_column(sa.Column("reversed_units", KEY, nullable=False, server_default="0"))
        batch.create_check_constraint(
            op.f("ck_claim_line_reversed_within_paid"), "reversed_units BETWEEN 0 AND paid_units"
        )
    for _, statement in kept:
        bound.exec_driver_sql(statement)
    op.drop_index("ix_claim_figures", "claim")
    figures = ["from_on", "area_id", "status", "claimed_ore", "approved_ore", "reversed_ore"]
    op.create_index("ix_claim_figures", "claim", figures)
    op.add_column("repayment", sa.Column("ref", sa.Text(), nullable=True))
    waits = sa.text("status = 'registered'")
    op.create_index(
        "uq_repayment_ref_open", "repayment", ["ref"], unique=True, sqlite_where=waits, postgresql_where=waits
    )
    _tables()
    later = _later(bound)
    for statement in _TRIGGERS[bound.dialect.name]:
        op.execute(statement)
    for statement in later:
        bound.exec_driver_sql(statement)


def _later(bound: sa.Connection) -> list[str]:
    """SQLite asks the newest trigger first: the others of repayments are hung anew, so that the hands are asked first."""
    if bound.dialect.name != "sqlite":
        return []
    of = sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'repayment'"
        " AND name NOT IN ('tr_repayment_update', 'tr_repayment_delete') ORDER BY rowid"
    )
    rows = bound.execute(of).all()
    for name, _ in rows:
        op.execute(f"DROP TRIGGER {name}")
    return [statement for _, statement in rows]


def _tables() -> None:
    op.create_table(
        "counter_claim",
        sa.Column("repayment_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("amount_ore", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("repayment_id", name=op.f("pk_counter_claim")),
        sa.ForeignKeyConstraint(["repayment_id"], ["repayment.id"], name=op.f("fk_counter_claim_repayment_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_counter_claim_claim_id")),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_counter_claim_amount_positive")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_counter_claim_reason_told")),
    )
    op.create_index("ix_counter_claim_claim", "counter_claim", ["claim_id", "confirmed_at"])
    op.create_table(
        "counter_claim_line",
        sa.Column("repayment_id", KEY, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("units", KEY, nullable=False),
        sa.Column("unit_price_ore", KEY, nullable=False),
        sa.Column("amount_ore", KEY, nullable=False),
        sa.PrimaryKeyConstraint("repayment_id", "code", name=op.f("pk_counter_claim_line")),
        sa.ForeignKeyConstraint(
            ["repayment_id"], ["counter_claim.repayment_id"], name=op.f("fk_counter_claim_line_repayment_id")
        ),
        sa.CheckConstraint("units > 0", name=op.f("ck_counter_claim_line_units_positive")),
        sa.CheckConstraint("amount_ore = units * unit_price_ore", name=op.f("ck_counter_claim_line_amount_adds_up")),
    )


def _changed(columns: tuple[str, ...], word: str) -> str:
    return " OR ".join(f"OLD.{column} {word} NEW.{column}" for column in columns)


def _lite(name: str, table: str, act: str, when: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _function(name: str, message: str, back: str = "NEW") -> str:
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN {back}; END $$"


def _hung(name: str, table: str, act: str, when: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"


_KEPT = ("repayment_id", "claim_id", "amount_ore", "reason")
_ONCE = "a counter-claim is confirmed once"
_RAISED = f"RAISE EXCEPTION '{_ONCE}' USING ERRCODE = 'integrity_constraint_violation'"
_APPEND, _IS_SETTLED = "counter_claim_line is append-only", "counter_claim is settled"
_TRIGGERS = {
    "sqlite": (
        "DROP TRIGGER tr_repayment_update",
        _lite(
            "tr_repayment_update",
            "repayment",
            "UPDATE",
            f"WHEN ((OLD.status <> 'registered') AND ({_changed(_SETTLED, 'IS NOT')}))",
            "repayment is settled",
        ),
        _lite(
            "tr_counter_claim_update",
            "counter_claim",
            "UPDATE",
            f"WHEN ((OLD.repayment_id > 0) AND ({_changed(_KEPT, 'IS NOT')}))",
            _IS_SETTLED,
        ),
        _lite("tr_counter_claim_delete", "counter_claim", "DELETE", "WHEN (OLD.repayment_id > 0)", _IS_SETTLED),
        _lite("tr_counter_claim_once", "counter_claim", "UPDATE", "WHEN (OLD.confirmed_at IS NOT NULL)", _ONCE),
        _lite("tr_counter_claim_line_update", "counter_claim_line", "UPDATE", "", _APPEND),
        _lite("tr_counter_claim_line_delete", "counter_claim_line", "DELETE", "", _APPEND),
    ),
    "postgresql": (
        "DROP TRIGGER tr_repayment_update ON repayment",
        _hung(
            "tr_repayment_update",
            "repayment",
            "UPDATE",
            f"WHEN ((OLD.status <> 'registered') AND ({_changed(_SETTLED, 'IS DISTINCT FROM')}))",
        ),
        _function("tr_counter_claim_update", _IS_SETTLED),
        _hung(
            "tr_counter_claim_update",
            "counter_claim",
            "UPDATE",
            f"WHEN ((OLD.repayment_id > 0) AND ({_changed(_KEPT, 'IS DISTINCT FROM')}))",
        ),
        _function("tr_counter_claim_delete", _IS_SETTLED, "OLD"),
        _hung("tr_counter_claim_delete", "counter_claim", "DELETE", "WHEN (OLD.repayment_id > 0)"),
        "CREATE FUNCTION tr_counter_claim_once() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF (OLD.confirmed_at IS NOT NULL) THEN {_RAISED}; END IF; RETURN NEW; END $$",
        _hung("tr_counter_claim_once", "counter_claim", "UPDATE", "").replace("ROW  ", "ROW "),
        _function("tr_counter_claim_line_update", _APPEND),
        _hung("tr_counter_claim_line_update", "counter_claim_line", "UPDATE", ""),
        _function("tr_counter_claim_line_delete", _APPEND, "OLD"),
        _hung("tr_counter_claim_line_delete", "counter_claim_line", "DELETE", ""),
    ),
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
