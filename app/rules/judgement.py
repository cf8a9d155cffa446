"""Why rules or a call may not be written, changed, approved or announced: beside what the table of moves says."""

from datetime import datetime

from app.access.domain import Actor, Permission, holders
from app.flow import Offer, Reason, Standing, why_not, why_not_hand
from app.rules.domain import faults, from_data
from app.rules.models import Call, RuleVersion
from app.rules.workflow import CALL, RULES, CallStatus, CallStep, RulesStatus, RulesStep, Writing
from app.values.clock import local_date
from app.values.language import N_, Worded


def not_written(by: Actor) -> list[Reason]:
    """Why this person may not write rules and calls."""
    if by.may(Permission.DRAFT_RULES):
        return []
    return [Reason(N_("Du har ikke tilgang til dette."), who=holders(Permission.DRAFT_RULES)[0])]


def not_changeable(thing: RuleVersion | Call, by: Actor) -> list[Reason]:
    """Why this person may not change it: only drafts can be changed."""
    drafts: tuple[Worded, ...] = (RulesStatus.DRAFT, CallStatus.DRAFT)
    standing: Standing = thing.standing()
    closed = [] if standing.status in drafts else [Reason(N_("Bare utkast kan endres. Lag en ny versjon i stedet."))]
    if isinstance(thing, RuleVersion):
        closed += why_not_hand(RULES.name, "drafted", standing.people, by)
    return closed + not_written(by)


def not_approvable(version: RuleVersion) -> list[Reason]:
    """What the rules lack before anybody can approve them."""
    return [Reason(words) for words in faults(from_data(version.content))]


def not_publishable(call: Call, at: datetime) -> list[Reason]:
    """A call stands on published rules, and leaves time to apply. `call.rules` must be loaded."""
    reasons = []
    if call.rules.status is not RulesStatus.PUBLISHED:
        reasons.append(Reason(N_("Regelverket er ikke publisert ennå."), who=N_("saksbehandler")))
    if call.deadline_on < local_date(at):
        reasons.append(Reason(N_("Søknadsfristen er allerede ute.")))
    if call.answer_by_on <= call.deadline_on:
        reasons.append(Reason(N_("Svaret kan ikke komme før søknadsfristen.")))
    if not (call.title_nb.strip() and call.title_nn.strip()):
        reasons.append(Reason(N_("Navnet mangler på bokmål eller nynorsk.")))
    return reasons


def offers(version: RuleVersion, actor: Actor) -> list[Offer]:
    """What can be done with a rule version, open or closed with every reason. `version.pot` must be loaded."""
    where = {"pot": version.pot.code, "year": str(version.year), "number": str(version.number)}
    lacks = not_approvable(version) if version.status is RulesStatus.DRAFT else []
    return [
        Offer(Writing.EDIT, tuple(not_changeable(version, actor)), "rules.edit", where),
        *(
            Offer(step, tuple(why_not(RULES, step, version.standing(), actor, also)), endpoint, where)
            for step, endpoint, also in (
                (RulesStep.APPROVE, "rules.approve", lacks),
                (RulesStep.SEND_BACK, "rules.send_back", []),
                (RulesStep.PUBLISH, "rules.publish", []),
            )
        ),
        Offer(Writing.CALL, tuple(not_written(actor)), "rules.new_call", where),
    ]


def call_offers(call: Call, actor: Actor, at: datetime) -> list[Offer]:
    """What can be done with a call."""
    where = {"public_id": call.public_id}
    publish = why_not(CALL, CallStep.PUBLISH, call.standing(), actor, not_publishable(call, at))
    return [
        Offer(Writing.EDIT, tuple(not_changeable(call, actor)), "rules.edit_call", where),
        Offer(CallStep.PUBLISH, tuple(publish), "rules.publish_call", where),
    ]
