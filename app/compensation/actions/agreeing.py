"""What becomes of an agreement in force: it rests while the GP is away, and it ends. Nothing of it is lost."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.access.domain import Actor
from app.cases import queries as cases
from app.compensation import queries
from app.compensation.domain import PauseCause, why_not_from
from app.compensation.models import GpAgreement, GpPause
from app.compensation.workflow import AGREEMENT, AgreementStep
from app.db import db
from app.flow import Reason, Stale, advance
from app.values.language import N_


def pause(agreement_id: int, version: int, on: date, cause: PauseCause, *, by: Actor, at: datetime) -> None:
    """Let it rest from a day on, which is the first that cannot be claimed for. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    reasons = why_not_from(on, agreement.from_on, agreement.last_on)
    reasons += claimed_from(agreement, on)
    before = queries.pauses_of([agreement.id])[agreement.id]
    if before and before[-1].to_on is not None and on <= before[-1].to_on:
        text = N_("Avtalen hadde pause til og med %(to_on)s.")
        reasons.append(Reason(text, {"to_on": before[-1].to_on}, of="on"))
    facts = {"gp": agreement.gp_name, "from_on": on.isoformat(), "cause": cause.value}
    take(agreement, AgreementStep.PAUSE, by, at, reasons, facts)
    db.session.add(GpPause(agreement_id=agreement.id, from_on=on, cause=cause, paused_by=by.id, paused_at=at))
    db.session.flush()


def resume(agreement_id: int, version: int, on: date, *, by: Actor, at: datetime) -> None:
    """Take it up again: `on` is the first day that can be claimed for. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    rest = queries.pauses_of([agreement.id])[agreement.id][-1:]
    reasons = why_not_from(on, agreement.from_on, agreement.last_on)
    if rest and on <= rest[0].from_on:
        text = N_("Pausen begynte %(from_on)s. Fastlegen må være tilbake etter det.")
        reasons.append(Reason(text, {"from_on": rest[0].from_on}, of="on"))
    take(agreement, AgreementStep.RESUME, by, at, reasons, {"gp": agreement.gp_name, "from_on": on.isoformat()})
    rest[0].to_on, rest[0].resumed_by, rest[0].resumed_at = on - timedelta(days=1), by.id, at
    db.session.flush()


def end(agreement_id: int, version: int, on: date, reason: str, *, by: Actor, at: datetime) -> None:
    """Its last day, and why; days up to it can still be claimed for. Raises Refused or Stale."""
    agreement = seen(agreement_id, version)
    reasons = why_not_from(on, agreement.from_on, agreement.last_on) + claimed_from(agreement, on + timedelta(days=1))
    if not reason.strip():
        reasons.append(Reason(N_("Skriv hvorfor avtalen avsluttes."), of="reason"))
    facts = {"gp": agreement.gp_name, "last_on": on.isoformat(), "reason": reason.strip()}
    take(agreement, AgreementStep.END, by, at, reasons, facts, ended_on=on, reason=reason.strip())
    close_rest(agreement, on, by, at)


def seen(agreement_id: int, version: int) -> GpAgreement:
    """The agreement as it was on the page, its case locked before it. Raises Stale."""
    cases.locked(db.session.get_one(GpAgreement, agreement_id).case_id)
    agreement = queries.locked_agreement(agreement_id)
    if agreement.version != version:
        raise Stale
    return agreement


def take(
    agreement: GpAgreement,
    step: AgreementStep,
    by: Actor,
    at: datetime,
    also: list[Reason],
    facts: Mapping[str, object],
    **stamp: object,
) -> None:
    """The step through the one door, with the person's own declaration on the case."""
    standing = cases.on_case(agreement.standing(), agreement.case_id, by)
    advance(agreement, AGREEMENT, step, by=by, at=at, standing=standing, also=also, facts=facts, stamp=stamp)


def close_rest(agreement: GpAgreement, last_on: date, by: Actor, at: datetime) -> None:
    """A pause that is open when the agreement ends, ends with it; one that had not begun never came."""
    for rest in queries.pauses_of([agreement.id])[agreement.id]:
        if rest.to_on is None and rest.from_on > last_on:
            db.session.delete(rest)
        elif rest.to_on is None:
            rest.to_on, rest.resumed_by, rest.resumed_at = last_on, by.id, at
    db.session.flush()


def claimed_from(agreement: GpAgreement, on: date) -> list[Reason]:
    """What is claimed already cannot fall outside the agreement afterwards."""
    last = max((p.to_on for p in queries.standing_of(agreement.case_id).periods), default=None)
    if last is None or last < on:
        return []
    return [Reason(N_("Det er krevd kompensasjon til og med %(last)s."), {"last": last}, of="on")]
