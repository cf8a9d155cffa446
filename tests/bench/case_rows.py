"""The statements of the bare case page: the tables that ours reads, in as few statements as is natural."""

from typing import Any

import sqlalchemy as sa

import app.models  # noqa: F401  (it registers the rooms' events, before they are asked for)
from app.access.models import User
from app.applications.models import (
    Application,
    ApplicationAnswer,
    ApplicationPartner,
    BudgetKind,
    BudgetLine,
    InformationRequest,
)
from app.assessments.models import Assessment, BudgetCut, Recommendation, Score, SendBack
from app.audit.catalogue import told_twice
from app.audit.models import AuditEntry
from app.awards.models import Award, Decision, Instalment
from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.cases.models import Case, Declaration
from app.cases.workflow import Status
from app.compensation.models import Claim
from app.db import reference
from app.desk.queries.timeline import NOISE
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.flow.models import Hand
from app.parties.models import BankAccount, Party
from app.payables.models import PaymentBasis
from app.payouts.models import Payable, PayoutList, Repayment
from app.reports.models import Report
from app.reports.workflow import SETTLED
from app.rules.models import Call, RuleVersion, Scheme

_T: Any = {
    model: model.__table__.c  # type: ignore[attr-defined]  # a mapped class has one
    for model in (
        User, Application, ApplicationAnswer, ApplicationPartner, BudgetLine, InformationRequest, Assessment, BudgetCut,
        Recommendation, Score, SendBack, AuditEntry, Award, Decision, Instalment, Frame, LedgerEntry, Case, Declaration,
        Claim, Outgoing, Document, Hand, BankAccount, Party, PaymentBasis, Payable, PayoutList, Repayment, Report, Call,
        RuleVersion, Scheme,
    )
}  # fmt: skip
_ASKED: Any = sa.bindparam("asked")
C, A, R = _T[Case], _T[Application], _T[Report]


def _newest(model: Any, column: str, *where: Any, order: str = "id") -> Any:
    """One column of the newest row of the case."""
    c = _T[model]
    query = sa.select(c[column]).where(c.case_id == C.id, *where).order_by(c[order].desc()).limit(1)
    return query.correlate(Case.__table__).scalar_subquery()


def _there(model: Any, *where: Any) -> Any:
    """Whether the case has any of these: whether the tab is shown."""
    return sa.exists().where(_T[model].case_id == C.id, *where).correlate(Case.__table__)


def _of_case(model: Any, *names: str, order: Any = None) -> Any:
    """These columns of what the case has, in the order it was made."""
    c = _T[model]
    return sa.select(*(c[name] for name in names)).where(c.case_id == _ASKED).order_by(c.id if order is None else order)


_PARTNERS = (
    sa.select(sa.func.aggregate_strings(_T[Party].display_name, ", "))
    .join(ApplicationPartner.__table__, _T[ApplicationPartner].party_id == _T[Party].id)
    .where(_T[ApplicationPartner].application_id == A.id)
    .correlate(Application.__table__)
    .scalar_subquery()
)
_OWED = sa.select(R.id).where(R.case_id == C.id, R.status.not_in(SETTLED)).order_by(R.due_on).limit(1)
_SHOWN = (
    Assessment,
    Decision,
    Award,
    Claim,
    Outgoing,
    SendBack,
    InformationRequest,
    Payable,
    Repayment,
    Report,
    Document,
)
CASE = (
    sa.select(
        *(C[name] for name in ("id", "number", "archive_no", "party_name", "party_id", "title", "status", "year")),
        *(
            C[name]
            for name in ("officer_name", "applied_ore", "granted_ore", "submitted_at", "late", "rule_version_id")
        ),
        *(_T[Party][name] for name in ("orgnr", "language_decision")),
        *(_T[Scheme][name] for name in ("name_nb", "name_nn")),
        *(A[name] for name in ("contact_name", "contact_title", "contact_email", "contact_phone", "language")),
        *(A[name] for name in ("purpose", "starts_on", "ends_on", "own_funding_ore", "account_no")),
        _T[User].phone.label("officer_phone"),
        _PARTNERS.label("partners"),
        _newest(Recommendation, "amount_ore").label("recommended_ore"),
        _newest(Award, "status").label("award_status"),
        _newest(Payable, "status").label("payable_status"),
        _newest(Claim, "status").label("claim_status"),
        R.delivered_at,
        *(_there(model).label(f"has_{_T[model].case_id.table.name}") for model in _SHOWN),
    )
    .select_from(Case.__table__)
    .join(Party.__table__, _T[Party].id == C.party_id)
    .outerjoin(Scheme.__table__, _T[Scheme].code == C.scheme_code)
    .outerjoin(Application.__table__, A.case_id == C.id)
    .outerjoin(User.__table__, _T[User].id == C.officer_id)
    .outerjoin(Report.__table__, R.id == _OWED.correlate(Case.__table__).scalar_subquery())
    .where(C.number == _ASKED)
)
RULES = sa.select(_T[RuleVersion].content).where(_T[RuleVersion].id == _ASKED)
SUMS = (
    sa.select(_T[LedgerEntry].kind, sa.func.sum(_T[LedgerEntry].amount_ore).label("ore"))
    .where(_T[LedgerEntry].case_id == _ASKED)
    .group_by(_T[LedgerEntry].kind)
)
_QUESTIONS = (
    sa.select(
        *(_T[InformationRequest][name] for name in ("questions", "answer", "asked_at", "answered_at", "due_on")),
        *(_T[Outgoing][name] for name in ("queued_at", "sent_at")),
    )
    .outerjoin(Outgoing.__table__, _T[Outgoing].key == reference("ask", _T[InformationRequest].id))
    .where(_T[InformationRequest].case_id == _ASKED)
    .order_by(_T[InformationRequest].id)
)


