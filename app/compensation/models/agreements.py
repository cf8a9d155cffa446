"""GP agreements: what one GP may claim, who is paid, how long it holds, and the days it rests; and the GPs."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.compensation.domain.agreements import Employment, PauseCause
from app.compensation.workflow import AgreementStatus
from app.db import Base, known, paired
from app.db.base import SortKey
from app.flow import Standing
from app.flow.models import hands_of
from app.values.sortkeys import sort_key


class Gp(Base):
    """A GP by the number in HPR. Its row is the lock: two agreements of one GP are judged one after the other."""

    __tablename__ = "gp"

    hpr_no: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class GpAgreement(Base):
    """A GP's agreement, one per case. The payee is the practice, or the municipality of a salaried GP (domain B.2).

    `chain_id`: the first of the agreements this one continues, where a GP has moved. Caps and what is approved count
    there for all of them, so `claimed_ore` of the others stays nought.
    """

    __tablename__ = "gp_agreement"
    __table_args__ = (
        known("status", AgreementStatus),
        known("employment", Employment),
        *paired("signed", "answered"),
        sa.CheckConstraint("from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("cap_ore > 0", name="cap_positive"),
        sa.CheckConstraint("claimed_ore BETWEEN 0 AND cap_ore", name="within_cap"),
        sa.CheckConstraint("status IN ('to_sign', 'taken_back') OR signed_on IS NOT NULL", name="signed_first"),
        sa.CheckConstraint("status IN ('to_sign', 'taken_back') OR account_id IS NOT NULL", name="account_told"),
        sa.CheckConstraint("(status IN ('ended', 'moved')) = (ended_on IS NOT NULL)", name="ended_has_date"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on BETWEEN from_on AND to_on", name="ended_within"),
        sa.CheckConstraint("status NOT IN ('refused', 'ended', 'moved') OR reason <> ''", name="over_has_reason"),
        sa.CheckConstraint("status <> 'refused' OR answered_at IS NOT NULL", name="refused_by_someone"),
        sa.CheckConstraint("answered_by IS NULL OR signed_by IS NULL OR answered_by <> signed_by", name="four_eyes"),
        sa.CheckConstraint("(chain_id IS NULL) = (continues_id IS NULL)", name="chain_continues"),
        sa.CheckConstraint("chain_id IS NULL OR claimed_ore = 0", name="counted_on_the_first"),
        sa.Index("ix_gp_agreement_payee", "payee_id"),
        sa.Index("ix_gp_agreement_hpr", "hpr_no", "from_on"),
        sa.Index("ix_gp_agreement_area", "area_id", "status", "id"),
        sa.Index("ix_gp_agreement_status", "status", "id"),
        sa.Index("ix_gp_agreement_chain", "chain_id"),
        # One at a time: what was refused or taken back leaves the way open for another.
        sa.Index(
            "uq_gp_agreement_continues",
            "continues_id",
            unique=True,
            sqlite_where=sa.text("status NOT IN ('refused', 'taken_back')"),
            postgresql_where=sa.text("status NOT IN ('refused', 'taken_back')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), unique=True)
    gp_name: Mapped[str]
    gp_sort: Mapped[SortKey] = mapped_column(server_default="")
    hpr_no: Mapped[str] = mapped_column(sa.ForeignKey("gp.hpr_no"))
    employment: Mapped[Employment] = mapped_column(default=Employment.SELF_EMPLOYED)
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("pilot_area.id"))
    payee_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    # Where the payee is paid; one the area registers has none before the payee signs.
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_account.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    cap_ore: Mapped[int]
    # Approved so far; the CHECK against the cap is the lock.
    claimed_ore: Mapped[int] = mapped_column(default=0)
    signed_on: Mapped[date | None]
    de_minimis_declared: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AgreementStatus] = mapped_column(default=AgreementStatus.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    # Who told of it first: the payee's signer, the area's coordinator, or one of us.
    registered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    signed_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]
    # The last day it holds, where that came before `to_on`.
    ended_on: Mapped[date | None]
    # Why it was refused, or is over.
    reason: Mapped[str] = mapped_column(default="", server_default="")
    continues_id: Mapped[int | None] = mapped_column(sa.ForeignKey("gp_agreement.id"))
    chain_id: Mapped[int | None] = mapped_column(sa.ForeignKey("gp_agreement.id"))
    hands = hands_of("agreement", id, case_id)

    @validates("gp_name")
    def _place(self, _column: str, name: str) -> str:
        """A new name gets its new place in lists."""
        self.gp_sort = sort_key(name)
        return name

    @property
    def last_on(self) -> date:
        """The last day it holds."""
        return self.ended_on or self.to_on

    @property
    def is_to_sign(self) -> bool:
        """Whether it waits for the payee's signature."""
        return self.status is AgreementStatus.TO_SIGN

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the payee's signature or our answer, so that the payee may take it back."""
        return self.status in (AgreementStatus.TO_SIGN, AgreementStatus.APPLIED)

    def standing(self) -> Standing:
        """Signed by the payee's own people; answered and changed by us."""
        return Standing(self.status, party_id=self.payee_id, area_id=self.area_id, people=self.hands)

    @property
    def stream(self) -> str:
        """Told on its case."""
        return f"case:{self.case_id}"

    @property
    def on_case(self) -> int:
        """Its case."""
        return self.case_id


class GpPause(Base):
    """Days an agreement rests: no day of them can be claimed for. The last one is open until the GP is back."""

    __tablename__ = "gp_pause"
    __table_args__ = (
        known("cause", PauseCause),
        *paired("paused", "resumed"),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="dates_in_order"),
        sa.CheckConstraint("(to_on IS NULL) = (resumed_at IS NULL)", name="resumed_has_date"),
        sa.Index("ix_gp_pause_agreement", "agreement_id", "id"),
        sa.Index(
            "uq_gp_pause_open",
            "agreement_id",
            unique=True,
            sqlite_where=sa.text("to_on IS NULL"),
            postgresql_where=sa.text("to_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("gp_agreement.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    cause: Mapped[PauseCause]
    paused_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    paused_at: Mapped[datetime]
    resumed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    resumed_at: Mapped[datetime | None]


class GpTerms(Base):
    """That the payee of an agreement is told of rules that are to come: whether they reach it, and if not, who signed
    them later and the first local date they hold for it (domain J.1.6).
    """

    __tablename__ = "gp_terms"
    __table_args__ = (
        *paired("signed"),
        sa.CheckConstraint("(signed_at IS NULL) = (holds_from IS NULL)", name="signed_holds"),
        sa.CheckConstraint("NOT (reached AND signed_at IS NOT NULL)", name="reached_unsigned"),
        sa.Index("ix_gp_terms_version", "rule_version_id", "agreement_id"),
    )

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("gp_agreement.id"), primary_key=True)
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"), primary_key=True)
    reached: Mapped[bool]
    told_at: Mapped[datetime]
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    signed_at: Mapped[datetime | None]
    holds_from: Mapped[date | None]
