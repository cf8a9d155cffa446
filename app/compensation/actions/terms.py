"""The payee signs later terms of an agreement that keeps its own (domain J.1.6)."""

from datetime import datetime

from app.access.domain import Actor
from app.audit import record
from app.cases.workflow import CASE
from app.compensation import judgement, queries
from app.compensation.actions.agreeing import seen
from app.compensation.queries import first_day
from app.db import db
from app.flow import Refused, Stale, record_hand
from app.values.clock import local_date


def sign_terms(agreement_id: int, version: int, year: int, number: int, *, by: Actor, at: datetime) -> None:
    """They hold from their first day, or from today when that is over. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    standing = queries.standing_of(agreement.case_id)
    found = queries.terms_at(agreement.id, year, number, lock=True)
    today = local_date(at)
    if found is None:
        raise Stale
    terms, rules = found
    if reasons := judgement.why_not_sign_terms(standing, terms, rules, by, today):
        raise Refused(reasons)
    terms.signed_by, terms.signed_at, terms.holds_from = by.id, at, max(first_day(rules), today)
    agreement.version += 1
    db.session.flush()
    record_hand(CASE.name, agreement.case_id, "submitted", case_id=agreement.case_id, by=by, at=at)
    facts = {"gp": agreement.gp_name, "from_on": terms.holds_from.isoformat()}
    record(agreement.stream, "agreement.terms_signed", facts, by=by, at=at, case_id=agreement.case_id)
