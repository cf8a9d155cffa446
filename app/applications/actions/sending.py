"""Signing and sending in, withdrawing, answering questions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access import queries as people
from app.access.domain import Actor
from app.applications import judgement, queries
from app.applications.domain import Whole
from app.applications.models import Application
from app.applications.receipt import language_of, queue_receipt
from app.audit import record
from app.cases import queries as cases
from app.cases.actions import find_by, first_find_by, next_number, tell_account
from app.cases.models import Case
from app.cases.workflow import CASE, Status, Step
from app.db import db
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.flow import Refused, Stale, advance, inherit_hands
from app.values.clock import end_of_local_day, local_date
from app.values.language import N_
from app.values.money import format_amount

_ROW: Any = Application.__table__
_SIGN = (
    sa.update(_ROW)
    .where(_ROW.c.id == sa.bindparam("signed"))
    .values(signed_by=sa.bindparam("signer"), signed_title=people.title_of(sa.bindparam("signer")))
)


def sign_and_submit(case_id: int, *, version: int, by: Actor, at: datetime) -> Case:
    """Sign and send in: the case gets its number, and the rules it is judged by. Raises Refused or Stale.

    `version` is the application's as the person saw it: nobody signs another text than the one on the page.
    """
    return _signed(*queries.locked(case_id), version, by, at)


def sign_own(public_id: str, *, version: int, by: Actor, at: datetime) -> Case | None:
    """The same with the application at this address; None when it is of no organisation the person acts for."""
    found = queries.locked_own(public_id, by)
    return _signed(*found, version, by, at) if found is not None else None


def _signed(found: queries.Read, sent_before: bool, version: int, by: Actor, at: datetime) -> Case:
    case, application = _seen_draft(found, version), found.application
    closed = judgement.not_submittable(found, at)
    number = next_number(local_date(at).year)
    stamp = {
        "number": number,
        "submitted_at": at,
        "due_on": found.call.answer_by_on,
        "rule_version_id": found.rule_version_id,
        "late": at >= end_of_local_day(found.call.deadline_on),
    }
    if sent_before:
        inherit_hands(CASE.name, case.id, {CASE.name: queries.withdrawn_before(case)}, case_id=case.id, at=at)
        db.session.expire(case, ["hands"])
    advance(case, CASE, Step.SUBMIT, by=by, at=at, also=closed, facts={"number": number}, stamp=stamp)
    db.session.execute(_SIGN, {"signed": application.id, "signer": by.id})
    db.session.expire(application, ["signed_by", "signed_title"])
    tell_account(case.party_id, application.account_no, by=by, at=at, written_by=application.account_by)
    _index(case, application, found.whole)
    queue_receipt(case, case.party, application, found.call, by=by, at=at)
    return case


def _seen_draft(found: queries.Read, version: int) -> Case:
    if found.case.status is Status.DRAFT and found.application.version != version:
        raise Stale
    return found.case


def _index(case: Case, application: Application, whole: Whole) -> None:
    """The words the case is found by."""
    said = " ".join(str(value) for value in whole.answers.values() if isinstance(value, str))
    first_find_by(
        case.id,
        number=case.number or "",
        party=f"{case.party_name} {case.party.orgnr}",
        title=case.title,
        purpose=application.purpose,
        answers=said,
        partners=" ".join(f"{each.name} {each.orgnr}" for each in whole.partners.partners),
        contact=f"{application.contact_name} {application.contact_email}",
        applied=format_amount(case.applied_ore) if case.applied_ore else "",
    )


def send_to_signing(case_id: int, *, version: int, by: Actor, at: datetime) -> list[str]:
    """Tell everybody who may sign that it is their turn; gives their names. Raises Refused or Stale."""
    found, _ = queries.locked(case_id)
    case = _seen_draft(found, version)
    signers = queries.signers(case.party_id)
    if reasons := judgement.why_not_send_to_signing(found, signers, by, at):
        raise Refused(reasons)
    language = language_of(case.party, found.application).language.value
    told = {"title": case.title, "by": by.name, "deadline_on": found.call.deadline_on}
    for person in signers:
        queue_notice(
            key=f"signing:{case.public_id}:{version}:{person.id}",
            case=None,  # a draft can be thrown away, and what is sent cannot
            party_id=case.party_id,
            kind="signing",
            address=person.email,
            language=language,
            subject=say(language, N_("Søknaden «%(title)s» venter på signering"), title=case.title),
            body=say(
                language,
                N_(
                    "%(by)s har gjort ferdig søknaden «%(title)s». Logg inn, les gjennom og send den inn "
                    "før fristen %(deadline_on)s kl. 23.59."
                ),
                **told,
            ),
            at=at,
            by=by,
        )
    names = [person.name for person in signers]
    record(case.stream, "application.sent_to_signing", {"to": ", ".join(names)}, by=by, at=at, case_id=case.id)
    return names


def withdraw(case_id: int, reason: str, *, version: int, by: Actor, at: datetime) -> Case:
    """Take the application back, with or without a reason. Raises Refused or Stale."""
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    facts = {"reason": reason.strip()}
    advance(case, CASE, Step.WITHDRAW, by=by, at=at, facts=facts, stamp={"due_on": None})
    return case


def answer_request(case_id: int, answer: str, *, version: int, by: Actor, at: datetime) -> Case:
    """Answer the officer's questions; the case goes back to them. Raises Refused or Stale."""
    case = cases.locked(case_id)
    if case.version != version:
        raise Stale
    asked = queries.request(case.id)
    found = queries.read(case)
    stamp = {"due_on": found.call.answer_by_on}
    advance(case, CASE, Step.ANSWER, by=by, at=at, also=judgement.not_answered(asked, answer), stamp=stamp)
    if asked is not None:
        asked.answer, asked.answered_by, asked.answered_at = answer.strip(), by.id, at
        find_by(case.id, request=f"{asked.questions} {asked.answer}")
    return case
