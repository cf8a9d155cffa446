"""One case with what stands round it: a fixed number of reads, whatever the events, documents and other cases."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, reduce
from importlib import import_module
from operator import add
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, load_only

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import Application, ApplicationPartner, InformationRequest
from app.assessments.models import Assessment, Recommendation, SendBack
from app.awards import queries as awards
from app.awards.content import Ended, ended
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.budget import queries as budget
from app.budget.domain import CaseLedger, OpenDebt
from app.cases.models import Case
from app.cases.queries import MOST_READERS, OPEN, declared, remembering, seen_by
from app.cases.workflow import Status
from app.compensation.models import Claim
from app.compensation.queries.claims import OPEN as OPEN_CLAIMS
from app.compensation.workflow import Status as ClaimStatus
from app.db import db, joined
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
# What is told of the award and of the next report beside every tab; anything else of them is read when it is asked for.
_OF_AWARD = ("status", "decision_id", "accept_by_on")
_OF_REPORT = ("case_id", "kind", "year", "status", "due_on", "delivered_at", "lacking_by_on")
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
    "report_not_approved": (Report, (Report.status == ReportStatus.NOT_APPROVED,)),
    "document": (Document, ()),
}


@dataclass(frozen=True)
class Ahead:
    """What a decided case may wait for, as it stands: the award, the report that is owed next, payment and claim.

    `untold`: the letter of a decision is not sent.
    """

    award: Award | None
    report: Report | None
    payable: PayableStatus | None
    claim: ClaimStatus | None
    untold: bool


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
    ahead: Ahead
    holds: frozenset[str]
    ledger: CaseLedger

    @property
    def has_decision(self) -> bool:
        """Whether it was ever decided; a refusal gives no award."""
        return "decision" in self.holds


def _first(column: Any, *where: Any, order: Any) -> Any:
    return sa.select(column).where(*where).order_by(order).limit(1).correlate(Case).scalar_subquery()


def _there(*where: Any) -> Any:
    return sa.exists().where(*where).correlate(Case)


# Their names in one text: a column each takes longer to fetch than to find.
_HOLDS: Any = reduce(
    add,
    (
        sa.case(
            (_there(model.case_id == Case.id, *which), sa.literal_column(f"'{name} '", sa.Text)),
            else_=sa.literal_column("''", sa.Text),
        )
        for name, (model, which) in HOLDS.items()
    ),
)


@lru_cache(MOST_READERS)
def _around(actor: Actor, *, with_hands: bool) -> sa.Select[Any]:
    """Made once for each reader: putting the statement together costs more than running it."""
    names = (
        sa.select(joined(Party.display_name, ", "))
        .join(ApplicationPartner, ApplicationPartner.party_id == Party.id)
        .where(ApplicationPartner.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    recommended = _first(Recommendation.amount_ore, Recommendation.case_id == Case.id, order=Recommendation.id.desc())
    award = _first(Award.id, Award.case_id == Case.id, order=Award.id.desc())
    owed = (Report.case_id == Case.id, ~Report.status.in_(SETTLED))
    hands = (Payable.case_id == Case.id, Payable.status.in_(WAITS_FOR))
    claims = (Claim.case_id == Case.id, Claim.status.in_(OPEN_CLAIMS))
    letter = (Outgoing.case_id == Case.id, Outgoing.kind == "decision", Outgoing.sent_at.is_(None))
    return (
        sa.select(
            *(Case, budget.ledger_of_case(Case.id)),
            *(Scheme.name_nb, Scheme.name_nn, Application, names, recommended, User.phone),
            *(Award, Report),
            _first(Payable.status, *hands, order=Payable.id),
            _first(Claim.status, *claims, order=Claim.id),
            _there(*letter),
            _HOLDS,
        )
        .select_from(Case)
        .join(Case.party)
        .outerjoin(Scheme, Scheme.code == Case.scheme_code)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(User, User.id == Case.officer_id)
        .outerjoin(Award, Award.id == award)
        .outerjoin(Report, Report.id == _first(Report.id, *owed, order=Report.due_on))
        # Whose hands have been in what is read where a step is judged.
        .options(
            contains_eager(Case.party).load_only(Party.orgnr, Party.language_decision),
            *([] if with_hands else [defer(Case.hands)]),
            load_only(*(getattr(Award, name) for name in _OF_AWARD)),
            load_only(*(getattr(Report, name) for name in _OF_REPORT)),
        )
        .where(Case.number == sa.bindparam("number"), seen_by(actor))
    )


def found(number: str, actor: Actor, *, with_hands: bool) -> tuple[Case, Around] | None:
    """The case of this number, when the person may see it, with all that is single beside it: one read.

    `with_hands`: the reader's steps are judged too, for which whose hands have been in it is read at once.
    """
    row = db.session.execute(_around(actor, with_hands=with_hands), {"number": number}).first()
    if row is None:
        return None
    case, ledger, nb, nn, application, partners, ore, phone, award, report, payable, claim, untold, holds = row
    ahead, names = Ahead(award, report, payable, claim, untold), frozenset(holds.split())
    return case, Around(nb or "", nn or "", application, partners or "", ore, phone or "", ahead, names, ledger)


@dataclass(frozen=True)
class After:
    """What there is to come on a decided case: the award's answer, the oldest payment and claim, the next report.

    `ended`: that nothing comes of its award.
    """

    award: AwardStatus | None
    accept_by_on: date | None
    payable: PayableStatus | None
    report: Report | None
    claim: ClaimStatus | None
    untold: bool = False
    report_by_on: date | None = None
    ended: Ended | None = None


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
        _there(Report.case_id == Case.id, Report.status == ReportStatus.NOT_APPROVED).label("report_not_approved"),
    )
    .where(Case.party_id == sa.bindparam("party_id"), Case.id != sa.bindparam("case_id"), Case.status != Status.DRAFT)
    .order_by(Case.id.desc())
    .limit(MOST_OTHERS)
)


def others(case: Case, today: date) -> Sequence[Any]:
    """The applicant's other cases, newest first; of each whether a report is owed past its day, or is not approved."""
    return db.session.execute(_OTHERS, {"party_id": case.party_id, "case_id": case.id, "today": today}).all()


def after(case: Case, ahead: Ahead) -> After | None:
    """What a decided case waits for; None while it is judged. At most four reads."""
    if case.status in OPEN:
        return None
    award, report = ahead.award, ahead.report
    awaits = award is not None and award.status is AwardStatus.AWAITING
    by_on = awards.accept_by(award) if award and awaits and not ahead.untold else None
    report_on = next_day([report], rules_of(case.rule_version_id))[report.id] if report else None
    return After(
        award.status if award else None,
        by_on,
        ahead.payable,
        report,
        ahead.claim,
        untold=ahead.untold,
        report_by_on=report_on,
        ended=ended(award),
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
