"""in force: a rule version may hold from a day within its year, a claim has the rules of its own period, and a rule may
approve it in a person's place

Revision: 0033, after 0032_frame_changes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0033_in_force"
down_revision = "0032_frame_changes"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_HELD = ("by_hand", "own_host", "over_limit", "outlier", "cut", "sample", "late")
_OPEN = "status IN ('submitted', 'confirmed', 'awaiting_funds')"
_ONE = "(reviewed_at IS NULL AND ruled_at IS NOT NULL) OR (reviewed_at IS NOT NULL AND ruled_at IS NULL)"
_RULED = (
    "(ruled_at IS NULL AND rule IS NULL) OR (ruled_at IS NOT NULL AND rule IS NOT NULL AND finding IS NOT NULL"
    " AND held_for IS NULL AND approved_ore = claimed_ore AND status IN ('approved', 'paid'))"
)
_COLUMNS = ("content", "pot_id", "year", "number", "status", "in_force_on")
_GUARD = {
    "sqlite": (
        "DROP TRIGGER tr_rule_version_update",
        "CREATE TRIGGER tr_rule_version_update BEFORE UPDATE ON rule_version FOR EACH ROW WHEN"
        f" ((OLD.status = 'published') AND ({' OR '.join(f'OLD.{c} IS NOT NEW.{c}' for c in _COLUMNS)}))"
        " BEGIN SELECT RAISE(ABORT, 'rule_version is settled'); END",
    ),
    "postgresql": (
        "DROP TRIGGER tr_rule_version_update ON rule_version",
        "CREATE TRIGGER tr_rule_version_update BEFORE UPDATE ON rule_version FOR EACH ROW WHEN"
        f" ((OLD.status = 'published') AND ({' OR '.join(f'OLD.{c} IS DISTINCT FROM NEW.{c}' for c in _COLUMNS)}))"
        " EXECUTE FUNCTION tr_rule_version_update()",
    ),
}


def upgrade() -> None:
    """The columns, filled; SQLite makes the table of claims anew for them, so its triggers are kept aside."""
    bound = op.get_bind()
    op.add_column("rule_version", sa.Column("in_force_on", sa.Date(), nullable=True))
    for statement in _GUARD[bound.dialect.name]:
        op.execute(statement)
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claim'")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    op.add_column("claim", sa.Column("rule_version_id", KEY, nullable=True))
    op.execute("UPDATE claim SET rule_version_id = (SELECT rule_version_id FROM case_file WHERE id = claim.case_id)")
    with op.batch_alter_table("claim") as batch:
        batch.alter_column("rule_version_id", existing_type=KEY, nullable=False)
        batch.create_foreign_key(op.f("fk_claim_rule_version_id"), "rule_version", ["rule_version_id"], ["id"])
        batch.add_column(sa.Column("finding", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True))
        batch.add_column(sa.Column("held_for", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("rule", sa.Text(), nullable=True))
        batch.add_column(sa.Column("ruled_at", MOMENT, nullable=True))
        batch.drop_constraint(op.f("ck_claim_reviewed_told"), type_="check")
        batch.create_check_constraint(op.f("ck_claim_a_person_or_a_rule"), f"{_OPEN} OR {_ONE}")
        batch.create_check_constraint(op.f("ck_claim_rule_told"), _RULED)
        batch.create_check_constraint(op.f("ck_claim_held_has_finding"), "held_for IS NULL OR finding IS NOT NULL")
        batch.create_check_constraint(
            op.f("ck_claim_held_for_known"), f"held_for IN ({', '.join(repr(each) for each in _HELD)})"
        )
    new = sa.text("status = 'confirmed' AND finding IS NULL")
    op.create_index("ix_claim_uncontrolled", "claim", ["id"], sqlite_where=new, postgresql_where=new)
    for _, statement in kept:
        bound.exec_driver_sql(statement)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
