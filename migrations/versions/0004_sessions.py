"""Sessions, tries, kept forms and security events

Revision: 0004_sessions, after 0008_letters_are_kept
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0004_sessions'
down_revision = '0008_letters_are_kept'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. Failures of the last hour are let go: they are counted in another way now."""
    op.create_table('login_brake',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('failures', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('failures >= 0', name=op.f('ck_login_brake_failures_not_negative')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_login_brake'))
    )
    op.create_table('kept_form',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('page', sa.Text(), nullable=False),
    sa.Column('fields', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('had_files', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_kept_form_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_form')),
    sa.UniqueConstraint('public_id', name=op.f('uq_kept_form_public_id'))
    )
    op.create_index(op.f('ix_kept_form_at'), 'kept_form', ['at'], unique=False)
    op.create_index('ix_kept_form_user_at', 'kept_form', ['user_id', 'at'], unique=False)
    op.create_table('login_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_sha256', sa.Text(), nullable=False),
    sa.Column('form_sha256', sa.Text(), nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stamp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('password_given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('browser', sa.Text(), nullable=False),
    sa.Column('system', sa.Text(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_why', sa.String(length=40), nullable=True),
    sa.CheckConstraint("ended_why IN ('logged_out', 'by_owner', 'replaced', 'idle', 'old', 'changed')", name=op.f('ck_login_session_ended_why_known')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_why IS NULL)', name=op.f('ck_login_session_ended_paired')),
    sa.CheckConstraint('created_at <= last_used_at', name=op.f('ck_login_session_used_after_created')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_login_session_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('form_sha256', name=op.f('uq_login_session_form_sha256')),
    sa.UniqueConstraint('public_id', name=op.f('uq_login_session_public_id')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_login_session_token_sha256'))
    )
    op.create_index(op.f('ix_login_session_created_at'), 'login_session', ['created_at'], unique=False)
    op.create_index('ix_login_session_user_address', 'login_session', ['user_id', 'address'], unique=False)
    op.create_table('security_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('wrong', 'braked', 'wrong_again', 'door_closed')", name=op.f('ck_security_event_kind_known')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_security_event_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_security_event'))
    )
    op.create_index(op.f('ix_security_event_at'), 'security_event', ['at'], unique=False)
    op.create_index(op.f('ix_security_event_kind'), 'security_event', ['kind'], unique=False)
    op.create_index(op.f('ix_security_event_user_id'), 'security_event', ['user_id'], unique=False)
    op.drop_index(op.f('ix_login_failure_key_at'), table_name='login_failure')
    op.drop_table('login_failure')


def downgrade() -> None:
    """Undo."""
    for table in ('security_event', 'login_session', 'kept_form', 'login_brake'):
        op.drop_table(table)
    op.create_table('login_failure',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_failure'))
    )
    op.create_index('ix_login_failure_key_at', 'login_failure', ['key', 'at'], unique=False)
