"""ready to pay: a basis knows whether a live payable pays it, so that what is left is found among the many that are paid

What a recipient was paid before, and to which number, is looked up by the recipient.

Revision: 0028, after 0027_signed_accounts
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_ready_to_pay"
down_revision = "0027_signed_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column, filled; the indexes; then what keeps it."""
    op.add_column("payment_basis", sa.Column("taken", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE payment_basis SET taken = TRUE WHERE EXISTS"
        " (SELECT 1 FROM payable WHERE payable.basis_id = payment_basis.id AND payable.status <> 'cancelled')"
    )
    op.create_index(
        "ix_payment_basis_ready",
        "payment_basis",
        ["id"],
        sqlite_where=sa.text("released_at IS NOT NULL AND taken = 0 AND stopped = 0 AND lapsed = 0"),
        postgresql_where=sa.text("released_at IS NOT NULL AND NOT taken AND NOT stopped AND NOT lapsed"),
    )
    op.create_index(
        "ix_payment_basis_left",
        "payment_basis",
        ["party_id", "case_id"],
        sqlite_where=sa.text("taken = 0 AND lapsed = 0"),
        postgresql_where=sa.text("NOT taken AND NOT lapsed"),
    )
    op.drop_index("ix_payment_basis_party", "payment_basis")
    op.create_index("ix_payment_basis_party", "payment_basis", ["party_id", "account_id"])
    op.drop_index("ix_hand_user_id", "hand")
    op.create_index("ix_hand_user", "hand", ["user_id", "hand", "case_id"])
    told = sa.text("answer <> 'impartial'")
    op.create_index(
        "ix_impartiality_told", "impartiality", ["user_id", "case_id"], sqlite_where=told, postgresql_where=told
    )
    op.create_index("ix_payable_basis", "payable", ["basis_id", "status"])
    op.create_index("ix_payable_party", "payable", ["party_id", "status", "account_id", "id"])
    op.create_index("ix_repayment_status", "repayment", ["status", "id"])
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {'sqlite': ["CREATE TRIGGER tr_payable_takes AFTER INSERT ON payable FOR EACH ROW WHEN (NEW.status <> 'cancelled') "
            'BEGIN UPDATE payment_basis SET taken = TRUE WHERE id = NEW.basis_id; END',
            'CREATE TRIGGER tr_payable_gives_up AFTER UPDATE OF status ON payable FOR EACH ROW WHEN ((NEW.status = '
            "'cancelled') <> (OLD.status = 'cancelled')) BEGIN UPDATE payment_basis SET taken = (NEW.status <> "
            "'cancelled') WHERE id = NEW.basis_id; END"],
 'postgresql': ['CREATE FUNCTION tr_payable_takes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE '
                'payment_basis SET taken = TRUE WHERE id = NEW.basis_id; RETURN NULL; END $$',
                'CREATE TRIGGER tr_payable_takes AFTER INSERT ON payable FOR EACH ROW WHEN (NEW.status <> '
                "'cancelled') EXECUTE FUNCTION tr_payable_takes()",
                'CREATE FUNCTION tr_payable_gives_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE '
                "payment_basis SET taken = (NEW.status <> 'cancelled') WHERE id = NEW.basis_id; RETURN NULL; END $$",
                'CREATE TRIGGER tr_payable_gives_up AFTER UPDATE OF status ON payable FOR EACH ROW WHEN ((NEW.status '
                "= 'cancelled') <> (OLD.status = 'cancelled')) EXECUTE FUNCTION tr_payable_gives_up()"]}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
