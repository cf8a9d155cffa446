"""found by its numbers: what was indexed before is indexed anew, agreements by their payee too

Revision: 0009b, after 0005_people_have_pages
"""

import sqlalchemy as sa
from alembic import op

from app.values.words import indexed

revision = '0009b_found_by_its_numbers'
down_revision = '0005_people_have_pages'
branch_labels = None
depends_on = None

TEXTS = sa.table('search_text', sa.column('case_id', sa.BigInteger()), sa.column('part'), sa.column('text'))
DOCS = sa.table('search_doc', sa.column('case_id', sa.BigInteger()), sa.column('words'))


def upgrade() -> None:
    """As app.cases.actions.find_by does it: the short texts first."""
    bound = op.get_bind()
    op.execute(
        "INSERT INTO search_text (case_id, part, text) SELECT c.id, 'party', c.party_name || ' ' || p.orgnr"
        " FROM case_file c JOIN party p ON p.id = c.party_id WHERE c.id IN (SELECT case_id FROM search_text)"
        " AND NOT EXISTS (SELECT 1 FROM search_text t WHERE t.case_id = c.id AND t.part = 'party')"
    )
    for case_id in bound.scalars(sa.select(TEXTS.c.case_id).distinct().order_by(TEXTS.c.case_id)).all():
        texts = bound.scalars(sa.select(TEXTS.c.text).where(TEXTS.c.case_id == case_id)).all()
        words = indexed(sorted(texts, key=lambda text: (len(text), text)))
        op.execute(sa.update(DOCS).where(DOCS.c.case_id == case_id).values(words=' '.join(words)))
