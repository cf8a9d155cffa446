"""Why a change of a frame is closed: the same functions for the verbs, the pages and the list of tasks."""

from datetime import date

from app.access.domain import Actor, Permission
from app.budget import queries
from app.budget.domain import ChangeFacts, ChangeKind, why_not_change
from app.budget.models import Frame, FrameChange
from app.budget.workflow import FRAME_CHANGE, ChangeStep
from app.flow import Reason, why_not
from app.values.language import N_


def why_not_propose(frame: Frame, actor: Actor) -> list[Reason]:
    """Why this person may propose no change of the frame now, whatever it says."""
    if not actor.may(Permission.PROPOSE_FRAME):
        return [Reason(N_("Du har ikke tilgang til dette."), who=N_("fagansvarlig"))]
    if queries.has_open(frame.id):
        text = N_("Det er alt foreslått en endring av denne rammen. Den må bekreftes eller avslås først.")
        return [Reason(text, who=N_("leder med BDM"))]
    return []


def why_not_so(facts: ChangeFacts, frame: Frame) -> list[Reason]:
    """Why the frame as it stands cannot be changed so."""
    return why_not_change(facts, queries.purse(frame), _unused(facts, frame))


def why_not_settle(step: ChangeStep, change: FrameChange, frame: Frame, actor: Actor, today: date) -> list[Reason]:
    """Why this person may not confirm or refuse the change now."""
    also = []
    if change.proposed_by == actor.id:
        also.append(Reason(N_("Du har foreslått endringen selv. En annen må gjøre dette.")))
    if step is ChangeStep.CONFIRM:
        if actor.may(Permission.DECIDE) and not any(d.from_on <= today <= d.to_on for d in actor.delegations):
            also.append(Reason(N_("Du har ingen budsjettfullmakt som gjelder i dag."), who=N_("leder med BDM")))
        also += why_not_so(change.facts, frame)
    return why_not(FRAME_CHANGE, step, change.standing(), actor, also)


def _unused(facts: ChangeFacts, frame: Frame) -> int | None:
    """What the year the money comes from has left and has not given away; None when that year is not kept here."""
    if facts.kind is not ChangeKind.CARRY_OVER or facts.from_year is None:
        return None
    source = queries.frame_of(frame.pot_id, facts.from_year)
    if source is None:
        return None
    return queries.purse(source).left_ore
