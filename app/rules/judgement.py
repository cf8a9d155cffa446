"""Why rules or a call may not be written, changed, approved or announced: beside what the table of moves says."""

from datetime import date, datetime

from app.access.domain import Actor, Permission, holders
from app.flow import Offer, Reason, Standing, why_not, why_not_hand
from app.rules.domain import (
    CallFacts,
    LegalForm,
    RegulationStep,
    Steps,
    Told,
    faults,
    from_data,
    not_gazetted,
    not_heard,
    why_not_tell,
)
from app.rules.models import Call, RuleVersion, Track
from app.rules.workflow import CALL, RULES, CallStatus, CallStep, RulesStatus, RulesStep, Writing
from app.values.bounds import MOST_UNIT_PRICE_ORE, MOST_UNITS, call_days, rules_days, rules_years
from app.values.clock import local_date
from app.values.language import N_, Worded


def not_written(by: Actor) -> list[Reason]:
    """Why this person may not write rules and calls."""
    if by.may(Permission.DRAFT_RULES):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=holders(Permission.DRAFT_RULES)[0])]


def not_of_year(year: int, today: date) -> list[Reason]:
    """Why rules cannot be drafted for this year."""
    years = rules_years(today)
    if year in years:
        return []
    return [
        Reason(N_("Regelverk kan skrives for årene %(first)s til %(last)s."), {"first": years[0], "last": years[-1]})
    ]


def not_in_time(call: Call | CallFacts, year: int) -> list[Reason]:
    """Why a call for money of this year cannot have these days."""
    days = call_days(year)
    if all(days.hold(on) for on in (call.opens_on, call.deadline_on, call.answer_by_on)):
        return []
    return [Reason(N_("Datoene i utlysningen må være fra %(first)s til %(last)s."), days._asdict())]


def not_changeable(thing: RuleVersion | Call, by: Actor) -> list[Reason]:
    """Why this person may not change it: only drafts can be changed."""
    drafts: tuple[Worded, ...] = (RulesStatus.DRAFT, CallStatus.DRAFT)
    standing: Standing = thing.standing()
    closed = [] if standing.status in drafts else [Reason(N_("Bare utkast kan endres. Lag en ny versjon i stedet."))]
    if isinstance(thing, RuleVersion):
        closed += why_not_hand(RULES.name, "drafted", standing.people, by)
    return closed + not_written(by)


def is_regulation(version: RuleVersion) -> bool:
    """Whether its rules are a regulation («forskrift»)."""
    return from_data(version.content).legal_form is LegalForm.REGULATION


def not_tellable(version: RuleVersion, step: RegulationStep, by: Actor) -> list[Reason]:
    """Why this person registers no such step of the version, whatever it says."""
    if not is_regulation(version):
        return [Reason(N_("Dette regelverket er ingen forskrift."))]
    after = step is RegulationStep.GAZETTED
    if after and version.status is RulesStatus.DRAFT:
        return [Reason(N_("Regelverket er ikke godkjent ennå.")), *not_written(by)]
    if version.status is not (RulesStatus.APPROVED if after else RulesStatus.DRAFT):
        return [Reason(N_("Regelverket står som «%(status)s»."), {"status": version.status}), *not_written(by)]
    # What is approved rests on the hearing: who tells of it does not approve.
    own = [] if after else why_not_hand(RULES.name, "drafted", version.standing().people, by)
    return own + not_written(by)


def not_told_so(version: RuleVersion, told: Told, steps: Steps, today: date) -> list[Reason]:
    """Why the step cannot be registered with these days."""
    return why_not_tell(told, steps, _approved_on(version), today)


def not_told(version: RuleVersion, steps: Steps) -> list[Reason]:
    """Why a regulation cannot be published yet; nothing stops other rules here."""
    if not is_regulation(version):
        return []
    return not_gazetted(steps, version.in_force_on or date(version.year, 1, 1), _approved_on(version))


def _approved_on(version: RuleVersion) -> date | None:
    return local_date(version.approved_at) if version.approved_at else None


