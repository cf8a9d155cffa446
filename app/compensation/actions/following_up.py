"""Follow up a pilot area: set its goal, write down checks and contact, and remind the silent GPs."""

from datetime import date, datetime

from app.access.domain import Actor
from app.audit import record
from app.compensation import judgement, queries
from app.compensation.domain import CheckFacts, ContactKind, period_of, reminder_of, why_not_check
from app.compensation.models import AreaCheck, AreaContact, AreaGoal
from app.compensation.queries import Silent
from app.compensation.queries.closing import address_of
from app.db import db
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.flow import Reason, Refused, Stale
from app.values.clock import local_date
from app.values.language import N_, Language

_SUBJECT = N_("Kompensasjon for %(gp)s")
_BODY = N_(
    "Dere har en avtale om kompensasjon for %(gp)s, som gjelder til %(to_on)s. Vi har ikke fått krav på en stund. "
    "Har dere noe å kreve, kan dere sende kravet på Vår side. Er det noe som hindrer dere, hører vi gjerne fra dere."
)


def set_goal(area_id: int, gps: int, *, by: Actor, at: datetime) -> None:
    """How many GPs the area is to have started this year. Raises Refused."""
    _opened(area_id, by)
    year = local_date(at).year
    db.session.add(AreaGoal(area_id=area_id, year=year, gps=gps, set_by=by.id, set_at=at))
    record(_stream(area_id), "area.goal_set", {"gps": gps, "year": year}, by=by, at=at)


def add_check(area_id: int, facts: CheckFacts, *, by: Actor, at: datetime) -> AreaCheck:
    """Write down a check; it follows an open one, or begins anew. Raises Refused, or Stale when that is followed."""
    _opened(area_id, by)
    if facts.follows is not None and not queries.is_open(facts.follows, area_id):
        raise Stale
    if reasons := why_not_check(facts, local_date(at)):
        raise Refused(reasons)
    check = AreaCheck(
        area_id=area_id,
        checked_on=facts.checked_on,
        topic=facts.topic,
        finding=facts.finding,
        action=facts.action,
        next_on=facts.next_on,
        follows_id=facts.follows,
        told_by=by.id,
        told_at=at,
    )
    db.session.add(check)
    db.session.flush()
    record(_stream(area_id), "area.checked", {"topic": facts.topic, "finding": facts.finding}, by=by, at=at)
    return check


def add_contact(area_id: int, kind: ContactKind, on: date, words: str, *, by: Actor, at: datetime) -> None:
    """Write down that there was contact. Raises Refused."""
    _opened(area_id, by)
    _log(area_id, kind, on, words, by, at)


def remind(area_id: int, *, by: Actor, at: datetime) -> int:
    """Send a notice to the silent GPs who have had none this quarter, some at a time, and log it; gives how many.

    Raises Refused.
    """
    _opened(area_id, by)
    today = local_date(at)
    asked = queries.to_remind(area_id, today, at)
    if not asked:
        raise Refused([Reason(N_("Ingen flere skal ha påminnelse i dette kvartalet."))])
    for each in asked:
        _notice(reminder_of(each.agreement.id, period_of(today)), each, by, at)
    words = ", ".join(each.agreement.gp_name for each in asked)
    _log(area_id, ContactKind.REMINDER, today, words, by, at)
    return len(asked)


def _notice(key: str, each: Silent, by: Actor, at: datetime) -> None:
    party = each.case.party
    language = (party.language_decision.demands or Language.NB).value
    queue_notice(
        key=key,
        case=each.case,
        party_id=party.id,
        kind="claim_reminder",
        address=address_of(party, each.agreement.signed_by),
        language=language,
        subject=say(language, _SUBJECT, gp=each.agreement.gp_name),
        body=say(language, _BODY, gp=each.agreement.gp_name, to_on=each.agreement.to_on),
        at=at,
        by=by,
    )


def _opened(area_id: int, by: Actor) -> None:
    """One writes at a time in an area: a check is followed once, and a GP reminded once."""
    if reasons := judgement.why_not_follow_up(by):
        raise Refused(reasons)
    queries.lock_area(area_id)


def _log(area_id: int, kind: ContactKind, on: date, words: str, by: Actor, at: datetime) -> None:
    db.session.add(AreaContact(area_id=area_id, kind=kind, on=on, words=words, told_by=by.id, told_at=at))
    record(_stream(area_id), "area.contacted", {"kind": kind.value, "words": words}, by=by, at=at)


def _stream(area_id: int) -> str:
    return f"area:{area_id}"
