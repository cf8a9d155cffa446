"""One case with what stands round it: a fixed number of reads, whatever the events, documents and other cases."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import Application, ApplicationPartner, InformationRequest
from app.assessments.models import Assessment, Recommendation, SendBack
from app.awards import queries as awards
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.budget import queries as budget
from app.budget.domain import CaseLedger, OpenDebt
from app.cases.models import Case
from app.cases.queries import OPEN, declared, remembering
from app.cases.workflow import Status
from app.compensation.models import Claim
from app.compensation.queries.claims import OPEN as OPEN_CLAIMS
from app.compensation.workflow import Status as ClaimStatus
from app.db import db
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.flow import Offer
from app.parties.models import Party
from app.payouts.models import Payable, Repayment
from app.payouts.workflow import WAITS_FOR
from app.payouts.workflow import Status as PayableStatus
from app.reports.models import Report
from app.reports.queries import OPEN_TO_RECIPIENT, next_day
from app.reports.workflow import Status as ReportStatus
from app.rules.models import Scheme
from app.rules.queries import rules_of

# Rooms that have steps on a case, in the order of the work.
STEPS_OF = ("cases", "assessments", "awards", "reports", "payouts", "compensation")
# A room whose steps are all on something: it is asked when the case has that (HOLDS).
ON = {"awards": "recommendation", "reports": "report", "payouts": "payable", "compensation": "claim"}
MOST_OTHERS = 8
SETTLED = (ReportStatus.APPROVED, ReportStatus.NOT_APPROVED)
# What a case may have something of, each with what counts.
HOLDS: dict[str, tuple[Any, tuple[sa.ColumnElement[bool], ...]]] = {
    "assessment": (Assessment, (Assessment.finished_at.is_not(None),)),
    "recommendation": (Recommendation, ()),
    "decision": (Decision, ()),
    "award": (Award, ()),
    "claim": (Claim, ()),
    "letter": (Outgoing, ()),
    "send_back": (SendBack, ()),
    "request": (InformationRequest, ()),
    "payable": (Payable, ()),
    "repayment": (Repayment, ()),
    "report": (Report, ()),
    "document": (Document, ()),
}


@dataclass(frozen=True)
class Around:
    """What stands beside the case: the application, who answers for what, the sums. Øre.

    `holds`: which of HOLDS the case has anything of.
    """

    scheme_nb: str
    scheme_nn: str
    application: Application | None
    partners: str
    recommended_ore: int | None
    officer_phone: str
    holds: frozenset[str]
    ledger: CaseLedger

    @property
    def has_decision(self) -> bool:
        """Whether it was ever decided; a refusal gives no award."""
        return "decision" in self.holds


@cache
def _around() -> sa.Select[Any]:
    """Made once: putting the statement together costs more than running it."""
    names = (
        sa.select(sa.func.aggregate_strings(Party.display_name, ", "))
        .join(ApplicationPartner, ApplicationPartner.party_id == Party.id)
        .where(ApplicationPartner.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    recommended = (
        sa.select(Recommendation.amount_ore)
        .where(Recommendation.case_id == Case.id)
        .order_by(Recommendation.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    there = [sa.exists().where(model.case_id == Case.id, *which).correlate(Case) for model, which in HOLDS.values()]
    return (
        sa.select(Scheme.name_nb, Scheme.name_nn, Application, names, recommended, User.phone, *there)
        .select_from(Case)
        .outerjoin(Scheme, Scheme.code == Case.scheme_code)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(User, User.id == Case.officer_id)
        .where(Case.id == sa.bindparam("case_id"))
    )


def around(case: Case) -> Around:
    """One read for what is single, and one for the ledger where money is promised."""
    row = db.session.execute(_around(), {"case_id": case.id}).one()
    nb, nn, application, partners, ore, phone, *there = row
    holds = frozenset(name for name, is_there in zip(HOLDS, there, strict=True) if is_there)
    sums = budget.ledgers_of([case.id]).get(case.id) if case.granted_ore else None
    return Around(nb or "", nn or "", application, partners or "", ore, phone or "", holds, sums or CaseLedger())


@dataclass(frozen=True)
class After:
    """What there is to come on a decided case: the award's answer, the oldest payment and claim, the next report."""

    award: AwardStatus | None
    accept_by_on: date | None
    payable: PayableStatus | None
    report: Report | None
    claim: ClaimStatus | None
    untold: bool = False
    report_by_on: date | None = None


