"""common words: a word that stands in nearly every case is looked for in the newest of them only

Revision: 0031, after 0030_own_cases
"""

from alembic import op

revision = "0031_common_words"
down_revision = "0030_own_cases"
branch_labels = None
depends_on = None

_STEPS = {
    "sqlite": ["CREATE VIRTUAL TABLE search_fts_terms USING fts5vocab(search_fts, instance)"],
    "postgresql": [
        "DROP INDEX ix_search_doc_words",
        "ALTER TABLE search_doc SET (toast_tuple_target = 8160)",
        "ALTER TABLE search_doc ADD COLUMN terms tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
        "CREATE INDEX ix_search_doc_words ON search_doc USING gin (terms)",
        "ANALYZE search_doc",
    ],
}


def upgrade() -> None:
    """SQLite is asked which words there are; on PostgreSQL each row holds its words as they are looked for."""
    for step in _STEPS[op.get_bind().dialect.name]:
        op.execute(step)


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
