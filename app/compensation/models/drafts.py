"""A claim that is being written: what is typed, as it is typed, until it is sent or thrown away."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ClaimDraft(Base):
    """One for an agreement. `typed`: by the names of the form's fields; nothing is judged before it is sent.

    `rules`: the days it was written for and the rules that held for them, as the form tells them.
    """

    __tablename__ = "claim_draft"

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("gp_agreement.id"), primary_key=True, autoincrement=False)
    typed: Mapped[dict[str, Any]]
    rules: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