def debt(case: Case) -> OpenDebt | None:
    """What the applicant must pay back, in this case or another."""
    return budget.open_debts([case.party_id]).get(case.party_id)


_OTHERS = (
    sa.select(
        *(Case.__table__.c[name] for name in ("number", "title", "year", "status", "call_id", "pot_id")),
        sa.select(Report.id)
        .where(
            Report.case_id == Case.id,
            Report.status.in_(OPEN_TO_RECIPIENT),
            Report.due_on < sa.bindparam("today", type_=sa.Date),
        )
        .correlate(Case)
        .exists()
        .label("report_late"),
    )
    .where(Case.party_id == sa.bindparam("party_id"), Case.id != sa.bindparam("case_id"), Case.status != Status.DRAFT)
    .order_by(Case.id.desc())
    .limit(MOST_OTHERS)
)


def others(case: Case, today: date) -> Sequence[Any]:
    """The applicant's other cases, newest first, each with whether a report of it is owed past its day."""
    return db.session.execute(_OTHERS, {"party_id": case.party_id, "case_id": case.id, "today": today}).all()


def after(case: Case) -> After | None:
    """What a decided case waits for; None while it is judged. At most four reads."""
    if case.status in OPEN:
        return None
    award, report, payable, claim, untold = db.session.execute(_after(), {"case_id": case.id}).one()
    awaits = award is not None and award.status is AwardStatus.AWAITING
    by_on = awards.accept_by(award) if awaits and not untold else None
    report_on = next_day([report], rules_of(case.rule_version_id))[report.id] if report else None
    return After(award and award.status, by_on, payable, report, claim, untold=untold, report_by_on=report_on)


@cache
def _after() -> sa.Select[Any]:
    def first(column: Any, *where: Any, order: Any) -> Any:
        return sa.select(column).where(*where).order_by(order).limit(1).correlate(Case).scalar_subquery()

    award = first(Award.id, Award.case_id == Case.id, order=Award.id.desc())
    owed = (Report.case_id == Case.id, Report.status.not_in(SETTLED))
    hands = (Payable.case_id == Case.id, Payable.status.in_(list(WAITS_FOR)))
    claims = (Claim.case_id == Case.id, Claim.status.in_(OPEN_CLAIMS))
    letter = (Outgoing.case_id == Case.id, Outgoing.kind == "decision", Outgoing.sent_at.is_(None))
    return (
        sa.select(
            Award,
            Report,
            first(Payable.status, *hands, order=Payable.id),
            first(Claim.status, *claims, order=Claim.id),
            sa.exists().where(*letter).correlate(Case),
        )
        .select_from(Case)
        .outerjoin(Award, Award.id == award)
        .outerjoin(Report, Report.id == first(Report.id, *owed, order=Report.due_on))
        .where(Case.id == sa.bindparam("case_id"))
    )


@dataclass(frozen=True)
class Steps:
    """Every step of the case for this person, and their own answer on impartiality."""

    offers: Sequence[Offer]
    declared: str | None
    must_declare: bool


def steps(case: Case, actor: Actor, at: datetime, holds: Collection[str]) -> Steps:
    """Asks each room that has steps on a case that holds this; the same functions the verbs judge by."""
    asked = [room for name, room in _rooms().items() if name not in ON or ON[name] in holds]
    with remembering(case.id, actor.id):
        found = [offer for room in asked for offer in room(case, actor, at)]
        answer = declared([case.id], actor.id).get(case.id)
    judges = actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)
    return Steps(found, answer, answer is None and judges and case.status in OPEN)


@cache
def _rooms() -> dict[str, Callable[[Case, Actor, datetime], Sequence[Offer]]]:
    """Each room's own `offers`, from its judgement."""
    return {room: import_module(f"app.{room}.judgement").offers for room in STEPS_OF}
