"""What waits for a person in this room: deliveries to begin on, to finish and to approve.

The ministry's day stands, and what is reminded of is the last working day before it (domain J.1.14).
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.flow import Reason, Waiting, why_not
from app.summaries import judgement, queries
from app.summaries.kinds import kind_of, kinds_of
from app.summaries.models import Summary
from app.summaries.workflow import SUMMARY, Status, Step
from app.values.clock import local_date
from app.values.deadlines import last_working_day_before
from app.values.language import N_

# So long before it is due a delivery nobody has begun on is a task of who distributes work.
BEGIN_DAYS = timedelta(days=30)


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    if _distributes(actor) and _soon(local_date(at)):
        return sa.true()
    concerned = actor.may(Permission.WRITE_SUMMARY) or actor.may(Permission.APPROVE_SUMMARY)
    return queries.any_open() if concerned else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """What nobody has begun on, a draft for its writer, and what is ready for who has not written it."""
    found = [each for each in (_task(summary, actor) for summary in queries.open_ones()) if each]
    today = local_date(at)
    if _distributes(actor) and (soon := _soon(today)):
        begun = queries.newest_of(today.year)
        found += [
            Waiting(
                N_("Begynn på leveransen"),
                "summaries.begin",
                {"kind": name, "year": str(today.year)},
                due_on=last_working_day_before(due_on),
                told=_told(name, today.year),
            )
            for name, due_on in soon.items()
            if name not in begun
        ]
    return found


def _task(summary: Summary, actor: Actor) -> Waiting | None:
    where = {"public_id": summary.public_id}
    due_on, told = last_working_day_before(summary.due_on), _told(summary.kind, summary.year)
    since = local_date(summary.drafted_at)
    if summary.status is Status.READY and not why_not(SUMMARY, Step.APPROVE, summary.standing(), actor):
        verb = N_("Les og godkjenn leveransen")
        return Waiting(verb, "summaries.approve", where, due_on=due_on, since=since, told=told)
    own = summary.status is Status.DRAFT and summary.drafted_by == actor.id
    if own and not judgement.why_not_edit(summary, actor):
        verb, back = N_("Skriv ferdig leveransen"), summary.sent_back
        return Waiting(verb, "summaries.edit", where, due_on=due_on, since=since, told=told, back=back)
    return None


def _told(name: str, year: int) -> Reason:
    kind = kind_of(name)
    return Reason(N_("%(what)s %(year)s"), {"what": Reason(kind.words if kind else name), "year": str(year)})


def _distributes(actor: Actor) -> bool:
    return actor.may(Permission.DISTRIBUTE) and actor.may(Permission.WRITE_SUMMARY)


def _soon(today: date) -> dict[str, date]:
    """The year's deliveries that are due within the month, or were."""
    due = {kind.name: kind.due_on(today.year) for kind in kinds_of(today.year)}
    return {name: on for name, on in due.items() if on <= today + BEGIN_DAYS}
