"""the demo asks for kroner: what its rules asked as a whole number of kroner is an amount, and the answers are øre

Revision: 0009c, after 0009b_found_by_its_numbers

Only invented rule versions (`demo`): rules that people have written stay as they were published.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0009c_demo_asks_for_kroner'
down_revision = '0009b_found_by_its_numbers'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), 'postgresql')
VERSION = sa.table('rule_version', sa.column('id', sa.BigInteger()), sa.column('content', JSON), sa.column('demo', sa.Boolean()))
CASE = sa.table('case_file', sa.column('id', sa.BigInteger()), sa.column('rule_version_id', sa.BigInteger()))
APPLICATION = sa.table('application', sa.column('id', sa.BigInteger()), sa.column('case_id', sa.BigInteger()))
ANSWER = sa.table('application_answer', sa.column('application_id', sa.BigInteger()), sa.column('question_code'), sa.column('value', JSON))
CODE = 'unused_funds'
GUARD = 'tr_rule_version_update'


def upgrade() -> None:
    """The trigger that keeps published rules is away while the demo's are mended."""
    bound = op.get_bind()
    changed = {row.id: row.content for row in bound.execute(sa.select(VERSION.c.id, VERSION.c.content).where(VERSION.c.demo)) if _asks_for_money(row.content)}
    if not changed:
        return
    back = _lift_guard(bound)
    for version_id, content in changed.items():
        op.execute(sa.update(VERSION).where(VERSION.c.id == version_id).values(content=content))
    op.execute(back)
    answered = (
        sa.select(ANSWER.c.application_id, ANSWER.c.value)
        .join(APPLICATION, APPLICATION.c.id == ANSWER.c.application_id)
        .join(CASE, CASE.c.id == APPLICATION.c.case_id)
        .where(ANSWER.c.question_code == CODE, CASE.c.rule_version_id.in_(list(changed)))
    )
    for application_id, kroner in bound.execute(answered).all():
        here = (ANSWER.c.application_id == application_id, ANSWER.c.question_code == CODE)
        op.execute(sa.update(ANSWER).where(*here).values(value=kroner * 100))


def _asks_for_money(content: dict[str, Any]) -> bool:
    """Mend the question in place; whether it was there."""
    found = False
    for section in content['sections']:
        for question in section['questions']:
            if question['code'] == CODE and question['answer'] == 'number':
                question['answer'], found = 'money', True
                question['help'] = {
                    'nb': 'Skriv 0 hvis dere ikke har ubrukte midler.',
                    'nn': 'Skriv 0 dersom de ikkje har ubrukte midlar.',
                }
    return found


def _lift_guard(bound: sa.Connection) -> str:
    """Take the trigger away; gives the statement that puts it back."""
    if bound.dialect.name == 'postgresql':
        op.execute(f'ALTER TABLE rule_version DISABLE TRIGGER {GUARD}')
        return f'ALTER TABLE rule_version ENABLE TRIGGER {GUARD}'
    back = str(bound.scalar(sa.text('SELECT sql FROM sqlite_master WHERE name = :name'), {'name': GUARD}))
    op.execute(f'DROP TRIGGER {GUARD}')
    return back
