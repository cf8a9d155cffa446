"""helfo statistics: what Helfo tells that it has paid, month by month; neither claimed nor paid here

Revision: 0057, after 0056_debt_refused
"""

import sqlalchemy as sa
from alembic import op

revision = "0057_helfo_statistics"
down_revision = "0056_debt_refused"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_SAYS = "helfo_figure is append-only"
_OF = ("gp_agreement.id", "pilot_area.id", "rule_version.id", "user_account.id")


def upgrade() -> None:
    """The table, which is only added to."""
    keys = ("agreement_id", "area_id", "rule_version_id", "told_by")
    op.create_table(
        "helfo_figure",
        sa.Column("id", KEY, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("hpr_no", "orgnr", "code")),
        *(sa.Column(name, KEY, nullable=False) for name in ("correction", "units", "amount_ore", *keys)),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helfo_figure")),
        *(
            sa.ForeignKeyConstraint([name], [of], name=op.f(f"fk_helfo_figure_{name}"))
            for name, of in zip(keys, _OF, strict=True)
        ),
        sa.UniqueConstraint(
            *("from_on", "hpr_no", "orgnr", "code", "correction"),
            name=op.f("uq_helfo_figure_from_on_hpr_no_orgnr_code_correction"),
        ),
        sa.CheckConstraint(
            "correction > 0 OR (units >= 0 AND amount_ore >= 0)", name=op.f("ck_helfo_figure_only_corrections_take")
        ),
        sa.CheckConstraint("from_on < to_on", name=op.f("ck_helfo_figure_dates_in_order")),
    )
    op.create_index("ix_helfo_figure_agreement", "helfo_figure", ["agreement_id", "to_on"])
    op.create_index("ix_helfo_figure_period", "helfo_figure", ["to_on", "area_id"])
    for act in ("UPDATE", "DELETE"):
        for statement in _append_only(op.get_bind().dialect.name, act):
            op.execute(statement)


def _append_only(dialect: str, act: str) -> list[str]:
    name, back = f"tr_helfo_figure_{act.lower()}", "NEW" if act == "UPDATE" else "OLD"
    before = f"CREATE TRIGGER {name} BEFORE {act} ON helfo_figure FOR EACH ROW"
    if dialect == "sqlite":
        return [f"{before}  BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"]
    raised = f"RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN {back}; END $$",
        f"{before}  EXECUTE FUNCTION {name}()",
    ]


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
