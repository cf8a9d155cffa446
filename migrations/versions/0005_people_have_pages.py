"""people have pages: superiors, first passwords by link, budget authority confirmed by a second person

Revision: 0005, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0005_people_have_pages'
down_revision = '0002_hands'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSIDE = "role IN ('officer', 'lead', 'decider', 'finance', 'archivist', 'auditor', 'admin')"
OUTSIDE = "role IN ('writer', 'signer', 'accountant', 'coordinator')"
APART = "role IN ('decider', 'finance')"


def upgrade() -> None:
    """A database that gives one person what must be kept apart is stopped here, with the name."""
    _refuse(
        f"SELECT username FROM user_account WHERE id IN (SELECT user_id FROM user_role WHERE {APART}"
        " GROUP BY user_id HAVING count(*) > 1)",
        "has both budget authority and finance; take one of the roles away first",
    )
    with op.batch_alter_table('user_account') as batch:
        batch.add_column(sa.Column('version', KEY, server_default='1', nullable=False))
        batch.add_column(sa.Column('superior_id', KEY, nullable=True))
        batch.create_foreign_key(op.f('fk_user_account_superior_id'), 'user_account', ['superior_id'], ['id'])
        batch.create_check_constraint(op.f('ck_user_account_not_own_superior'), 'superior_id <> id')
    _roles()
    _delegations()
    op.create_table('password_link',
    sa.Column('user_id', KEY, autoincrement=False, nullable=False),
    sa.Column('token_sha256', sa.Text(), nullable=False),
    sa.Column('made_by', KEY, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('expires_at > made_at', name=op.f('ck_password_link_lasts')),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_password_link_made_by')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_password_link_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_password_link')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_password_link_token_sha256'))
    )


def _roles() -> None:
    op.execute(
        "DELETE FROM user_membership WHERE id NOT IN"
        " (SELECT min(id) FROM user_membership GROUP BY user_id, role, party_id, area_id)"
    )
    with op.batch_alter_table('user_role') as batch:
        batch.drop_constraint(op.f('ck_user_role_role_known'), type_='check')
        batch.create_check_constraint(op.f('ck_user_role_role_known'), INSIDE)
    op.create_index('uq_user_role_decider_or_finance', 'user_role', ['user_id'], unique=True,
        sqlite_where=sa.text(APART), postgresql_where=sa.text(APART))
    with op.batch_alter_table('user_membership') as batch:
        batch.drop_constraint(op.f('ck_user_membership_role_known'), type_='check')
        batch.drop_constraint(op.f('uq_user_membership_user_id_role_party_id_area_id'), type_='unique')
        batch.create_check_constraint(op.f('ck_user_membership_role_known'), OUTSIDE)
        batch.create_check_constraint(
            op.f('ck_user_membership_area_has_coordinator'), "(role = 'coordinator') = (area_id IS NOT NULL)")
    op.create_index('uq_user_membership_party', 'user_membership', ['user_id', 'role', 'party_id'], unique=True)
    op.create_index('uq_user_membership_area', 'user_membership', ['user_id', 'role', 'area_id'], unique=True)


def _delegations() -> None:
    """What was in force stays so: the one who gave it stands as the one who confirmed it."""
    with op.batch_alter_table('budget_delegation') as batch:
        for name in ('registered_by', 'confirmed_by', 'ended_by'):
            batch.add_column(sa.Column(name, KEY, nullable=True))
            batch.create_foreign_key(op.f(f'fk_budget_delegation_{name}'), 'user_account', [name], ['id'])
        for name in ('confirmed_at', 'ended_at'):
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE budget_delegation SET confirmed_by = given_by, confirmed_at ="
        " (SELECT max(created_at) FROM user_account WHERE id IN (user_id, given_by))"
    )
    with op.batch_alter_table('budget_delegation') as batch:
        for name, text in (
            ('not_registered_by_receiver', 'registered_by <> user_id'),
            ('not_confirmed_by_receiver', 'confirmed_by <> user_id'),
            ('confirmed_by_another', 'confirmed_by <> registered_by'),
            ('confirmed_paired', '(confirmed_by IS NULL) = (confirmed_at IS NULL)'),
            ('ended_paired', '(ended_by IS NULL) = (ended_at IS NULL)'),
        ):
            batch.create_check_constraint(op.f(f'ck_budget_delegation_{name}'), text)


def _refuse(query: str, words: str) -> None:
    found = [name for (name,) in op.get_bind().execute(sa.text(query))]
    if found:
        raise RuntimeError(f"The database is not changed: {', '.join(found)} {words}.")
