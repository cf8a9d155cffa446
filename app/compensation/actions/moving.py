"""A GP moves to another practice: the agreement ends there, and a new one on a new case continues it.

The new practice signs it, and is answered, as any other; the old one sees nothing of it. Caps, units used and what is
approved count for both, as they are of the GP.
"""

from datetime import date, datetime, timedelta

from app.access.domain import Actor
from app.audit import record
from app.cases import queries as cases
from app.compensation import judgement, queries
from app.compensation.actions.agreeing import claimed_from, close_rest, seen, take
from app.compensation.actions.agreements import open_case
from app.compensation.actions.answering import invite
from app.compensation.domain import why_not_from
from app.compensation.models import GpAgreement, GpTerms
from app.compensation.workflow import AgreementStatus, AgreementStep
from app.db import db
from app.flow import Reason, Refused
from app.parties import queries as known
from app.parties.models import Party
from app.values.clock import local_date
from app.values.language import N_


def move(
    agreement_id: int, version: int, on: date, payee_orgnr: str, reason: str, *, by: Actor, at: datetime
) -> GpAgreement:
    """`on`: the first day at the new practice, which is told that it is to sign. Raises Refused or Stale."""
    old = seen(agreement_id, version)
    queries.lock_gp(old.hpr_no, old.gp_name)
    payee = known.by_orgnr(payee_orgnr)
    # One that moved to a practice whose agreement came to nothing has the days it had.
    days_to = old.to_on if old.status is AgreementStatus.MOVED else old.last_on
    also = why_not_from(on, old.from_on + timedelta(days=1), days_to) + claimed_from(old, on)
    also += judgement.why_not_move_again(old)
    also += _why_not_to(old, payee)
    if not reason.strip():
        also.append(Reason(N_("Skriv hvorfor avtalen flyttes."), of="reason"))
    last_on = on - timedelta(days=1)
    facts = {"gp": old.gp_name, "last_on": last_on.isoformat(), "reason": reason.strip()}
    take(old, AgreementStep.MOVE, by, at, also, facts, ended_on=last_on, reason=reason.strip())
    close_rest(old, last_on, by, at)
    if payee is None:
        raise Refused(also)
    made = _continued(old, payee, on, days_to, by, at)
    record(made.stream, "agreement.continued", {"gp": made.gp_name}, by=by, at=at, case_id=made.case_id)
    invite(made, at, by)
    return made


def _continued(old: GpAgreement, payee: Party, on: date, to_on: date, by: Actor, at: datetime) -> GpAgreement:
    rules = queries.version_with_pot(cases.locked(old.case_id).rule_version_id)
    made = GpAgreement(
        case_id=open_case(old.gp_name, old.hpr_no, rules, payee, at).id,
        gp_name=old.gp_name,
        hpr_no=old.hpr_no,
        employment=judgement.employed_by(payee),
        area_id=old.area_id,
        payee_id=payee.id,
        from_on=on,
        to_on=to_on,
        cap_ore=old.cap_ore,
        claimed_ore=0,
        registered_by=by.id,
        status=AgreementStatus.TO_SIGN,
        continues_id=old.id,
        chain_id=old.chain_id or old.id,
    )
    db.session.add(made)
    db.session.flush()
    for key in queries.still_offered(old.id, local_date(at)):
        db.session.add(GpTerms(agreement_id=made.id, rule_version_id=key, reached=False, told_at=at))
    db.session.flush()
    return made


def _why_not_to(old: GpAgreement, payee: Party | None) -> list[Reason]:
    if payee is None:
        return [Reason(N_("Vi kjenner ikke dette organisasjonsnummeret."), of="payee")]
    if payee.id == old.payee_id:
        return [Reason(N_("Fastlegen er hos %(payee)s allerede."), {"payee": payee.display_name}, of="payee")]
    return judgement.why_not_closed(payee)
