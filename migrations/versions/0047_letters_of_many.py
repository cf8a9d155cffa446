"""letters of many: one of thousands is composed when its turn comes, from the facts that were frozen with its cause

Revision: 0047, after 0046_late_claims
"""

from alembic import op

revision = "0047_letters_of_many"
down_revision = "0046_late_claims"
branch_labels = None
depends_on = None

_PUBLIC = (
    "CREATE TRIGGER tr_outgoing_public AFTER UPDATE OF status ON outgoing FOR EACH ROW WHEN (NEW.status ="
    " 'sent' AND NEW.kind = 'decision') BEGIN UPDATE award SET public_year = (SELECT year FROM case_file "
    "WHERE id = NEW.case_id AND track = 'grant'), public_sort = (SELECT party_sort FROM case_file WHERE "
    "id = NEW.case_id AND track = 'grant') WHERE case_id = NEW.case_id AND 'decision:' || "
    "CAST(decision_id AS TEXT) = NEW.key; END"
)


def upgrade() -> None:
    """The CHECK: what waits to be made may have its facts alone."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        # Other tables' triggers read this one while it is made anew.
        op.execute("PRAGMA legacy_alter_table = ON")
    with op.batch_alter_table("outgoing") as batch:
        batch.drop_constraint(op.f("ck_outgoing_letter_has_blocks"), type_="check")
        batch.create_check_constraint(
            op.f("ck_outgoing_letter_has_blocks"),
            "letter IS NULL OR status IN ('queued', 'failed') OR blocks IS NOT NULL",
        )
    if sqlite:
        op.execute("PRAGMA legacy_alter_table = OFF")
        # The table made anew has none of its own.
        op.execute(_PUBLIC)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
