"""found and listed: «asgard» finds Åsgård, so the words of the cases there are already are made anew

What is new lately, and the questions not answered, get indexes: «Mine oppgaver» read every entry of every case one has
had. The worklist shows the project's name, so it stands in the indexes the list is read from.

Revision: 0021, after 0020_payables
"""

import sqlalchemy as sa
from alembic import op

from app.values.words import indexed

revision = "0021_found_and_listed"
down_revision = "0020_payables"
branch_labels = None
depends_on = None

TEXTS = sa.table("search_text", sa.column("case_id", sa.BigInteger()), sa.column("text"))
DOCS = sa.table("search_doc", sa.column("case_id", sa.BigInteger()), sa.column("words"))


SHOWN = (
    "status",
    "number",
    "party_name",
    "title",
    "scheme_code",
    "year",
    "officer_id",
    "officer_name",
    "applied_ore",
    "due_order",
    "submitted_at",
)
ORDERS = {"due": "due_order", "newest": "submitted_at", "party": "party_sort"}
SENT_IN = sa.text("status <> 'draft'")


def _list_anew() -> None:
    """The worklist's indexes, with the project's name."""
    for prefix, leading in (("", ()), ("status_", ("status",)), ("officer_", ("officer_id",))):
        for order, column in ORDERS.items():
            name, keys = f"ix_case_file_{prefix}{order}", (*leading, column, "id")
            op.drop_index(name, "case_file")
            columns = [*keys, *(each for each in SHOWN if each not in keys)]
            op.create_index(name, "case_file", columns, sqlite_where=SENT_IN, postgresql_where=SENT_IN)


def upgrade() -> None:
    """The indexes; then the words, as app.cases.actions.find_by does it: the short texts first."""
    _list_anew()
    op.create_index("ix_audit_entry_at", "audit_entry", ["at", "id"])
    unanswered = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_information_request_open",
        "information_request",
        ["due_on", "case_id"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )
    bound = op.get_bind()
    for case_id in bound.scalars(sa.select(TEXTS.c.case_id).distinct().order_by(TEXTS.c.case_id)).all():
        texts = bound.scalars(sa.select(TEXTS.c.text).where(TEXTS.c.case_id == case_id)).all()
        words = indexed(sorted(texts, key=lambda text: (len(text), text)))
        op.execute(sa.update(DOCS).where(DOCS.c.case_id == case_id).values(words=" ".join(words)))


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
