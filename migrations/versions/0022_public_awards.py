"""public awards: each award tells where it stands in the list open to all, so that the list is walked and not sought

The list, its years and its sums read every award there is, with nine joins each.

Revision: 0022, after 0021_found_and_listed
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_public_awards"
down_revision = "0021_found_and_listed"
branch_labels = None
depends_on = None

STANDS = sa.text("public_year IS NOT NULL AND status <> 'lapsed'")


def upgrade() -> None:
    """The columns, filled for what is told already; then what keeps them."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    sort = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("award", sa.Column("public_year", key, nullable=True))
    op.add_column("award", sa.Column("public_sort", sort, nullable=True))
    of_case = "(SELECT {} FROM case_file WHERE id = award.case_id AND track = 'grant')"
    op.execute(
        f"UPDATE award SET public_year = {of_case.format('year')}, public_sort = {of_case.format('party_sort')}"
        " WHERE EXISTS (SELECT 1 FROM outgoing WHERE outgoing.status = 'sent'"
        " AND outgoing.key = 'decision:' || CAST(award.decision_id AS TEXT))"
        " AND NOT EXISTS (SELECT 1 FROM decision AS newer WHERE newer.replaces_id = award.decision_id)"
    )
    op.create_index(
        "ix_award_public",
        "award",
        ["public_year", "public_sort", "case_id", "amount_ore", "status"],
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


_TRIGGERS = {'sqlite': ['CREATE TRIGGER tr_outgoing_public AFTER UPDATE OF status ON outgoing FOR EACH ROW WHEN (NEW.status = '
            "'sent' AND NEW.kind = 'decision') BEGIN UPDATE award SET public_year = (SELECT year FROM case_file "
            "WHERE id = NEW.case_id AND track = 'grant'), public_sort = (SELECT party_sort FROM case_file WHERE id = "
            "NEW.case_id AND track = 'grant') WHERE case_id = NEW.case_id AND 'decision:' || CAST(decision_id AS "
            'TEXT) = NEW.key; END',
            'CREATE TRIGGER tr_decision_public AFTER INSERT ON decision FOR EACH ROW WHEN (NEW.replaces_id IS NOT '
            'NULL) BEGIN UPDATE award SET public_year = NULL, public_sort = NULL WHERE decision_id = '
            'NEW.replaces_id; END'],
 'postgresql': ['CREATE FUNCTION tr_outgoing_public() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM '
                'case_file WHERE id = NEW.case_id FOR KEY SHARE; UPDATE award SET public_year = (SELECT year FROM '
                "case_file WHERE id = NEW.case_id AND track = 'grant'), public_sort = (SELECT party_sort FROM "
                "case_file WHERE id = NEW.case_id AND track = 'grant') WHERE case_id = NEW.case_id AND 'decision:' "
                '|| CAST(decision_id AS TEXT) = NEW.key; RETURN NULL; END $$',
                'CREATE TRIGGER tr_outgoing_public AFTER UPDATE OF status ON outgoing FOR EACH ROW WHEN (NEW.status '
                "= 'sent' AND NEW.kind = 'decision') EXECUTE FUNCTION tr_outgoing_public()",
                'CREATE FUNCTION tr_decision_public() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE award SET '
                'public_year = NULL, public_sort = NULL WHERE decision_id = NEW.replaces_id; RETURN NULL; END $$',
                'CREATE TRIGGER tr_decision_public AFTER INSERT ON decision FOR EACH ROW WHEN (NEW.replaces_id IS '
                'NOT NULL) EXECUTE FUNCTION tr_decision_public()']}


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
