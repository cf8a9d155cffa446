"""Why a step on an application is closed: the same functions for the verb, the page and the list of steps."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from app.access.domain import Actor, Permission, Role, holders
from app.access.models import User
from app.applications import queries
from app.applications.domain import Partners, Project, lacking_all, not_for, not_open
from app.applications.models import InformationRequest
from app.applications.queries import Read
from app.cases.models import Case
from app.cases.workflow import CASE, Status, Step
from app.flow import Offer, Reason, why_not, wrong_status
from app.parties.domain import Kind
from app.parties.models import Party
from app.rules import queries as rules_queries
from app.rules.domain import Rules
from app.rules.models import Call
from app.rules.workflow import CallStatus
from app.values.bounds import intent_days, project_days
from app.values.clock import local_date
from app.values.language import N_

JUST_BEGUN = Reason(N_("En hos dere har nettopp begynt på en søknad på denne utlysningen. Se på den først."))


def closed(call: Call, today: date) -> list[Reason]:
    """Why the call takes nothing in today."""
    return not_open(call.opens_on, call.deadline_on, today)


def not_startable(
    call: Call, mine: Sequence[Party], applied: Collection[int], at: datetime, rules_id: int | None = None
) -> list[Reason]:
    """Why none of these organisations can start on the call; empty when one can. `kinds` must be loaded.

    `applied`: those of them that have an application on it already. `rules_id`: the version a draft on it follows,
    where the page has read it.
    """
    reasons = closed(call, local_date(at))
    rules = rules_queries.rules_of(rules_id or rules_queries.newest_rules(call).id)
    each = [
        not_for(rules.who_may_apply, [row.kind for row in party.kinds], Kind) + _not_another(rules, party.id in applied)
        for party in mine
    ]
    if all(each):
        reasons += each[0] if each else []
    if not mine:
        reasons.append(Reason(N_("Du har ikke tilgang til dette."), who=Role.WRITER.word))
    return reasons


def _not_another(rules: Rules, applied: bool) -> list[Reason]:
    """Why an organisation that has applied cannot do so again, for another project."""
    if applied and rules.one_application:
        return [Reason(N_("Dere har allerede en søknad på denne utlysningen."))]
    return []


def why_not_start(
    call: Call, party_id: int, rule_version_id: int, by: Actor, at: datetime, *, seen: int | None = None
) -> list[Reason]:
    """Why this person cannot start for that organisation, by these rules.

    `seen`: the newest of its applications on the call that the person was shown. One that came since may be a
    colleague's on the very same project.
    """
    reasons = _not_writer(by, party_id)
    if call.status is not CallStatus.PUBLISHED:
        reasons.append(Reason(N_("Utlysningen er ikke kunngjort.")))
    reasons += closed(call, local_date(at))
    rules = rules_queries.rules_of(rule_version_id)
    reasons += not_for(rules.who_may_apply, [row.kind for row in queries.kinds(party_id)], Kind)
    there = queries.live_of(call.id, [party_id])
    reasons += _not_another(rules, bool(there))
    if there and seen is not None and there[0].id > seen:
        reasons.append(JUST_BEGUN)
    return reasons


def why_not_write(case: Case, by: Actor) -> list[Reason]:
    """Why this person may not write in the draft, or throw it away."""
    return _not_writer(by, case.party_id) + ([] if case.status is Status.DRAFT else [wrong_status(case.status)])


def _not_writer(by: Actor, party_id: int) -> list[Reason]:
    if by.may(Permission.WRITE_OWN, party_id=party_id):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=holders(Permission.WRITE_OWN)[0])]


def not_those_days(facts: Project, year: int) -> list[Reason]:
    """Why a project for money of this year cannot have these days."""
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        return [Reason(N_("Prosjektet kan ikke slutte før det begynner."))]
    days = project_days(year)
    if all(days.hold(on) for on in (facts.starts_on, facts.ends_on) if on):
        return []
    return [Reason(N_("Prosjektet må være fra %(first)s til %(last)s."), days._asdict())]


def not_those_partners(facts: Partners, applicant_id: int, today: date) -> list[Reason]:
    """Why these cannot be the others who take part."""
    if any(each.party_id == applicant_id for each in facts.partners):
        return [Reason(N_("Dere er søker selv. Skriv bare de andre som deltar."))]
    days = intent_days(today)
    if all(days.hold(each.intent_on) for each in facts.partners if each.intent_on):
        return []
    return [Reason(N_("En intensjonserklæring må være mottatt fra %(first)s til %(last)s."), days._asdict())]


def not_submittable(found: Read, at: datetime) -> list[Reason]:
    """What stands between this application and its signature, apart from who signs."""
    if found.case.status is not Status.DRAFT:
        return []
    return closed(found.call, local_date(at)) + lacking_all(found.rules, found.whole)


def why_not_sign(found: Read, actor: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot sign now; a writer is told who can."""
    lacks = not_submittable(found, at)
    if not actor.may(Permission.SIGN_OWN, party_id=found.case.party_id):
        return [Reason(N_("Du kan skrive i søknaden, men ikke signere den."), who=N_("kan signere")), *lacks]
    return why_not(CASE, Step.SUBMIT, found.case.standing(), actor, lacks)


def why_not_send_to_signing(found: Read, signers: Sequence[User], by: Actor, at: datetime) -> list[Reason]:
    """Why this person cannot tell those who sign that it is their turn."""
    reasons = why_not_write(found.case, by) + not_submittable(found, at)
    if not signers:
        reasons.append(Reason(N_("Ingen hos dere kan signere ennå. Be en av dere om å få tilgang.")))
    return reasons


def not_answered(asked: InformationRequest | None, answer: str) -> list[Reason]:
    """Why this is no answer to what the officer asked."""
    reasons = [] if answer.strip() else [Reason(N_("Skriv et svar før dere sender det."))]
    if asked is None:
        reasons.append(Reason(N_("Ingen spørsmål venter på svar.")))
    return reasons


def offers(case: Case, actor: Actor, at: datetime) -> list[Offer]:
    """The applicant's own steps on the case, open or closed with every reason."""
    if case.party_id not in actor.party_ids or case.call_id is None:
        return []
    steps: list[tuple[Step, str, list[Reason]]] = [(Step.WITHDRAW, "applications.withdraw", [])]
    if case.status is Status.DRAFT:
        steps = [(Step.SUBMIT, "applications.confirm", not_submittable(queries.read(case), at))]
    elif case.status is Status.AWAITING_APPLICANT:
        steps.insert(0, (Step.ANSWER, "applications.answer", []))
    return [
        Offer(
            step,
            tuple(why_not(CASE, step, case.standing(), actor, also)),
            endpoint,
            {"public_id": case.public_id},
            aside=step is Step.WITHDRAW,
        )
        for step, endpoint, also in steps
        if case.status in CASE.move(step).start
    ]
