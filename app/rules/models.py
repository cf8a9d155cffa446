"""Schemes, pots, rule versions and calls."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, known, paired
from app.db.triggers import append_only, locked_when
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.rules.domain.regulation import RegulationStep
from app.rules.workflow import CallStatus, RulesStatus
from app.values.language import N_, Worded


class Track(Worded):
    """The two ways money goes out: grants on application, compensation on claim."""

    GRANT = "grant", N_("tilskudd")
    COMPENSATION = "compensation", N_("kompensasjon")


class Scheme(Base):
    """A scheme. HTO is an umbrella with several pots (domain J.1.2)."""

    __tablename__ = "scheme"
    __table_args__ = (known("track", Track),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    track: Mapped[Track]
    name_nb: Mapped[str]
    name_nn: Mapped[str]
    purpose_nb: Mapped[str] = mapped_column(default="")
    purpose_nn: Mapped[str] = mapped_column(default="")


class Pot(Base):
    """One purse of a scheme, with its own frame, rules and chapter/post."""

    __tablename__ = "pot"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(sa.ForeignKey("scheme.id"))
    code: Mapped[str] = mapped_column(unique=True)
    name_nb: Mapped[str]
    name_nn: Mapped[str]
    chapter_post: Mapped[str]

    scheme: Mapped[Scheme] = relationship(lazy="raise")


class RuleVersion(Base):
    """The rules of a pot for a year. `content` is the frozen rules as data (rules.domain.Rules)."""

    __tablename__ = "rule_version"
    __table_args__ = (
        known("status", RulesStatus),
        *paired("drafted", "approved", "published"),
        sa.UniqueConstraint("pot_id", "year", "number"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="approved_by_another"),
        sa.CheckConstraint("status = 'draft' OR approved_at IS NOT NULL", name="approved_first"),
        sa.CheckConstraint("(status = 'published') = (published_at IS NOT NULL)", name="published_told"),
        sa.CheckConstraint("status = 'draft' OR approval_basis <> ''", name="approval_has_basis"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(sa.ForeignKey("pot.id"))
    year: Mapped[int]
    number: Mapped[int]
    status: Mapped[RulesStatus] = mapped_column(default=RulesStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]]
    # From when it holds, as `content` says, here where queries ask; none: from the first day of its year.
    in_force_on: Mapped[date | None]
    # HOD's decision or the delegation's reference (domain J.1.5).
    approval_basis: Mapped[str] = mapped_column(default="")
    hands = hands_of("rules", id)
    drafted_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    drafted_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)

    pot: Mapped[Pot] = relationship(lazy="raise")

    def standing(self) -> Standing:
        """For four eyes: everybody who wrote in it, and who approved it."""
        people = with_latest(self.hands, drafted=self.drafted_by, approved=self.approved_by)
        return Standing(self.status, people=people)

    @property
    def stream(self) -> str:
        """Told in the pot's stream."""
        return f"pot:{self.pot_id}"

    @property
    def on_case(self) -> int | None:
        """Belongs to no case."""
        return None


assert isinstance(RuleVersion.__table__, sa.Table)
locked_when(
    RuleVersion.__table__, "OLD.status = 'published'", ("content", "pot_id", "year", "number", "status", "in_force_on")
)


class RegulationNote(Base):
    """What is registered of a step of a regulation (forvaltningsloven §§ 37–38); told again, the newer counts."""

    __tablename__ = "regulation_note"
    __table_args__ = (
        known("step", RegulationStep),
        sa.CheckConstraint("(step = 'hearing') = (until_on IS NOT NULL)", name="hearing_has_deadline"),
        sa.CheckConstraint("until_on IS NULL OR until_on > on_day", name="dates_in_order"),
        sa.CheckConstraint("step <> 'gazetted' OR reference <> ''", name="gazetted_where"),
        sa.CheckConstraint("step NOT IN ('heard', 'no_hearing') OR words <> ''", name="says_why"),
        sa.Index("ix_regulation_note_version", "rule_version_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    step: Mapped[RegulationStep]
    on_day: Mapped[date]
    until_on: Mapped[date | None]
    # Where it stands: the archive's number, the hearing's address, or the number in Norsk Lovtidend.
    reference: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    told_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    told_at: Mapped[datetime]


assert isinstance(RegulationNote.__table__, sa.Table)
append_only(RegulationNote.__table__)


class Call(Base):
    """An open call under a rule version. Late is when the day `deadline_on` has ended in Oslo."""

    __tablename__ = "grant_call"
    __table_args__ = (
        known("status", CallStatus),
        *paired("published"),
        sa.CheckConstraint("opens_on <= deadline_on", name="opens_before_deadline"),
        sa.CheckConstraint("(status = 'published') = (published_at IS NOT NULL)", name="published_told"),
        sa.Index("ix_grant_call_deadline", "deadline_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    pot_id: Mapped[int] = mapped_column(sa.ForeignKey("pot.id"))
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    year: Mapped[int]
    title_nb: Mapped[str]
    title_nn: Mapped[str]
    intro_nb: Mapped[str] = mapped_column(default="")
    intro_nn: Mapped[str] = mapped_column(default="")
    opens_on: Mapped[date]
    deadline_on: Mapped[date]
    answer_by_on: Mapped[date]
    # «Med forbehold om Stortingets budsjettvedtak» while it holds.
    budget_reservation: Mapped[bool] = mapped_column(default=False)
    status: Mapped[CallStatus] = mapped_column(default=CallStatus.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)

    pot: Mapped[Pot] = relationship(lazy="raise")
    rules: Mapped[RuleVersion] = relationship(lazy="raise")

    def standing(self) -> Standing:
        """Only its status matters."""
        return Standing(self.status)

    @property
    def stream(self) -> str:
        """Told in the pot's stream."""
        return f"pot:{self.pot_id}"

    @property
    def on_case(self) -> int | None:
        """Belongs to no case."""
        return None
