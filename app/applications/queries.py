"""Reading applications: the whole of one, who signs, and which steps the applicant has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.domain import Actor, Role
from app.access.models import User, UserMembership
from app.applications.domain import (
    Budget,
    Contact,
    CostLine,
    Partner,
    Partners,
    Project,
    SectionView,
    Whole,
    views,
)
from app.applications.models import (
    Application,
    ApplicationAnswer,
    ApplicationPartner,
    ApplicationSection,
    BudgetKind,
    BudgetLine,
    InformationRequest,
)
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, reference
from app.dispatch.queries import told, told_all
from app.parties.models import Party, PartyKind
from app.rules import queries as rules_queries
from app.rules.domain import Rules
from app.rules.models import Call
from app.values.sortkeys import fold

MOST = 200
ENDED = (Status.WITHDRAWN,)


@dataclass(frozen=True)
class Read:
    """An application with all that stands on its pages. `saved`: version of each section somebody has saved."""

    case: Case
    application: Application
    call: Call
    rule_version_id: int
    rules: Rules
    whole: Whole
    saved: dict[str, int]

    @property
    def views(self) -> list[SectionView]:
        """The task list."""
        return views(self.rules, self.whole, tuple(self.saved))


_SAVED = sa.select(ApplicationSection.code, ApplicationSection.version).where(
    ApplicationSection.application_id == sa.bindparam("asked")
)
_LINES = (
    sa.select(BudgetLine.cost_code, BudgetLine.text, BudgetLine.amount_ore)
    .where(BudgetLine.application_id == sa.bindparam("asked"), BudgetLine.kind == sa.bindparam("of_kind"))
    .order_by(BudgetLine.position)
    .limit(MOST)
)
_PARTNERS = (
    sa.select(ApplicationPartner.party_id, ApplicationPartner.intent_on, Party.display_name, Party.orgnr)
    .join(Party, Party.id == ApplicationPartner.party_id)
    .where(ApplicationPartner.application_id == sa.bindparam("asked"))
    .order_by(Party.sort_key, Party.id)
    .limit(MOST)
)
_ANSWERS = (
    sa.select(ApplicationAnswer.question_code, ApplicationAnswer.value)
    .where(ApplicationAnswer.application_id == sa.bindparam("asked"))
    .order_by(ApplicationAnswer.question_code)
    .limit(MOST)
)
_BY_CASE = sa.select(Application).where(Application.case_id == sa.bindparam("asked"))


def key_of_own(public_id: str, actor: Actor) -> int | None:
    """The case of the application at this address, when it is of an organisation the person acts for."""
    query = sa.select(Case.id).where(
        Case.public_id == public_id, Case.party_id.in_(actor.party_ids), Case.call_id.is_not(None)
    )
    return db.session.scalar(query)


def read(case: Case, *, with_saved: bool = True, application: Application | None = None) -> Read:
    """Everything of one application; a draft by the newest rules of its call. `saved` only the task list needs."""
    application = application or by_case(case.id)
    found, newest_id = rules_queries.call_and_newest(case.call_id) if case.call_id else (None, 0)
    if found is None:
        raise LookupError(f"case {case.id} has no call")
    rule_version_id = newest_id if case.status is Status.DRAFT else case.rule_version_id
    saved = {}
    if with_saved:
        saved = {row.code: row.version for row in db.session.execute(_SAVED, {"asked": application.id})}
    rules = rules_queries.rules_of(rule_version_id)
    return Read(case, application, found, rule_version_id, rules, whole(case, application), saved)


def by_case(case_id: int) -> Application:
    """The application of a case. Raises NoResultFound."""
    return db.session.scalars(_BY_CASE, {"asked": case_id}).one()


def whole(case: Case, application: Application) -> Whole:
    """The application as frozen facts."""
    contact = Contact(
        application.contact_name,
        application.contact_title,
        application.contact_email,
        application.contact_phone,
        application.account_no,
    )
    project = Project(case.title, application.purpose, application.starts_on, application.ends_on)
    budget = Budget(case.applied_ore, application.own_funding_ore, lines(application.id))
    return Whole(contact, project, budget, Partners(partners(application.id)), answers(application.id))


def lines(application_id: int, kind: BudgetKind = BudgetKind.APPLIED) -> tuple[CostLine, ...]:
    """The budget, in its own order."""
    return tuple(CostLine(*row) for row in db.session.execute(_LINES, {"asked": application_id, "of_kind": kind}))


def partners(application_id: int) -> tuple[Partner, ...]:
    """Who takes part, by name."""
    return tuple(Partner(*row) for row in db.session.execute(_PARTNERS, {"asked": application_id}))


def answers(application_id: int) -> dict[str, str | int]:
    """Every answer by question code; also those whose question is gone."""
    return {row.question_code: row.value for row in db.session.execute(_ANSWERS, {"asked": application_id})}


def answer_rows(application_id: int) -> Sequence[ApplicationAnswer]:
    """The answers as rows, to be changed."""
    query = sa.select(ApplicationAnswer).where(ApplicationAnswer.application_id == application_id)
    return db.session.scalars(query).all()


def language_of(case_id: int) -> str | None:
    """The language the applicant chose; None on a case without an application."""
    return db.session.scalar(sa.select(Application.language).where(Application.case_id == case_id))


def section(application_id: int, code: str) -> ApplicationSection | None:
    """Who saved this section last, and which version it is; None when nobody has."""
    return db.session.get(ApplicationSection, (application_id, code), populate_existing=True)


def live_of(call_id: int, party_ids: Collection[int]) -> Sequence[Case]:
    """The organisations' applications on this call that are not withdrawn, newest first."""
    query = (
        sa.select(Case)
        .where(Case.call_id == call_id, Case.party_id.in_(party_ids), Case.status.not_in(ENDED))
        .order_by(Case.id.desc())
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def withdrawn_before(case: Case) -> sa.Select[int]:
    """What the same organisation sent in on the same call and withdrew: sent in again, it is the same matter."""
    return sa.select(Case.id).where(
        Case.call_id == case.call_id, Case.party_id == case.party_id, Case.status.in_(ENDED), Case.id < case.id
    )


def kinds(party_id: int) -> list[PartyKind]:
    """What the organisation is."""
    return list(db.session.scalars(sa.select(PartyKind).where(PartyKind.party_id == party_id)))


def organisations_of(actor: Actor) -> Sequence[Party]:
    """The organisations a person acts for, with their kinds, by name."""
    query = (
        sa.select(Party)
        .where(Party.id.in_(actor.party_ids))
        .options(selectinload(Party.kinds))
        .order_by(Party.sort_key, Party.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def signers(party_id: int) -> Sequence[User]:
    """Who may sign for the organisation."""
    query = (
        sa.select(User)
        .join(UserMembership, UserMembership.user_id == User.id)
        .where(UserMembership.party_id == party_id, UserMembership.role == Role.SIGNER, User.active)
        .order_by(User.sort_key, User.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def organisations(text: str) -> Sequence[Party]:
    """Organisations of exactly this name, in whatever case it is written; more than one when the name is not unique."""
    name = fold(text)
    query = sa.select(Party).where(Party.name_fold == name).order_by(Party.sort_key, Party.id).limit(5)
    return db.session.scalars(query).all()


@overload
def asking_key(request_id: int) -> str: ...
@overload
def asking_key(request_id: Any) -> sa.ColumnElement[str]: ...
def asking_key(request_id: Any) -> str | sa.ColumnElement[str]:
    """What makes the letter with these questions unique; of a column with keys, the same in SQL."""
    key: str | sa.ColumnElement[str] = reference("ask", request_id)
    return key


def answer_by(asked: InformationRequest) -> date | None:
    """The last day to answer as it runs: counted from when the letter was sent; None while it is not."""
    return told(asking_key(asked.id)).counted(asked.due_on)


def request(case_id: int) -> InformationRequest | None:
    """The questions that wait for an answer."""
    query = (
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case_id, InformationRequest.answered_at.is_(None))
        .order_by(InformationRequest.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def requests(case_id: int) -> Sequence[InformationRequest]:
    """Questions and answers of a case, oldest first."""
    query = (
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case_id)
        .order_by(InformationRequest.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def asked_of(case_id: int) -> list[tuple[InformationRequest, date | None]]:
    """Questions and answers of a case, oldest first, each with the last day to answer as it runs. Two reads."""
    found = requests(case_id)
    when = told_all([asking_key(each.id) for each in found])
    return [(each, when[asking_key(each.id)].counted(each.due_on)) for each in found]