def _timeline(most: int) -> Any:
    e = _T[AuditEntry]
    told = _of_case(AuditEntry, "event", "facts", "by_name", "at", order=e.id.desc())
    return told.where(e.event.not_in((*NOISE, *told_twice()))).limit(most)


_WAITS = (
    sa.select(
        *(_T[Payable][name] for name in ("public_id", "status", "amount_ore", "due_on", "attested_by", "approved_by")),
        *(
            _T[BankAccount][name]
            for name in ("account_no", "controlled_at", "confirmed_by", "closed_at", "rejected_at")
        ),
        *(
            _T[PaymentBasis][name]
            for name in ("nr", "of", "trigger", "released_at", "stopped", "lapsed", "accepted_at")
        ),
        _T[Frame].year,
        _T[LedgerEntry].amount_ore.label("bound_ore"),
    )
    .join(Frame.__table__, _T[Frame].id == _T[Payable].frame_id)
    .join(BankAccount.__table__, _T[BankAccount].id == _T[Payable].account_id)
    .join(PaymentBasis.__table__, _T[PaymentBasis].id == _T[Payable].basis_id)
    .join(LedgerEntry.__table__, _T[LedgerEntry].id == _T[PaymentBasis].commitment_id)
    .where(_T[Payable].case_id == _ASKED, _T[Payable].status.not_in(("paid", "cancelled")))
)
_REPORT_LATE = sa.exists().where(
    R.case_id == C.id, R.status.in_(("not_started", "started", "lacking")), R.due_on < sa.func.current_date()
)
_REPORT_POOR = sa.exists().where(R.case_id == C.id, R.status == "not_approved")
_REPORTS = _of_case(
    Report,
    *("public_id", "kind", "year", "due_on", "status", "delivered_at", "late", "used_ore", "conclusion"),
    order=R.cutoff_on,
)
OF_THE_PARTY = {
    "others": sa.select(C.number, C.year, C.status, C.call_id, C.pot_id)
    .add_columns(_REPORT_LATE.label("report_late"), _REPORT_POOR.label("report_poor"))
    .where(C.party_id == _ASKED, C.id != sa.bindparam("case_id"), C.status != Status.DRAFT)
    .order_by(C.id.desc())
    .limit(8),
    "debts": sa.select(C.number, sa.func.sum(_T[LedgerEntry].amount_ore))
    .join(LedgerEntry.__table__, _T[LedgerEntry].case_id == C.id)
    .where(C.party_id == _ASKED, _T[LedgerEntry].kind.in_([EntryKind.DEBT, EntryKind.REPAYMENT]))
    .group_by(C.id, C.number),
}
_PROPOSER, _DECIDER, _ANSWERER = (User.__table__.alias() for _ in range(3))
_DECIDED = (
    sa.select(
        *(_T[Decision][name] for name in ("outcome", "amount_ore", "decided_at")),
        *(_T[Award][name] for name in ("status", "accepted_at", "accept_by_on", "stop_reason", "revised_plan")),
        _PROPOSER.c.name.label("recommended_by"),
        _DECIDER.c.name.label("decided_by"),
        _ANSWERER.c.name.label("answered_by"),
        *(_T[Outgoing][name] for name in ("queued_at", "sent_at")),
    )
    .outerjoin(Award.__table__, _T[Award].decision_id == _T[Decision].id)
    .outerjoin(Outgoing.__table__, _T[Outgoing].key == reference("decision", _T[Decision].id))
    .join(_DECIDER, _DECIDER.c.id == _T[Decision].decided_by)
    .join(_PROPOSER, _PROPOSER.c.id == _T[Decision].recommended_by)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == _T[Award].accepted_by)
    .where(_T[Decision].case_id == _ASKED)
    .order_by(_T[Decision].id.desc())
    .limit(1)
)
_LETTERS = (
    sa.select(*(_T[Outgoing][name] for name in ("subject", "status", "sent_at")), _T[Document].public_id)
    .outerjoin(Document.__table__, _T[Document].id == _T[Outgoing].document_id)
    .where(_T[Outgoing].case_id == _ASKED)
    .order_by(_T[Outgoing].id.desc())
    .limit(100)
)
_PLAN = (
    sa.select(
        *(_T[Instalment][name] for name in ("nr", "of", "amount_ore", "trigger", "due_on", "report")),
        *(_T[Payable][name] for name in ("public_id", "status", "paid_on")),
        _T[PayoutList].number,
    )
    .join(Award.__table__, _T[Award].id == _T[Instalment].award_id)
    .outerjoin(PaymentBasis.__table__, _T[PaymentBasis].ref == reference("instalment", _T[Instalment].id))
    .outerjoin(Payable.__table__, _T[Payable].basis_id == _T[PaymentBasis].id)
    .outerjoin(PayoutList.__table__, _T[PayoutList].id == _T[Payable].list_id)
    .where(_T[Award].case_id == _ASKED)
    .order_by(_T[Instalment].nr)
)


