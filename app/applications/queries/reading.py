"""Reading applications: the whole of one, alone or under its lock, and whose they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

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
)
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
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
# Answers, lines and partners are read in one statement; this is what each tells beside its key, as `_part` fills in.
_TOLD: dict[str, sa.types.TypeEngine[Any]] = {
    "value": ApplicationAnswer.value.type,
    "text": sa.Text(),
    "amount_ore": BudgetLine.amount_ore.type,
    "intent_on": ApplicationPartner.intent_on.type,
    "sort": Party.sort_key.type,
}


def _part(name: str, model: Any, key: Any, code: Any, **told: Any) -> sa.Select[Any]:
    """One part of `_PARTS`: every part has the same columns, blank where it tells nothing of the kind."""
    blank = {each: sa.cast(sa.null(), kind) for each, kind in _TOLD.items()}
    columns = ((told.get(each, blank[each])).label(each) for each in _TOLD)
    query = sa.select(sa.literal_column(f"'{name}'", sa.Text).label("part"), key.label("key"), code.label("code"))
    return query.add_columns(*columns).select_from(model).where(model.application_id == sa.bindparam("asked"))


_PARTS = sa.union_all(
    _part(
        "answer", ApplicationAnswer, sa.literal_column("0"), ApplicationAnswer.question_code,
        value=ApplicationAnswer.value,
    ),
    _part(
        "line", BudgetLine, BudgetLine.position, BudgetLine.cost_code,
        text=BudgetLine.text, amount_ore=BudgetLine.amount_ore,
    ).where(BudgetLine.kind == BudgetKind.APPLIED),
    _part(
        "partner", ApplicationPartner, ApplicationPartner.party_id, Party.orgnr,
        text=Party.display_name, intent_on=ApplicationPartner.intent_on, sort=Party.sort_key,
    ).join(Party, Party.id == ApplicationPartner.party_id),
).limit(3 * MOST)  # fmt: skip
_BY_CASE = sa.select(Application).where(Application.case_id == sa.bindparam("asked"))
_EARLIER = aliased(Case)
_SENT_BEFORE = sa.exists().where(
    _EARLIER.party_id == Case.party_id,
    _EARLIER.call_id == Case.call_id,
    _EARLIER.status.in_(ENDED),
    _EARLIER.id < Case.id,
)
# The application is locked along with its case: whoever waited for the case reads it too as it is afterwards, and not
# as it was when they began to wait (PostgreSQL, READ COMMITTED). What stands beside them is read when the wait is over.
_LOCKED = (
    sa.select(Case, Application)
    .join(Application, Application.case_id == Case.id)
    .options(joinedload(Case.party))
    .with_for_update(of=(Case, Application))
    .execution_options(populate_existing=True)
)
_BESIDE = (
    sa.select(Call, rules_queries.newest_rules_id(), _SENT_BEFORE)
    .join(Case, Case.call_id == Call.id)
    .where(Case.id == sa.bindparam("asked"))
    .options(joinedload(Call.pot))
    .execution_options(populate_existing=True)
)
_LOCKED_BY_KEY = _LOCKED.where(Case.id == sa.bindparam("asked"))
_LOCKED_OWN = _LOCKED.where(
    Case.public_id == sa.bindparam("asked"),
    Case.party_id.in_(sa.bindparam("theirs", expanding=True)),
    Case.call_id.is_not(None),
)


def read(case: Case, *, with_saved: bool = True, application: Application | None = None) -> Read:
    """Everything of one application; a draft by the newest rules of its call. `saved` only the task list needs."""
    application = application or by_case(case.id)
    found, newest_id = rules_queries.call_and_newest(case.call_id) if case.call_id else (None, 0)
    if found is None:
        raise LookupError(f"case {case.id} has no call")
    saved = {}
    if with_saved:
        saved = {row.code: row.version for row in db.session.execute(_SAVED, {"asked": application.id})}
    return _read(case, application, found, newest_id, saved)


def _read(case: Case, application: Application, call: Call, newest_id: int, saved: dict[str, int]) -> Read:
    rule_version_id = newest_id if case.status is Status.DRAFT else case.rule_version_id
    rules = rules_queries.rules_of(rule_version_id)
    return Read(case, application, call, rule_version_id, rules, whole(case, application), saved)


def locked(case_id: int) -> tuple[Read, bool]:
    """Everything of one application as it is now but `saved`, its case and itself locked until the transaction ends.

    And whether the same organisation has withdrawn one on the same call before. Raises NoResultFound.
    """
    return _as_read(db.session.execute(_LOCKED_BY_KEY, {"asked": case_id}).one())


def locked_own(public_id: str, actor: Actor) -> tuple[Read, bool] | None:
    """The same of the application at this address, when it is of an organisation the person acts for."""
    row = db.session.execute(_LOCKED_OWN, {"asked": public_id, "theirs": list(actor.party_ids)}).one_or_none()
    return _as_read(row) if row is not None else None


def _as_read(row: sa.Row[Case, Application]) -> tuple[Read, bool]:
    case, application = row
    call, newest_id, sent_before = db.session.execute(_BESIDE, {"asked": case.id}).one()
    return _read(case, application, call, newest_id, {}), sent_before


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
    rows: dict[str, list[Any]] = {"answer": [], "line": [], "partner": []}
    for row in db.session.execute(_PARTS, {"asked": application.id}):
        rows[row.part].append(row)
    lines = sorted(rows["line"], key=lambda row: int(row.key))
    partners = sorted(rows["partner"], key=lambda row: (row.sort, row.key))
    return Whole(
        contact,
        project,
        Budget(
            case.applied_ore,
            application.own_funding_ore,
            tuple(CostLine(row.code, row.text, row.amount_ore) for row in lines),
        ),
        Partners(tuple(Partner(row.key, row.intent_on, row.text, row.code) for row in partners)),
        {row.code: row.value for row in sorted(rows["answer"], key=lambda row: str(row.code))},
    )


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
