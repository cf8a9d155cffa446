"""Organisations, pilot areas and bank accounts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, validates

from app.db import Base, known, paired
from app.db.base import SortKey
from app.parties.domain import Kind
from app.values.language import LanguageDecision
from app.values.sortkeys import sort_key


class Party(Base):
    """An organisation. `demo_fields` names the fields that are invented; `invented` marks a whole invented one."""

    __tablename__ = "party"
    __table_args__ = (
        known("language_decision", LanguageDecision),
        sa.CheckConstraint("length(orgnr) = 9", name="orgnr_nine_digits"),
        sa.Index("ix_party_sort", "sort_key", "id"),
        sa.Index("ix_party_fold", "name_fold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    orgnr: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # Unique among readers: «Herøy kommune (Nordland)».
    display_name: Mapped[str]
    sort_key: Mapped[SortKey]
    name_fold: Mapped[str]
    language_decision: Mapped[LanguageDecision] = mapped_column(default=LanguageDecision.NEUTRAL)
    municipality_no: Mapped[str | None]
    county_no: Mapped[str | None]
    health_community: Mapped[str | None]
    postcode: Mapped[str] = mapped_column(default="")
    post_town: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    population: Mapped[int | None]
    # Closed in Enhetsregisteret on this day: promised and paid nothing more.
    closed_on: Mapped[date | None]
    invented: Mapped[bool] = mapped_column(default=False)
    demo_fields: Mapped[list[str]] = mapped_column(default=list)

    kinds: Mapped[list["PartyKind"]] = relationship(lazy="raise")


class PartyKind(Base):
    """One of the kinds an organisation is."""

    __tablename__ = "party_kind"
    __table_args__ = (known("kind", Kind),)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)


class PilotArea(Base):
    """A health community that pilots. No legal person (domain J.1.13): it has a host organisation."""

    __tablename__ = "pilot_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[SortKey] = mapped_column(server_default="")
    health_community: Mapped[str]
    host_party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))

    @validates("name")
    def _place(self, _column: str, name: str) -> str:
        """A new name gets its new place in lists."""
        self.sort_key = sort_key(name)
        return name


_SAME = sa.table(
    "bank_account", sa.column("id", sa.Integer), sa.column("party_id", sa.Integer), sa.column("account_no", sa.Text)
).alias("same")


class BankAccount(Base):
    """An account number an organisation has given. Never edited: a new number is a new row.

    The recipient confirms it with the acceptance; a later change must be controlled by call-back by a person.
    """

    __tablename__ = "bank_account"
    __table_args__ = (
        *paired("registered", "confirmed", "controlled", "closed"),
        sa.CheckConstraint("length(account_no) = 11", name="eleven_digits"),
        sa.CheckConstraint(
            "controlled_by IS NULL OR (controlled_by <> registered_by"
            " AND (confirmed_by IS NULL OR controlled_by <> confirmed_by))",
            name="control_by_another",
        ),
        sa.Index("ix_bank_account_party", "party_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    account_no: Mapped[str] = mapped_column()
    registered_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    registered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    controlled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    controlled_at: Mapped[datetime | None]
    control_note: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    # When a second person confirmed that the bank had refused to pay to it.
    rejected_at: Mapped[datetime | None]
    # The first row of the same organisation with the same number: there the hands stand. It never becomes another.
    first_id: Mapped[int] = column_property(
        sa.select(sa.func.min(_SAME.c.id))
        .where(_SAME.c.party_id == party_id, _SAME.c.account_no == account_no)
        .scalar_subquery()
    )

    @property
    def is_rejected(self) -> bool:
        """Whether the bank has refused it and nobody has rung the recipient about it since."""
        return self.rejected_at is not None and (self.controlled_at is None or self.controlled_at <= self.rejected_at)
