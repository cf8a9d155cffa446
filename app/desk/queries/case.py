"""One case with what stands round it: a fixed number of reads, whatever the events, documents and other cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.access.models import User
from app.applications.models import Application, ApplicationPartner
from app.assessments.domain import BackCause, Outcome
from app.assessments.models import Recommendation
from app.audit.models import AuditEntry
from app.awards import queries as awards
from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.budget import queries as budget
from app.budget.domain import CaseLedger, OpenDebt
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import OPEN, declared, remembering
from app.cases.workflow import Status
from app.compensation.models import Claim
from app.compensation.queries.claims import OPEN as OPEN_CLAIMS
from app.compensation.workflow import Status as ClaimStatus
from app.db import db
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.documents.queries import readable
from app.flow import Offer
from app.parties.models import Party
from app.payouts.models import Payable
from app.payouts.workflow import WAITS_FOR
from app.payouts.workflow import Status as PayableStatus
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind
from app.rules.models import Scheme
from app.values.language import Worded

# Rooms that have steps on a case, in the order of the work.
STEPS_OF = ("cases", "assessments", "awards", "reports", "payouts", "compensation")
# What the machinery did on the way; that a letter was sent is told.
NOISE = ("outgoing.queued", "outgoing.render", "outgoing.begin", "document.added")
MOST_EVENTS = 100
MOST_DOCUMENTS = 50
MOST_OTHERS = 8
SETTLED = (ReportStatus.APPROVED, ReportStatus.NOT_APPROVED)
# Codes in the record's facts, so that the timeline says their words.
CODES: dict[str, type[Worded]] = {
    "answer": Impartiality,
    "cause": BackCause,
    "outcome": Outcome,
    "report": ReportKind,
}


@dataclass(frozen=True)
class Told:
    """One entry of the timeline, its codes turned to words; `kind` chooses the icon."""

    event: str
    facts: Mapping[str, Any]
    by_name: str
    at: datetime
    kind: str


@dataclass(frozen=True)
class Around:
    """What stands beside the case: the application, who answers for what, the sums. Øre."""

    scheme_nb: str
    scheme_nn: str
    application: Application | None
    partners: str
    recommended_ore: int | None
    has_payables: bool
    officer_phone: str
    ledger: CaseLedger


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
    payable = sa.select(Payable.id).where(Payable.case_id == Case.id).correlate(Case).exists()
    return (
        sa.select(Scheme.name_nb, Scheme.name_nn, Application, names, recommended, payable, User.phone)
        .select_from(Case)
        .outerjoin(Scheme, Scheme.code == Case.scheme_code)
        .outerjoin(Application, Application.case_id == Case.id)
        .outerjoin(User, User.id == Case.officer_id)
        .where(Case.id == sa.bindparam("case_id"))
    )


def around(case: Case) -> Around:
    """One read for what is single, and one for the ledger where money is promised."""
    nb, nn, application, partners, ore, payable, phone = db.session.execute(_around(), {"case_id": case.id}).one()
    sums = budget.ledgers_of([case.id]).get(case.id) if case.granted_ore else None
    return Around(nb or "", nn or "", application, partners or "", ore, payable, phone or "", sums or CaseLedger())


@dataclass(frozen=True)
class After:
    """What there is to come on a decided case: the award's answer, the oldest payment and claim, the next report."""

    award: AwardStatus | None
    accept_by_on: date | None
    payable: PayableStatus | None
    report: Report | None
    claim: ClaimStatus | None
    untold: bool = False


def timeline(case_id: int, *, letters_only: bool) -> list[Told]:
    """What has happened, newest first, at most MOST_EVENTS."""
    return [told(row) for row in db.session.execute(_timeline(letters_only), {"case_id": case_id})]


@cache
def _timeline(letters_only: bool) -> sa.Select[Any]:
    query = (
        sa.select(*(AuditEntry.__table__.c[name] for name in ("event", "facts", "by_name", "at")))
        .where(AuditEntry.case_id == sa.bindparam("case_id"), AuditEntry.event.not_in(NOISE))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_EVENTS)
    )
    return query.where(AuditEntry.event.like("outgoing.%")) if letters_only else query


def told(row: Any) -> Told:
    """A row of the record as the timeline tells it."""
    return Told(row.event, _worded(row.facts), row.by_name, row.at, _kind(row.event))


def _worded(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _code(CODES.get(name), value) for name, value in facts.items()}


def _code(codes: type[Worded] | None, value: Any) -> Any:
    known = codes is not None and value in {member.value for member in codes}
    return codes(value) if codes is not None and known else value


def _kind(event: str) -> str:
    room = event.partition(".")[0]
    return {"outgoing": "letter", "payable": "money", "payout": "money"}.get(room, "step")


def debt(case: Case) -> OpenDebt | None:
    """What the applicant must pay back, in this case or another."""
    return budget.open_debts([case.party_id]).get(case.party_id)


def documents(case_id: int, actor: Actor) -> Sequence[Any]:
    """The newest documents of the case that the person may open."""
    wanted = (Document.public_id, Document.title, Document.direction, Document.made_at)
    query = readable(actor, *wanted).where(Document.case_id == case_id)
    return db.session.execute(query.order_by(Document.id.desc()).limit(MOST_DOCUMENTS)).all()


_OTHERS = (
    sa.select(
        *(Case.__table__.c[name] for name in ("number", "title", "year", "status", "call_id", "pot_id")),
        sa.select(Report.id)
        .where(
            Report.case_id == Case.id,
            Report.status.not_in(SETTLED),
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
    """The applicant's other cases, newest first, each with whether a report of it is late."""
    return db.session.execute(_OTHERS, {"party_id": case.party_id, "case_id": case.id, "today": today}).all()


def after(case: Case) -> After | None:
    """What a decided case waits for; None while it is judged. At most two reads."""
    if case.status in OPEN:
        return None
    award, report, payable, claim, untold = db.session.execute(_after(), {"case_id": case.id}).one()
    awaits = award is not None and award.status is AwardStatus.AWAITING
    by_on = awards.accept_by(award) if awaits and not untold else None
    return After(award and award.status, by_on, payable, report, claim, untold=untold)


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


def steps(case: Case, actor: Actor, at: datetime, *, has_payables: bool) -> Steps:
    """Asks each room that has steps on a case; the same functions the verbs judge by."""
    asked = [room for name, room in _rooms().items() if name != "payouts" or has_payables]
    with remembering(case.id, actor.id):
        found = [offer for room in asked for offer in room(case, actor, at)]
        answer = declared([case.id], actor.id).get(case.id)
    judges = actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)
    return Steps(found, answer, answer is None and judges and case.status in OPEN)


@cache
def _rooms() -> dict[str, Callable[[Case, Actor, datetime], Sequence[Offer]]]:
    """Each room's own `offers`, from its judgement."""
    found = {}
    for room in STEPS_OF:
        there = find_spec(f"app.{room}.judgement")
        module = import_module(f"app.{room}.{'judgement' if there else 'queries'}")
        found[room] = module.offers
    return found