def not_approvable(version: RuleVersion, steps: Steps) -> list[Reason]:
    """What the rules lack before anybody can approve them."""
    rules = from_data(version.content)
    days, told = rules_days(version.year), [*(each.on for each in rules.instalments if each.on)]
    told += [on for each in rules.reports for on in (each.cutoff_on, each.due_on)]
    reasons = [Reason(words) for words in faults(rules)]
    if rules.in_force_on and rules.in_force_on.year != version.year:
        reasons.append(Reason(N_("Dagen regelverket gjelder fra, må være i %(year)s."), {"year": version.year}))
    if not all(days.hold(on) for on in told):
        reasons.append(Reason(N_("Datoene for rater og rapporter må være fra %(first)s til %(last)s."), days._asdict()))
    if any(p.unit_price_ore > MOST_UNIT_PRICE_ORE or p.max_units > MOST_UNITS for p in rules.unit_prices):
        facts = {"most_ore": MOST_UNIT_PRICE_ORE, "most": MOST_UNITS}
        reasons.append(Reason(N_("En sats er over %(most_ore)s, eller har et antall over %(most)s."), facts))
    return reasons + (not_heard(steps) if rules.legal_form is LegalForm.REGULATION else [])


def not_in_force(version: RuleVersion, today: date) -> list[Reason]:
    """Rules reach no day that was over before anybody could read them."""
    if version.in_force_on and version.in_force_on < today:
        text = N_("Regelverket gjelder fra %(day)s, og den dagen er passert. Lag en ny versjon med en senere dag.")
        return [Reason(text, {"day": version.in_force_on})]
    return []


def not_publishable(call: Call, at: datetime) -> list[Reason]:
    """A call stands on published rules, and leaves time to apply. `call.rules` must be loaded."""
    reasons = not_in_time(call, call.year)
    if call.rules.status is not RulesStatus.PUBLISHED:
        reasons.append(Reason(N_("Regelverket er ikke publisert ennå."), who=N_("saksbehandler")))
    if call.deadline_on < local_date(at):
        reasons.append(Reason(N_("Søknadsfristen er allerede ute.")))
    if call.answer_by_on <= call.deadline_on:
        reasons.append(Reason(N_("Svaret kan ikke komme før søknadsfristen.")))
    if not (call.title_nb.strip() and call.title_nn.strip()):
        reasons.append(Reason(N_("Navnet mangler på bokmål eller nynorsk.")))
    return reasons


def offers(version: RuleVersion, actor: Actor, today: date, steps: Steps) -> list[Offer]:
    """What can be done with a rule version, open or closed with every reason; `steps` are those of a regulation.

    `version.pot` must be loaded.
    """
    where = {"pot": version.pot.code, "year": str(version.year), "number": str(version.number)}
    lacks = not_approvable(version, steps) if version.status is RulesStatus.DRAFT else []
    return [
        Offer(Writing.EDIT, tuple(not_changeable(version, actor)), "rules.edit", where, aside=True),
        *(
            Offer(
                Writing(step.value),
                tuple(not_tellable(version, step, actor)),
                "rules.tell",
                where | {"step": step.value},
                aside=step is not RegulationStep.GAZETTED,
            )
            for step in (_next_of(version) if is_regulation(version) else ())
        ),
        *(
            Offer(
                step,
                tuple(why_not(RULES, step, version.standing(), actor, also)),
                endpoint,
                where,
                aside=step is RulesStep.SEND_BACK,
            )
            for step, endpoint, also in (
                (RulesStep.APPROVE, "rules.approve", lacks),
                (RulesStep.SEND_BACK, "rules.send_back", []),
                (RulesStep.PUBLISH, "rules.publish", not_in_force(version, today) + not_told(version, steps)),
            )
        ),
        *(
            [Offer(Writing.CALL, tuple(not_written(actor)), "rules.new_call", where, aside=True)]
            if version.pot.scheme.track is Track.GRANT
            else []
        ),
    ]


def _next_of(version: RuleVersion) -> tuple[RegulationStep, ...]:
    """The steps of a regulation that are of any concern where it stands."""
    if version.status is RulesStatus.DRAFT:
        return RegulationStep.HEARING, RegulationStep.HEARD, RegulationStep.NO_HEARING
    return (RegulationStep.GAZETTED,) if version.status is RulesStatus.APPROVED else ()


def call_offers(call: Call, actor: Actor, at: datetime) -> list[Offer]:
    """What can be done with a call."""
    where = {"public_id": call.public_id}
    publish = why_not(CALL, CallStep.PUBLISH, call.standing(), actor, not_publishable(call, at))
    return [
        Offer(Writing.EDIT, tuple(not_changeable(call, actor)), "rules.edit_call", where, aside=True),
        Offer(CallStep.PUBLISH, tuple(publish), "rules.publish_call", where),
    ]
