"""The case row (narrow: it is the worklist's covering row), its number, and declarations of impartiality."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.domain import Impartiality
from app.cases.workflow import Status
from app.db import Base, known
from app.db.base import SortKey
from app.db.triggers import on_dialect
from app.flow import Standing
from app.flow.models import hands_of
from app.flow.opposed import with_latest
from app.parties.models import Party
from app.rules.models import Track

# What the worklist shows of a case, so that a page of it is read from an index alone.
LISTED = (
    "status",
    "number",
    "party_name",
    "title",
    "scheme_code",
    "year",
    "officer_id",
    "officer_name",
    "applied_ore",
    "due_order",
    "submitted_at",
)
# The worklist's orders and what narrows them; app.desk.queries walks these and never sorts.
ORDERS = {"due": "due_order", "newest": "submitted_at", "party": "party_sort"}
NARROWED = {"": (), "status_": ("status",), "officer_": ("officer_id",)}
SENT_IN = "status <> 'draft'"
# The decider's list is walked by this, written as the index has it.
RECOMMENDED = "status = 'recommended'"
# Answers that are no «impartial»: few, and looked for by person.
TOLD = "answer <> 'impartial'"
# And a round is, by the applicants' names.
IN_ROUND = "status NOT IN ('draft', 'withdrawn')"
NO_DUE = date(9999, 12, 31)


def _list_indexes() -> list[sa.Index]:
    """One covering index for each order, alone and behind a status or an officer; drafts are in none of them."""
    made = []
    for prefix, leading in NARROWED.items():
        for order, column in ORDERS.items():
            keys = (*leading, column, "id")
            made.append(
                sa.Index(
                    f"ix_case_file_{prefix}{order}",
                    *keys,
                    *(c for c in LISTED if c not in keys),
                    sqlite_where=sa.text(SENT_IN),
                    postgresql_where=sa.text(SENT_IN),
                )
            )
    return made


class Case(Base):
    """One application, or one GP agreement. `party_name` and `party_sort` stand here so that a list reads one table.

    `recommended_by`, `assessed_by` and `decided_by` carry four eyes in the database as well as in the code.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        known("status", Status),
        known("track", Track),
        sa.CheckConstraint("(number IS NULL) = (status = 'draft')", name="number_from_submission"),
        sa.CheckConstraint("(submitted_at IS NULL) = (status = 'draft')", name="submitted_told"),
        sa.CheckConstraint("decided_by IS NULL OR recommended_by IS NOT NULL", name="recommended_first"),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> recommended_by", name="four_eyes"),
        sa.CheckConstraint(
            "decided_by IS NULL OR assessed_by IS NULL OR decided_by <> assessed_by", name="assessor_not_decider"
        ),
        sa.CheckConstraint("status <> 'recommended' OR recommended_by IS NOT NULL", name="recommended_has_hand"),
        sa.CheckConstraint(
            "status NOT IN ('granted', 'partly_granted', 'refused') OR decided_by IS NOT NULL", name="decided_has_hand"
        ),
        sa.CheckConstraint("granted_ore IS NULL OR granted_ore >= 0", name="granted_not_negative"),
        sa.CheckConstraint("applied_ore >= 0", name="applied_not_negative"),
        sa.Index("ix_case_file_party_id", "party_id", "id"),
        # An organisation's own, by where they are and what they are of.
        sa.Index("ix_case_file_party_status", "party_id", "status", "call_id", "id"),
        # Whether an organisation has applied before.
        sa.Index("ix_case_file_party_submitted", "party_id", "submitted_at"),
        sa.Index("ix_case_file_call", "call_id", "status", "id"),
        sa.Index(
            "ix_case_file_round",
            *("call_id", "party_sort", "id"),
            sqlite_where=sa.text(IN_ROUND),
            postgresql_where=sa.text(IN_ROUND),
        ),
        sa.Index(
            "ix_case_file_recommended",
            *("year", "pot_id", "party_sort", "id"),
            sqlite_where=sa.text(RECOMMENDED),
            postgresql_where=sa.text(RECOMMENDED),
        ),
        *_list_indexes(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    archive_no: Mapped[str | None]
    track: Mapped[Track]
    pot_id: Mapped[int] = mapped_column(sa.ForeignKey("pot.id"))
    call_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grant_call.id"))
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_version.id"))
    scheme_code: Mapped[str]
    year: Mapped[int]
    title: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    party_name: Mapped[str]
    party_sort: Mapped[SortKey]
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    officer_name: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    # The deadline while a case still waits for its decision, the end of time after: what the worklist sorts by, so that
    # nothing is null and an old, settled case is never overdue. Kept by a trigger: SQLite takes a generated column
    # out of covering indexes.
    due_order: Mapped[date] = mapped_column(default=NO_DUE)
    applied_ore: Mapped[int] = mapped_column(default=0)
    granted_ore: Mapped[int | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)
    assessed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    recommended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    # Which fields are invented for the demo; everything else on a demo case is a published fact (domain J.1.15).
    demo_fields: Mapped[list[str]] = mapped_column(default=list)
    hands = hands_of("case", id, id)

    party: Mapped[Party] = relationship(lazy="raise")

    def standing(self) -> Standing:
        """Who has had a hand in it; declarations are added by cases.queries.standing."""
        return Standing(
            self.status,
            party_id=self.party_id,
            people=with_latest(
                self.hands, assessed=self.assessed_by, recommended=self.recommended_by, decided=self.decided_by
            ),
        )

    @property
    def waits_for_applicant(self) -> bool:
        """Whether the applicant has the next word."""
        return self.status is Status.AWAITING_APPLICANT

    @property
    def is_assessed_now(self) -> bool:
        """Whether its officers work on their sheets."""
        return self.status is Status.ASSESSING

    def is_real(self, field: str) -> bool:
        """Whether the demo has this field from what is published. What is typed in the demo names no field."""
        return bool(self.demo_fields) and field not in self.demo_fields

    @property
    def stream(self) -> str:
        """The case's own audit stream."""
        return f"case:{self.id}"

    @property
    def on_case(self) -> int:
        """Itself."""
        return self.id


def _keep_due_order(table: sa.Table) -> None:
    """Follow `due_on` and `status`, whoever writes them. On SQLite a second write, only when it differs."""
    waits = "('submitted', 'registered', 'awaiting_applicant', 'assessing', 'recommended')"
    due = f"CASE WHEN NEW.due_on IS NOT NULL AND NEW.status IN {waits} THEN NEW.due_on ELSE '{NO_DUE}' END"
    follow = f"WHEN NEW.due_order <> {due} BEGIN UPDATE case_file SET due_order = {due} WHERE id = NEW.id; END"
    table.info.setdefault("triggers", {}).setdefault("sqlite", []).extend(
        f"CREATE TRIGGER tr_case_file_due_{name} AFTER {act} ON case_file {follow}"
        for name, act in (("insert", "INSERT"), ("update", "UPDATE OF due_on, status"))
    )
    table.info["triggers"].setdefault("postgresql", []).extend(
        [
            "CREATE FUNCTION tr_case_file_due() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN NEW.due_order = {due}; RETURN NEW; END $$",
            "CREATE TRIGGER tr_case_file_due BEFORE INSERT OR UPDATE ON case_file FOR EACH ROW"
            " EXECUTE FUNCTION tr_case_file_due()",
        ]
    )
    for dialect, texts in table.info["triggers"].items():
        for text in texts:
            sa.event.listen(table, "after_create", on_dialect(dialect, text))


assert isinstance(Case.__table__, sa.Table)
_keep_due_order(Case.__table__)


class CaseCounter(Base):
    """The next case number of a year; the row is the lock."""

    __tablename__ = "case_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next: Mapped[int]


class Declaration(Base):
    """A person's declaration of impartiality on a case. A change is a new row; the newest counts.

    `settled_by` is the leader who decided a case of doubt.
    """

    __tablename__ = "impartiality"
    __table_args__ = (
        known("answer", Impartiality),
        sa.Index("ix_impartiality_case_user", "case_id", "user_id", "id"),
        sa.Index(
            "ix_impartiality_told",
            *("user_id", "case_id"),
            sqlite_where=sa.text(TOLD),
            postgresql_where=sa.text(TOLD),
        ),
        # Doubts wait for the leader; few among all the answers.
        sa.Index(
            "ix_impartiality_doubt",
            "id",
            sqlite_where=sa.text("answer = 'in_doubt'"),
            postgresql_where=sa.text("answer = 'in_doubt'"),
        ),
        sa.CheckConstraint("settled_by IS NULL OR settled_by <> user_id", name="settled_by_another"),
        sa.CheckConstraint("answer = 'impartial' OR reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    answer: Mapped[Impartiality]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class SearchText(Base):
    """The parts a case is found by («title», «answers»); db.search holds them joined and folded."""

    __tablename__ = "search_text"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
