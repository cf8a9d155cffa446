"""names in Norwegian order: the stored keys that people, pilot areas and GPs are sorted by

Revision: 0009, after 0007_documents_belong
"""

import sqlalchemy as sa
from alembic import op

from app.values.sortkeys import sort_key

revision = '0009_names_in_norwegian_order'
down_revision = '0007_documents_belong'
branch_labels = None
depends_on = None

NAMED = (('user_account', 'name', 'sort_key'), ('pilot_area', 'name', 'sort_key'), ('gp_agreement', 'gp_name', 'gp_sort'))


def upgrade() -> None:
    """Add the keys and fill them: they are what the program itself makes of a name."""
    kind = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
    for table, name, key in NAMED:
        op.add_column(table, sa.Column(key, kind, server_default='', nullable=False))
        there = sa.table(table, sa.column('id', sa.BigInteger()), sa.column(name), sa.column(key))
        rows = op.get_bind().execute(sa.select(there.c.id, there.c[name])).all()
        for row_id, words in rows:
            op.execute(sa.update(there).where(there.c.id == row_id).values({key: sort_key(words)}))
    op.create_index('ix_user_account_sort', 'user_account', ['sort_key', 'id'], unique=False)
