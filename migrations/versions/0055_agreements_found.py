"""agreements found: agreements for GPs are found by the GP's number, and before they are answered

Revision: 0055, after 0054_helfo
"""

import sqlalchemy as sa
from alembic import op

from app.values.words import indexed

revision = "0055_agreements_found"
down_revision = "0054_helfo"
branch_labels = None
depends_on = None

TEXTS = sa.table("search_text", sa.column("case_id", sa.BigInteger()), sa.column("part"), sa.column("text"))
DOCS = sa.table("search_doc", sa.column("case_id", sa.BigInteger()), sa.column("words"))
KNOWN = sa.text(
    "SELECT c.id, c.title, c.party_name, p.orgnr, a.hpr_no FROM gp_agreement a JOIN case_file c ON c.id = a.case_id"
    " JOIN party p ON p.id = c.party_id ORDER BY c.id"
)


def upgrade() -> None:
    """As the verbs that open a case do it: the short texts first."""
    bound = op.get_bind()
    for case_id, title, name, orgnr, hpr_no in bound.execute(KNOWN).all():
        parts = {"title": title, "party": f"{name} {orgnr}", "hpr": hpr_no}
        op.execute(sa.delete(TEXTS).where(TEXTS.c.case_id == case_id, TEXTS.c.part.in_(parts)))
        bound.execute(sa.insert(TEXTS), [{"case_id": case_id, "part": p, "text": t} for p, t in parts.items()])
        texts = bound.scalars(sa.select(TEXTS.c.text).where(TEXTS.c.case_id == case_id)).all()
        words = " ".join(indexed(sorted(texts, key=lambda text: (len(text), text))))
        if op.get_bind().execute(sa.update(DOCS).where(DOCS.c.case_id == case_id).values(words=words)).rowcount == 0:
            bound.execute(sa.insert(DOCS), {"case_id": case_id, "words": words})
