"""The recipient's answer: the terms accepted, the account confirmed and after a partial award a new plan, or a no."""

from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor
from app.applications.models import Application, BudgetKind, BudgetLine
from app.awards import judgement, notices, payables, queries
from app.awards.actions.holding import give_back
from app.awards.domain import (
    Acceptance,
    as_told,
)
from app.awards.models import Award
from app.awards.workflow import AWARD, Step
from app.cases import queries as cases
from app.cases.actions import tell_account
from app.db import db
from app.documents.actions import open_document
from app.flow import Stale, advance
from app.parties.actions import confirm_account
from app.parties.queries import paid_to
from app.rules.domain import Rules
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.identity import mask_account


def accept(award_id: int, acceptance: Acceptance, *, by: Actor, at: datetime) -> Award:
    """Accept the grant on its terms. Raises Refused or Stale."""
    case = cases.locked(queries.case_of(award_id))
    award = queries.locked_award(award_id)
    if award.version != acceptance.version:
        raise Stale
    application = queries.application_of(case.id)
    account = tell_account(award.party_id, acceptance.account_no, by=by, at=at)
    advance(
        award,
        AWARD,
        Step.ACCEPT,
        by=by,
        at=at,
        also=judgement.why_not_accept(award, application, acceptance, by, local_date(at)),
        facts={"amount_ore": award.amount_ore, "account": mask_account(acceptance.account_no)},
        stamp={
            "accepted_by": by.id,
            "accepted_at": at,
            "account_id": account.id,
            "revised_plan": acceptance.plan.strip() if award.partial else "",
        },
    )
    confirm_account(account, by=by, at=at)
    read_letter(award, by=by, at=at)
    payables.tell(award)
    if award.partial:
        _revise(application, acceptance)
    decision = queries.decision(award.decision_id)
    case.due_on = _next_report(as_told(rules_of(case.rule_version_id), decision.letter_dated_on), local_date(at))
    case.version += 1
    notices.accepted(award, case, paid_to(account, account.id, application.account_no), by=by, at=at)
    return award


def decline(award_id: int, reason: str, *, by: Actor, at: datetime, version: int) -> Award:
    """Say no to the grant, whether or not the deadline has passed. Raises Refused or Stale.

    The money goes back to the frame, and nothing is owed for it. Only a new decision of ours undoes it.
    """
    case = cases.locked(queries.case_of(award_id))
    award = queries.locked_award(award_id)
    if award.version != version:
        raise Stale
    advance(
        award,
        AWARD,
        Step.DECLINE,
        by=by,
        at=at,
        also=judgement.not_declined(award, reason),
        facts={"reason": reason.strip(), "amount_ore": award.amount_ore},
        stamp={"declined_by": by.id, "declined_at": at, "decline_reason": reason.strip()},
    )
    read_letter(award, by=by, at=at)
    payables.tell(award)
    give_back(case, award, "decline", by=by, at=at)
    case.version += 1
    notices.declined(award, case, by=by, at=at)
    return award


def read_letter(award: Award, *, by: Actor, at: datetime) -> None:
    """Whoever answers has read the letter: it stands on the page of the answer, and its terms are what they take."""
    letter = queries.letter_of(award.decision_id)
    if letter is not None:
        open_document(letter, by=by, at=at)


def _revise(application: Application, acceptance: Acceptance) -> None:
    """The revised budget stands beside the one applied with; reports compare against it (domain J.1.8)."""
    rows = [
        {
            "application_id": application.id,
            "kind": BudgetKind.REVISED,
            "position": position,
            "cost_code": line.cost_code,
            "text": line.text,
            "amount_ore": line.amount_ore,
        }
        for position, line in enumerate(acceptance.lines)
    ]
    db.session.execute(sa.insert(BudgetLine), rows)


def _next_report(rules: Rules, today: date) -> date | None:
    """The next thing the case waits for."""
    return min((each.due_on for each in rules.reports if each.due_on >= today), default=None)
