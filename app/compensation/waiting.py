"""What waits for a person in this room: claims to confirm for an area, to control, and to pay when there is money."""

from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.budget.queries import frames_of
from app.compensation import judgement, queries
from app.compensation.actions import ready
from app.compensation.queries import ClaimRow
from app.compensation.workflow import CLAIM, AgreementStep, Status, Step
from app.flow import Reason, Standing, Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_

_VERBS = {
    Status.SUBMITTED: N_("Bekreft krav for området"),
    Status.CONFIRMED: N_("Kontroller krav"),
}


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    helfo = [queries.any_unpaid_export()] if actor.may(Permission.AUTHORISE_FILE) else []
    if not actor.may(Permission.REVIEW_CLAIM):
        return sa.or_(sa.false(), *helfo)
    return sa.or_(queries.any_open(), queries.any_applied(), queries.any_due(local_date(at)), *helfo)


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """One for each claim this person may take on, and one for those that money has come to. A few reads."""
    helfo = list(_paid_by_helfo(actor)) if actor.may(Permission.AUTHORISE_FILE) else []
    if not actor.may(Permission.REVIEW_CLAIM):
        return helfo
    rows = queries.at_the_directorate()
    standings = queries.standings([row.claim for row in rows], actor) if rows else {}
    return [*helfo, *_to_release(actor, at), *_to_answer(actor), *_to_follow_up(at)] + [
        Waiting(
            _VERBS[row.claim.status],
            "compensation.claim",
            {"public_id": row.claim.public_id},
            row.case.party_name,
            row.case.number or "",
            since=_since(row),
        )
        for row in rows
        if is_theirs(_closed(row, standings[row.claim.id], actor))
    ]


def _paid_by_helfo(actor: Actor) -> Iterator[Waiting]:
    """The files that Helfo has not paid all of, as far as it is registered."""
    for each in queries.unpaid_exports():
        if is_theirs(judgement.why_not_register_paid(each.export, each.left_claims, actor)):
            yield Waiting(
                N_("Registrer hva Helfo har betalt"),
                "compensation.helfo_export",
                {"number": each.export.number},
                count=each.left_claims,
                since=local_date(each.export.made_at),
                told=Reason(N_("Til sammen %(sum_ore)s."), {"sum_ore": each.left_ore}),
            )


def _to_answer(actor: Actor) -> Iterator[Waiting]:
    """The agreements that are asked for, and that this person may answer."""
    for each in queries.applied():
        if is_theirs(judgement.why_not_change(AgreementStep.APPROVE, each.agreement, actor)):
            since = local_date(each.agreement.signed_at) if each.agreement.signed_at else None
            verb, where = N_("Svar på søknad om avtale"), {"public_id": each.case.public_id}
            yield Waiting(verb, "compensation.agreement", where, each.case.party_name, since=since)


def _to_release(actor: Actor, at: datetime) -> Iterator[Waiting]:
    """The claims that have waited and that the money holds now, where the first is this person's to take."""
    found = queries.queues()
    frames = {frame.pot_id: frame for frame in (frames_of(local_date(at).year) if found else ())}
    for each in found:
        rows = ready(each.pot.id, frames[each.pot.id]) if each.pot.id in frames else []
        if rows and is_theirs(_first_closed(rows[0], actor)):
            yield Waiting(
                N_("Godkjenn krav som har ventet på midler"),
                "compensation.queue",
                count=len(rows),
                since=local_date(rows[0].claim.submitted_at),
            )


def _to_follow_up(at: datetime) -> list[Waiting]:
    """The checks of areas' routines whose next day has come."""
    return [
        Waiting(
            N_("Følg opp rutinene i området"),
            "compensation.area_of",
            {"public_id": row.PilotArea.public_id},
            party=f"{row.PilotArea.name}: {row.AreaCheck.topic}",
            due_on=row.AreaCheck.next_on,
        )
        for row in queries.due_checks(local_date(at))
    ]


def _first_closed(row: ClaimRow, actor: Actor) -> list[Reason]:
    return judgement.why_not_released([row], {row.agreement.id: row.agreement}, actor)[row.claim.id]


def _closed(row: ClaimRow, standing: Standing, actor: Actor) -> list[Reason]:
    """A confirmed claim is judged by any of its answers: what cannot be approved in full is cut or refused."""
    step = Step.CONFIRM_CENTRALLY if row.claim.status is Status.SUBMITTED else Step.REFUSE
    return why_not(CLAIM, step, standing, actor)


def _since(row: ClaimRow) -> date:
    return local_date(row.claim.confirmed_at or row.claim.submitted_at)
