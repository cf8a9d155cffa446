"""found as copied: cases sent in before are found by their contact and sums too, and by telephones as one number

Revision: 0014, after 0014_hands_follow
"""

import sqlalchemy as sa
from alembic import op

from app.values.money import format_amount
from app.values.words import indexed

revision = "0014_found_as_copied"
down_revision = "0014_hands_follow"
branch_labels = None
depends_on = None

TEXTS = sa.table("search_text", sa.column("case_id", sa.BigInteger()), sa.column("part"), sa.column("text"))
DOCS = sa.table("search_doc", sa.column("case_id", sa.BigInteger()), sa.column("words"))
KNOWN = sa.text(
    "SELECT c.id, a.contact_name, a.contact_email, c.applied_ore, c.granted_ore FROM case_file c"
    " JOIN application a ON a.case_id = c.id WHERE c.id IN (SELECT case_id FROM search_text) ORDER BY c.id"
)


def upgrade() -> None:
    """As sending in, deciding and app.cases.actions.find_by do it: the short texts first."""
    bound = op.get_bind()
    for case_id, name, email, applied, granted in bound.execute(KNOWN).all():
        parts = {
            "contact": f"{name} {email}",
            "applied": format_amount(applied) if applied else "",
            "granted": format_amount(granted) if granted else "",
        }
        op.execute(sa.delete(TEXTS).where(TEXTS.c.case_id == case_id, TEXTS.c.part.in_(parts)))
        bound.execute(sa.insert(TEXTS), [{"case_id": case_id, "part": p, "text": t} for p, t in parts.items()])
    for case_id in bound.scalars(sa.select(TEXTS.c.case_id).distinct().order_by(TEXTS.c.case_id)).all():
        texts = bound.scalars(sa.select(TEXTS.c.text).where(TEXTS.c.case_id == case_id)).all()
        words = indexed(sorted(texts, key=lambda text: (len(text), text)))
        op.execute(sa.update(DOCS).where(DOCS.c.case_id == case_id).values(words=" ".join(words)))
