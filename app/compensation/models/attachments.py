"""What documents a claim where its unit prices ask for it."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.db.triggers import append_only


class ClaimAttachment(Base):
    """A document laid by a claim for one of its unit prices; it stays there."""

    __tablename__ = "claim_attachment"
    __table_args__ = (sa.Index("uq_claim_attachment_document", "document_id", unique=True),)

    claim_id: Mapped[int] = mapped_column(sa.ForeignKey("claim.id"), primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True, autoincrement=False)
    code: Mapped[str]


assert isinstance(ClaimAttachment.__table__, sa.Table)
append_only(ClaimAttachment.__table__)
