"""claims taken back: a claim nobody has confirmed may be withdrawn, and its period claimed anew

Revision: 0042, after 0041_imported
"""

import sqlalchemy as sa
from alembic import op

revision = "0042_claims_taken_back"
down_revision = "0041_imported"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("status <> 'refused' AND status <> 'withdrawn'")
_STATUSES = (
    "submitted", "confirmed", "approved", "partly_approved", "refused", "awaiting_funds", "paid", "withdrawn",
)  # fmt: skip
_CHECKS = {
    "status_known": f"status IN ({', '.join(repr(each) for each in _STATUSES)})",
    "a_person_or_a_rule": (
        "status IN ('submitted', 'confirmed', 'awaiting_funds', 'withdrawn') OR"
        " (reviewed_at IS NULL AND ruled_at IS NOT NULL) OR (reviewed_at IS NOT NULL AND ruled_at IS NULL)"
    ),
    "confirmed_first": "status IN ('submitted', 'withdrawn') OR confirmed_at IS NOT NULL",
}
_NEW = {
    "withdrawn_paired": "(withdrawn_by IS NULL) = (withdrawn_at IS NULL)",
    "withdrawn_unconfirmed": (
        "(status = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL OR confirmed_at IS NULL)"
    ),
}


def upgrade() -> None:
    """The columns and checks; SQLite makes the table anew for them, so its triggers are kept aside."""
    bound = op.get_bind()
    kept = []
    if bound.dialect.name == "sqlite":
        triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'claim'")
        kept = bound.execute(triggers).all()
        for name, _ in kept:
            op.execute(f"DROP TRIGGER {name}")
    for name in ("uq_claim_period_live", "ix_claim_newest"):
        op.drop_index(name, "claim")
    with op.batch_alter_table("claim") as batch:
        batch.add_column(sa.Column("withdrawn_by", KEY, nullable=True))
        batch.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_claim_withdrawn_by"), "user_account", ["withdrawn_by"], ["id"])
        for name in _CHECKS:
            batch.drop_constraint(op.f(f"ck_claim_{name}"), type_="check")
        for name, text in {**_CHECKS, **_NEW}.items():
            batch.create_check_constraint(op.f(f"ck_claim_{name}"), text)
    for name, columns in (
        ("uq_claim_period_live", ["agreement_id", "from_on", "to_on"]),
        ("ix_claim_newest", ["agreement_id", "submitted_at"]),
    ):
        unique = name.startswith("uq")
        op.create_index(name, "claim", columns, unique=unique, sqlite_where=STANDS, postgresql_where=STANDS)
    for _, statement in kept:
        bound.exec_driver_sql(statement)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
