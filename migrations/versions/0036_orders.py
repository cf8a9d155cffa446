"""orders: long work a person asked for, and its rows

Revision: 0036, after 0035_agreements
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0036_orders'
down_revision = '0035_agreements'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """The two tables."""
    op.create_table('work_order',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('area_id', KEY, nullable=True),
    sa.Column('ordered_by', KEY, nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('phase', sa.String(length=40), nullable=False),
    sa.Column('version', KEY, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('total', KEY, nullable=False),
    sa.Column('read_to', KEY, nullable=False),
    sa.Column('lease', sa.Text(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', KEY, nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('faults', JSON, nullable=True),
    sa.CheckConstraint("(lease = '') = (lease_until IS NULL)", name=op.f('ck_work_order_lease_told')),
    sa.CheckConstraint("(status = 'running') = (lease <> '')", name=op.f('ck_work_order_running_has_lease')),
    sa.CheckConstraint("phase IN ('read', 'check', 'carry_out')", name=op.f('ck_work_order_phase_known')),
    sa.CheckConstraint("status <> 'failed' OR faults IS NOT NULL", name=op.f('ck_work_order_failed_told')),
    sa.CheckConstraint("status IN ('queued', 'running', 'checked', 'done', 'stopped', 'failed')", name=op.f('ck_work_order_status_known')),
    sa.ForeignKeyConstraint(['area_id'], ['pilot_area.id'], name=op.f('fk_work_order_area_id')),
    sa.ForeignKeyConstraint(['ordered_by'], ['user_account.id'], name=op.f('fk_work_order_ordered_by')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_work_order_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_order')),
    sa.UniqueConstraint('public_id', name=op.f('uq_work_order_public_id'))
    )
    op.create_index('ix_work_order_area', 'work_order', ['area_id', 'id'], unique=False)
    op.create_index('ix_work_order_ordered_by', 'work_order', ['ordered_by', 'id'], unique=False)
    op.create_index('ix_work_order_status', 'work_order', ['status', 'id'], unique=False)
    op.create_table('order_row',
    sa.Column('order_id', KEY, autoincrement=False, nullable=False),
    sa.Column('row_no', KEY, autoincrement=False, nullable=False),
    sa.Column('sorted_by', sa.Text(), nullable=False),
    sa.Column('says', JSON, nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('reasons', JSON, nullable=True),
    sa.Column('thing', sa.Text(), nullable=False),
    sa.Column('mended_by', KEY, nullable=True),
    sa.Column('mended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("outcome <> 'made' OR thing <> ''", name=op.f('ck_order_row_made_is_told')),
    sa.CheckConstraint("outcome <> 'wrong' OR reasons IS NOT NULL", name=op.f('ck_order_row_wrong_is_told')),
    sa.CheckConstraint("outcome IN ('read', 'ready', 'made', 'exists', 'wrong')", name=op.f('ck_order_row_outcome_known')),
    sa.CheckConstraint('(mended_by IS NULL) = (mended_at IS NULL)', name=op.f('ck_order_row_mended_paired')),
    sa.ForeignKeyConstraint(['mended_by'], ['user_account.id'], name=op.f('fk_order_row_mended_by')),
    sa.ForeignKeyConstraint(['order_id'], ['work_order.id'], name=op.f('fk_order_row_order_id')),
    sa.PrimaryKeyConstraint('order_id', 'row_no', name=op.f('pk_order_row'))
    )
    op.create_index('ix_order_row_next', 'order_row', ['order_id', 'outcome', 'sorted_by', 'row_no'], unique=False)
    op.create_index('ix_order_row_thing', 'order_row', ['thing'], unique=False, sqlite_where=sa.text("thing <> ''"), postgresql_where=sa.text("thing <> ''"))


def downgrade() -> None:
    """Only forward."""
    raise NotImplementedError
