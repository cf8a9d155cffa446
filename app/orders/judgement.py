"""Why a step on an order is closed: the same functions for the verb and the page."""

from app.access.domain import Actor
from app.flow import Reason, why_not
from app.orders.domain import Outcome
from app.orders.kinds import KINDS, Kind
from app.orders.models import OrderRow, WorkOrder
from app.orders.workflow import ORDER, Status, Step
from app.values.language import N_

_NO_ACCESS = Reason(N_("Du har ikke tilgang til dette."), who=N_("utprøvingsområde"))


def why_not_place(kind: Kind, area_id: int | None, actor: Actor) -> list[Reason]:
    """Why this person places no order of this kind."""
    if kind.of_area and area_id is None:
        return [Reason(N_("Velg et utprøvingsområde."))]
    return [] if actor.may(kind.needs, area_id=area_id) else [_NO_ACCESS]


def why_not_take_step(order: WorkOrder, step: Step, actor: Actor, counts: dict[Outcome, int]) -> list[Reason]:
    """Every reason this person may not take the step on the order now."""
    also = [] if actor.may(KINDS[order.kind].needs, area_id=order.area_id) else [_NO_ACCESS]
    if step is Step.CARRY_OUT and not counts.get(Outcome.READY):
        also.append(Reason(N_("Ingen rader kan gjennomføres.")))
    if step is Step.TRY_AGAIN and not (counts.get(Outcome.WRONG) or counts.get(Outcome.READ)):
        also.append(Reason(N_("Ingen rader har feil.")))
    return why_not(ORDER, step, order.standing(), actor, also)


def why_not_mend(order: WorkOrder, row: OrderRow | None, actor: Actor) -> list[Reason]:
    """Why this person may not mend a row (None: any): one that nothing came of, while nobody works on it."""
    if not actor.may(KINDS[order.kind].needs, area_id=order.area_id):
        return [_NO_ACCESS]
    if order.status not in (Status.CHECKED, Status.DONE):
        return [Reason(N_("Status er «%(status)s»."), {"status": order.status})]
    if row is not None and not row.may_be_mended:
        return [Reason(N_("Denne raden er allerede behandlet."))]
    return []
