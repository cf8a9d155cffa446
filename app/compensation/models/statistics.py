"""What Helfo's monthly statistics tell: money that was neither claimed nor paid here."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import append_only


class HelfoFigure(Base):
    """What Helfo paid a payee for one GP in one month by one price; a correction is a row more, with its number."""

    __tablename__ = "helfo_figure"
    __table_args__ = (
        sa.UniqueConstraint("from_on", "hpr_no", "orgnr", "code", "correction"),
        sa.CheckConstraint("correction > 0 OR (units >= 0 AND amount_ore >= 0)", name="only_corrections_take"),
        sa.CheckConstraint("from_on < to_on", name="dates_in_order"),
        sa.Index("ix_helfo_figure_agreement", "agreement_id", "to_on"),
        sa.Index("ix_helfo_figure_period", "to_on", "area_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The first and the last day of the month.
    from_on: Mapped[date]
    to_on: Mapped[date]
    hpr_no: Mapped[str]
    orgnr: Mapped[str]
    code: Mapped[str]
    correction: Mapped[int] = mapped_column(default=0)
    units: Mapped[int]
    amount_ore: Mapped[int]
    # Whose it is here, and the rules that say that Helfo pays.
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("gp_agreement.id"))
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    told_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    told_at: Mapped[datetime]


assert isinstance(HelfoFigure.__table__, sa.Table)
append_only(HelfoFigure.__table__)
