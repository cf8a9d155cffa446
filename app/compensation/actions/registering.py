"""Agreements of many GPs from a pilot area's file, each registered as the area's coordinator registers a single one.

The same for a trial and in earnest: whoever calls keeps what was done, or undoes it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.compensation import queries
from app.compensation.actions.applying import register_for
from app.compensation.domain import AskedFacts, Terms, agreement_asked, registering
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus
from app.db import db, reference
from app.flow import Reason, Refused
from app.orders.domain import FileRow, Judged, Outcome
from app.parties import queries as parties
from app.values.clock import local_date
from app.values.language import N_


def import_agreements(area_id: int, lines: Sequence[FileRow], *, by: Actor, at: datetime) -> list[Judged]:
    """Register the agreements these rows ask for, and tell of each row what came of it."""
    area, terms, today = parties.area(area_id), queries.agreement_terms(), local_date(at)
    made: set[int] = set()
    results: list[Judged] = []
    for each in lines:
        asked = registering.read(each.row_no, each.says, area.public_id)
        if asked.facts is None:
            results.append(Judged(each.row_no, Outcome.WRONG, asked.wrong))
            continue
        result = _judged(each.row_no, asked.facts, area_id, made)
        results.append(result or _registered(each.row_no, asked.facts, terms, today, made, by, at))
    return results


def _judged(row_no: int, facts: AskedFacts, area_id: int, made: set[int]) -> Judged | None:
    """What comes of a row whose agreement is there; None when it is not."""
    same = queries.same_agreement(facts, area_id)
    if same is None:
        return None
    if not registering.may_be_same_name(facts.gp_name, same.gp_name):
        # With a slip in the number the row is another GP's agreement, and its own GP would have none without a word.
        text = N_("En slik avtale finnes for %(name)s med samme HPR-nummer. Sjekk navnet og nummeret.")
        return Judged(row_no, Outcome.WRONG, (Reason(text, {"name": same.gp_name}),))
    # One that a row before made is undone with the trial: it is no thing to lead to.
    thing = "" if same.id in made else reference("agreement", same.id)
    return Judged(row_no, Outcome.EXISTS, (_there(same, twice=same.id in made),), thing)


def _registered(
    row_no: int, facts: AskedFacts, terms: Sequence[Terms], today: date, made: set[int], by: Actor, at: datetime
) -> Judged:
    try:
        # What a refused row had begun is undone, and that of the rows before it stands.
        with db.session.begin_nested():
            agreement = register_for(agreement_asked(facts, terms, today), by=by, at=at)
    except Refused as refused:
        return Judged(row_no, Outcome.WRONG, tuple(refused.reasons))
    made.add(agreement.id)
    return Judged(row_no, Outcome.MADE, (), reference("agreement", agreement.id))


def _there(same: GpAgreement, *, twice: bool) -> Reason:
    """What the practice would not sign, or we refused, no file brings back."""
    if twice:
        return Reason(N_("Avtalen står i en rad før denne også."))
    if same.status is AgreementStatus.TAKEN_BACK:
        return Reason(N_("Legekontoret har trukket denne avtalen. Den er ikke registrert på nytt."))
    if same.status is AgreementStatus.REFUSED:
        return Reason(N_("Helsedirektoratet har avslått denne avtalen. Den er ikke registrert på nytt."))
    return Reason(N_("Avtalen finnes allerede. Den er ikke registrert på nytt."))
