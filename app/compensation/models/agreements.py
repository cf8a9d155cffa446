"""GP agreements: what one GP may claim, who is paid, and how long it holds."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.db import Base
from app.db.base import SortKey
from app.values.sortkeys import sort_key


class GpAgreement(Base):
    """A GP's agreement, one per case. The payee is the practice, or the municipality of a salaried GP (domain B.2)."""

    __tablename__ = "gp_agreement"
    __table_args__ = (
        sa.CheckConstraint("from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("cap_ore > 0", name="cap_positive"),
        sa.CheckConstraint("claimed_ore BETWEEN 0 AND cap_ore", name="within_cap"),
        sa.Index("ix_gp_agreement_payee", "payee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), unique=True)
    gp_name: Mapped[str]
    gp_sort: Mapped[SortKey] = mapped_column(server_default="")
    hpr_no: Mapped[str]
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    payee_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_account.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    cap_ore: Mapped[int]
    # Approved so far; the CHECK against the cap is the lock.
    claimed_ore: Mapped[int] = mapped_column(default=0)
    signed_on: Mapped[date]
    de_minimis_declared: Mapped[bool] = mapped_column(default=False)

    @validates("gp_name")
    def _place(self, _column: str, name: str) -> str:
        """A new name gets its new place in lists."""
        self.gp_sort = sort_key(name)
        return name
