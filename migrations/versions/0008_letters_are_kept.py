"""Letters are kept as they were composed: pages and the press draw what was decided, whatever the texts say later.

Letters already there are composed once more from their frozen facts, by texts of version 1, which are the same as they
were (their hashes are pinned). One that cannot be made is somebody's task.
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

import letters

revision = "0008_letters_are_kept"
down_revision = "0009c_demo_asks_for_kroner"
branch_labels = None
depends_on = None

MANY = 500
_JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_OUTGOING = sa.table(
    "outgoing",
    sa.column("id", sa.BigInteger()),
    sa.column("letter", sa.Text()),
    sa.column("facts", _JSON),
    sa.column("blocks", _JSON),
    sa.column("status", sa.String()),
    sa.column("last_error", sa.Text()),
)


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("blocks", _JSON, nullable=True))
    _compose()
    with op.batch_alter_table("outgoing") as batch:
        batch.create_check_constraint(
            op.f("ck_outgoing_letter_has_blocks"), "letter IS NULL OR status = 'failed' OR blocks IS NOT NULL"
        )


def _compose() -> None:
    connection, after = op.get_bind(), 0
    page = sa.select(_OUTGOING.c.id, _OUTGOING.c.facts).where(_OUTGOING.c.letter.is_not(None))
    while rows := connection.execute(page.where(_OUTGOING.c.id > after).order_by(_OUTGOING.c.id).limit(MANY)).all():
        after = rows[-1].id
        for key, facts in rows:
            connection.execute(sa.update(_OUTGOING).where(_OUTGOING.c.id == key).values(**_kept(facts)))


def _kept(facts: dict[str, object]) -> dict[str, object]:
    try:
        return {"blocks": letters.keep(letters.compose(letters.from_json(json.dumps(facts))))}
    except ValueError:
        return {"status": "failed", "last_error": "Brevet kan ikke lages."}


def downgrade() -> None:
    with op.batch_alter_table("outgoing") as batch:
        batch.drop_constraint(op.f("ck_outgoing_letter_has_blocks"), type_="check")
        batch.drop_column("blocks")