def _with_name(model: Any, who: str, *names: str) -> Any:
    """These columns of what the case has, and the name of whoever did it."""
    c = _T[model]
    query = sa.select(*(c[name] for name in names), _T[User].name).join(User.__table__, _T[User].id == c[who])
    return query.where(c.case_id == _ASKED).order_by(c.id.desc())


def _of_application(model: Any, *names: str) -> Any:
    c = _T[model]
    query = sa.select(*(c[name] for name in names)).join(Application.__table__, A.id == c.application_id)
    return query.where(A.case_id == _ASKED)


def _of_counting(model: Any, *names: str) -> Any:
    """Of the sheet that counts: the recommender's own."""
    c, sheet = _T[model], _T[Assessment]
    query = sa.select(*(c[name] for name in names)).join(Assessment.__table__, sheet.id == c.assessment_id)
    return query.join(Case.__table__, sa.and_(C.id == sheet.case_id, C.recommended_by == sheet.assessor_id)).where(
        C.id == _ASKED
    )


_BUDGET = (
    _of_application(BudgetLine, "position", "cost_code", "text", "amount_ore")
    .where(_T[BudgetLine].kind == BudgetKind.APPLIED)
    .order_by(_T[BudgetLine].position)
)
_PARTIES = (
    _of_application(ApplicationPartner, "intent_on")
    .add_columns(_T[Party].display_name)
    .join(Party.__table__, _T[Party].id == _T[ApplicationPartner].party_id)
)
_CALL = sa.select(_T[Call].id).join(Case.__table__, C.call_id == _T[Call].id).where(C.id == _ASKED)
_SHEETS = ("id", "assessor_id", "requirements", "proposed_ore", "weighted", "finished_at")
_PROPOSED = ("outcome", "amount_ore", "purpose", "facts", "reasons", "conditions", "recommended_by", "recommended_at")
# What each tab reads besides the case itself and its sums.
TABS: dict[str, dict[str, Any]] = {
    "oversikt": {
        "asked": _QUESTIONS,
        "answers": sa.select(_T[Declaration].user_id, _T[Declaration].answer).where(_T[Declaration].case_id == _ASKED),
        "hands": sa.select(*(_T[Hand][name] for name in ("kind", "thing_id", "hand", "user_id"))).where(
            _T[Hand].case_id == _ASKED
        ),
        "waits": _WAITS,
        "reports": _REPORTS,
        "events": _timeline(6),
    },
    "soknad": {
        "asked": _QUESTIONS,
        "call": _CALL,
        "answers": _of_application(ApplicationAnswer, "question_code", "value"),
        "budget": _BUDGET,
        "partners": _PARTIES,
    },
    "vurderinger": {
        "sheets": _with_name(Assessment, "assessor_id", *_SHEETS),
        "proposal": _with_name(Recommendation, "recommended_by", *_PROPOSED).limit(1),
        "scores": _of_counting(Score, "criterion", "points", "reason"),
        "cuts": _of_counting(BudgetCut, "position", "proposed_ore", "why"),
        "budget": _BUDGET,
    },
    "vedtak-og-brev": {"decided": _DECIDED, "letters": _LETTERS},
    "utbetalinger": {"plan": _PLAN},
    "rapporter": {"reports": _REPORTS},
    "dokumenter": {
        "documents": _of_case(
            Document, "public_id", "title", "direction", "made_at", order=_T[Document].id.desc()
        ).limit(50)
    },
    "hendelser": {"events": _timeline(100)},
}
