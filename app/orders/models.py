"""Orders and their rows. What a row says is kept as it was read, so that it can be mended and tried again."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, known, paired
from app.db.base import Json
from app.flow import Standing
from app.orders.domain import Outcome, Phase
from app.orders.workflow import Status


class WorkOrder(Base):
    """Long work a person asked for. Who works on it holds `lease` until `lease_until`; each batch proves it anew."""

    __tablename__ = "work_order"
    __table_args__ = (
        known("status", Status),
        known("phase", Phase),
        sa.CheckConstraint("(status = 'running') = (lease <> '')", name="running_has_lease"),
        sa.CheckConstraint("(lease = '') = (lease_until IS NULL)", name="lease_told"),
        sa.CheckConstraint("status <> 'failed' OR faults IS NOT NULL", name="failed_told"),
        sa.Index("ix_work_order_status", "status", "id"),
        sa.Index("ix_work_order_ordered_by", "ordered_by", "id"),
        sa.Index("ix_work_order_area", "area_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pilot_area.id"))
    ordered_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    ordered_at: Mapped[datetime]
    status: Mapped[Status] = mapped_column(default=Status.QUEUED)
    phase: Mapped[Phase] = mapped_column(default=Phase.READ)
    version: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    filename: Mapped[str]
    # How many rows the file has, as far as it is read, and the last row read.
    total: Mapped[int] = mapped_column(default=0)
    read_to: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None]
    # How many times it was taken without getting a batch further.
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    faults: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)

    def standing(self) -> Standing:
        """Its area's people work on it, and the directorate."""
        return Standing(self.status, area_id=self.area_id)

    @property
    def is_worked_on(self) -> bool:
        """Whether it waits for the process that works on orders, or is with it."""
        return self.status in (Status.QUEUED, Status.RUNNING)

    @property
    def is_tried(self) -> bool:
        """Whether it waits for a person's word."""
        return self.status is Status.CHECKED

    @property
    def is_given_up(self) -> bool:
        """Whether the file as a whole would not do."""
        return self.status is Status.FAILED

    @property
    def stream(self) -> str:
        """Told in the system's own."""
        return "system"

    @property
    def on_case(self) -> None:
        """On no case."""
        return


class OrderRow(Base):
    """A row of the file: what it says, and what came of it. `sorted_by`: rows that touch the same thing stand together.

    `thing` is what it made or found, as other rooms name it: «claim:7».
    """

    __tablename__ = "order_row"
    __table_args__ = (
        known("outcome", Outcome),
        *paired("mended"),
        sa.CheckConstraint("outcome <> 'made' OR thing <> ''", name="made_is_told"),
        sa.CheckConstraint("outcome <> 'wrong' OR reasons IS NOT NULL", name="wrong_is_told"),
        sa.Index("ix_order_row_next", "order_id", "outcome", "sorted_by", "row_no"),
        sa.Index(
            "ix_order_row_thing",
            "thing",
            unique=False,
            sqlite_where=sa.text("thing <> ''"),
            postgresql_where=sa.text("thing <> ''"),
        ),
    )

    order_id: Mapped[int] = mapped_column(sa.ForeignKey("work_order.id"), primary_key=True, autoincrement=False)
    row_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sorted_by: Mapped[str]
    says: Mapped[dict[str, Any]]
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.READ)
    reasons: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    thing: Mapped[str] = mapped_column(default="")
    mended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    mended_at: Mapped[datetime | None]

    @property
    def may_be_mended(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.outcome in (Outcome.WRONG, Outcome.READ)
