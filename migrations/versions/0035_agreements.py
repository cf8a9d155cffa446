"""agreements: an agreement has a life of its own, a GP a row, and an organisation may be closed

Revision: 0035, after 0034_claims_in_turn
"""

import sqlalchemy as sa
from alembic import op

revision = "0035_agreements"
down_revision = "0034_claims_in_turn"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The columns, filled; then what may never happen."""
    op.add_column("party", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        "gp",
        sa.Column("hpr_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hpr_no", name=op.f("pk_gp")),
    )
    op.execute("INSERT INTO gp (hpr_no, name) SELECT hpr_no, min(gp_name) FROM gp_agreement GROUP BY hpr_no")
    _columns()
    op.execute(
        "UPDATE gp_agreement SET employment = 'salaried' WHERE EXISTS (SELECT 1 FROM party_kind"
        " WHERE party_kind.party_id = gp_agreement.payee_id AND party_kind.kind = 'municipality')"
    )
    op.create_table(
        "gp_pause",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agreement_id", KEY, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("paused_by", KEY, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_by", KEY, nullable=True),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cause IN ('leave', 'substitute', 'other')", name=op.f("ck_gp_pause_cause_known")),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name=op.f("ck_gp_pause_dates_in_order")),
        sa.CheckConstraint("(paused_by IS NULL) = (paused_at IS NULL)", name=op.f("ck_gp_pause_paused_paired")),
        sa.CheckConstraint("(resumed_by IS NULL) = (resumed_at IS NULL)", name=op.f("ck_gp_pause_resumed_paired")),
        sa.CheckConstraint("(to_on IS NULL) = (resumed_at IS NULL)", name=op.f("ck_gp_pause_resumed_has_date")),
        sa.ForeignKeyConstraint(["agreement_id"], ["gp_agreement.id"], name=op.f("fk_gp_pause_agreement_id")),
        sa.ForeignKeyConstraint(["paused_by"], ["user_account.id"], name=op.f("fk_gp_pause_paused_by")),
        sa.ForeignKeyConstraint(["resumed_by"], ["user_account.id"], name=op.f("fk_gp_pause_resumed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gp_pause")),
    )
    op.create_index("ix_gp_pause_agreement", "gp_pause", ["agreement_id", "id"])
    still = sa.text("to_on IS NULL")
    op.create_index(
        "uq_gp_pause_open", "gp_pause", ["agreement_id"], unique=True, sqlite_where=still, postgresql_where=still
    )


def _columns() -> None:
    """SQLite makes the table anew; nothing hangs on it."""
    with op.batch_alter_table("gp_agreement") as batch:
        batch.alter_column("account_id", existing_type=KEY, nullable=True)
        batch.alter_column("signed_on", existing_type=sa.Date(), nullable=True)
        batch.add_column(
            sa.Column("employment", sa.String(length=40), nullable=False, server_default="self_employed")
        )
        batch.add_column(sa.Column("status", sa.String(length=40), nullable=False, server_default="active"))
        batch.add_column(sa.Column("version", KEY, nullable=False, server_default="1"))
        for name in ("registered", "signed", "answered"):
            batch.add_column(sa.Column(f"{name}_by", KEY, nullable=True))
        for name in ("signed", "answered"):
            batch.add_column(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("continues_id", KEY, nullable=True))
        batch.add_column(sa.Column("chain_id", KEY, nullable=True))
    with op.batch_alter_table("gp_agreement") as batch:
        for name in ("employment", "status", "version"):
            batch.alter_column(name, existing_type=KEY if name == "version" else sa.String(40), server_default=None)
        for name, text in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_gp_agreement_{name}"), text)
        batch.create_foreign_key(op.f("fk_gp_agreement_hpr_no"), "gp", ["hpr_no"], ["hpr_no"])
        for name in ("registered_by", "signed_by", "answered_by"):
            batch.create_foreign_key(op.f(f"fk_gp_agreement_{name}"), "user_account", [name], ["id"])
        for name in ("continues_id", "chain_id"):
            batch.create_foreign_key(op.f(f"fk_gp_agreement_{name}"), "gp_agreement", [name], ["id"])
    op.create_index("ix_gp_agreement_hpr", "gp_agreement", ["hpr_no", "from_on"])
    op.create_index("ix_gp_agreement_area", "gp_agreement", ["area_id", "status", "id"])
    op.create_index("ix_gp_agreement_status", "gp_agreement", ["status", "id"])
    op.create_index("ix_gp_agreement_chain", "gp_agreement", ["chain_id"])
    op.create_index("uq_gp_agreement_continues", "gp_agreement", ["continues_id"], unique=True)


_CHECKS = {
    "status_known": "status IN ('to_sign', 'applied', 'active', 'refused', 'paused', 'ended', 'moved')",
    "employment_known": "employment IN ('self_employed', 'salaried')",
    "signed_paired": "(signed_by IS NULL) = (signed_at IS NULL)",
    "answered_paired": "(answered_by IS NULL) = (answered_at IS NULL)",
    "signed_first": "status = 'to_sign' OR signed_on IS NOT NULL",
    "account_told": "status = 'to_sign' OR account_id IS NOT NULL",
    "ended_has_date": "(status IN ('ended', 'moved')) = (ended_on IS NOT NULL)",
    "ended_within": "ended_on IS NULL OR ended_on BETWEEN from_on AND to_on",
    "over_has_reason": "status NOT IN ('refused', 'ended', 'moved') OR reason <> ''",
    "refused_by_someone": "status <> 'refused' OR answered_at IS NOT NULL",
    "four_eyes": "answered_by IS NULL OR signed_by IS NULL OR answered_by <> signed_by",
    "chain_continues": "(chain_id IS NULL) = (continues_id IS NULL)",
    "counted_on_the_first": "chain_id IS NULL OR claimed_ore = 0",
}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
