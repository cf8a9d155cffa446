"""Starting, writing and throwing away a draft."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor
from app.access.models import User
from app.applications import judgement, queries
from app.applications.domain import (
    Answers,
    Budget,
    Contact,
    Partners,
    Project,
    SectionFacts,
    rules_section,
    section_code,
)
from app.applications.models import (
    Application,
    ApplicationAnswer,
    ApplicationPartner,
    ApplicationSection,
    BudgetKind,
    BudgetLine,
)
from app.audit import record
from app.cases import queries as cases
from app.cases.actions import public_id
from app.cases.models import Case
from app.db import db
from app.flow import Reason, Refused, Stale
from app.parties.models import Party
from app.parties.queries import lock_party, newest_account
from app.rules import queries as rules_queries
from app.rules.models import Call
from app.values.clock import local_date
from app.values.language import Language


def start_draft(
    call: Call,
    party: Party,
    *,
    by: Actor,
    at: datetime,
    language: Language = Language.NB,
    demo_fields: tuple[str, ...] = (),
    seen: int | None = None,
) -> Case:
    """A draft on this call, with what we know already filled in. `call.pot.scheme` must be loaded. Raises Refused.

    The organisation's row is locked, so that of two people who start at once the other is shown the first one's draft.
    """
    lock_party(party.id)
    rules = rules_queries.newest_rules(call)
    _refuse(judgement.why_not_start(call, party.id, rules.id, by, at, seen=seen))
    account = newest_account(party.id)
    person = db.session.get_one(User, by.id)
    case = Case(
        public_id=public_id(),
        track=call.pot.scheme.track,
        pot_id=call.pot_id,
        call_id=call.id,
        rule_version_id=rules.id,
        scheme_code=call.pot.scheme.code,
        year=call.year,
        title="",
        party_id=party.id,
        party_name=party.display_name,
        party_sort=party.sort_key,
        created_at=at,
        demo_fields=list(demo_fields),
    )
    db.session.add(case)
    db.session.flush()
    application = Application(
        case_id=case.id,
        language=language.value,
        contact_name=person.name,
        contact_title=person.title,
        contact_email=person.email,
        contact_phone=person.phone,
        account_no=account.account_no if account else "",
        changed_at=at,
        changed_by=by.id,
    )
    db.session.add(application)
    db.session.flush()
    record(case.stream, "application.started", {"title": call.title_nb}, by=by, at=at, case_id=case.id)
    return case


def save_section(case_id: int, facts: SectionFacts, *, version: int, by: Actor, at: datetime) -> int:
    """Save one section of a draft; complete or not. Gives the section's new version. Raises Refused or Stale.

    `version` is the section's as the person saw it, 0 when nobody had saved it.
    """
    case, application = _open_draft(case_id, by)
    code = section_code(facts)
    saved = queries.section(application.id, code)
    if (saved.version if saved else 0) != version:
        raise Stale
    if saved is None:
        saved = ApplicationSection(
            application_id=application.id, code=code, version=version, changed_at=at, changed_by=by.id
        )
        db.session.add(saved)
    saved.version, saved.changed_at, saved.changed_by = version + 1, at, by.id
    application.version += 1
    application.changed_at, application.changed_by = at, by.id
    _KEEP[type(facts)](case, application, facts)
    db.session.flush()
    return version + 1


def delete_draft(case_id: int, *, by: Actor, at: datetime) -> None:
    """Throw away one's own draft. What was sent in is never deleted. Raises Refused."""
    case, application = _open_draft(case_id, by)
    title = case.title or "–"
    for model in (ApplicationAnswer, ApplicationPartner, ApplicationSection, BudgetLine):
        db.session.execute(sa.delete(model).where(model.application_id == application.id))
    db.session.delete(application)
    db.session.flush()
    db.session.delete(case)
    db.session.flush()
    record(f"party:{case.party_id}", "application.deleted", {"title": title}, by=by, at=at)


def _open_draft(case_id: int, by: Actor) -> tuple[Case, Application]:
    case = cases.locked(case_id)
    _refuse(judgement.why_not_write(case, by))
    return case, queries.by_case(case.id)


def _keep_contact(_case: Case, application: Application, facts: Contact) -> None:
    application.contact_name, application.contact_title = facts.name, facts.title
    application.contact_email, application.contact_phone = facts.email, facts.phone
    if application.account_no != facts.account_no:
        application.account_no, application.account_by = facts.account_no, application.changed_by


def _keep_project(case: Case, application: Application, facts: Project) -> None:
    _refuse(judgement.not_those_days(facts, case.year))
    case.title = facts.title
    application.purpose = facts.purpose
    application.starts_on, application.ends_on = facts.starts_on, facts.ends_on


def _keep_budget(case: Case, application: Application, facts: Budget) -> None:
    case.applied_ore = facts.applied_ore
    application.own_funding_ore = facts.own_funding_ore
    mine = (BudgetLine.application_id == application.id, BudgetLine.kind == BudgetKind.APPLIED)
    db.session.execute(sa.delete(BudgetLine).where(*mine))
    db.session.add_all(
        BudgetLine(
            application_id=application.id,
            kind=BudgetKind.APPLIED,
            position=position,
            cost_code=line.cost_code,
            text=line.text,
            amount_ore=line.amount_ore,
        )
        for position, line in enumerate(facts.lines, start=1)
    )


def _keep_answers(case: Case, application: Application, facts: Answers) -> None:
    before = {row.question_code: row for row in queries.answer_rows(application.id)}
    section = rules_section(queries.read(case).rules, facts.section)
    asked = {question.code for question in section.questions} if section else set()
    given = dict(facts.values)
    for code in asked - given.keys():
        if code in before:
            db.session.delete(before[code])
    for code, value in given.items():
        row = before.get(code)
        if row is None:
            db.session.add(ApplicationAnswer(application_id=application.id, question_code=code, value=value))
        elif row.value != value:
            row.value, row.version = value, row.version + 1


def _keep_partners(case: Case, application: Application, facts: Partners) -> None:
    _refuse(judgement.not_those_partners(facts, case.party_id, local_date(application.changed_at)))
    db.session.execute(sa.delete(ApplicationPartner).where(ApplicationPartner.application_id == application.id))
    db.session.add_all(
        ApplicationPartner(application_id=application.id, party_id=each.party_id, intent_on=each.intent_on)
        for each in {each.party_id: each for each in facts.partners}.values()
    )


_KEEP: dict[type[Any], Callable[[Case, Application, Any], None]] = {
    Contact: _keep_contact,
    Project: _keep_project,
    Budget: _keep_budget,
    Answers: _keep_answers,
    Partners: _keep_partners,
}


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
