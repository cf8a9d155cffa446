"""What waits for a person in this room: recommended cases to decide, and grants nobody has accepted in time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.assessments.models import Outcome
from app.awards import queries
from app.awards.domain import not_yet_past
from app.awards.models import Award
from app.awards.workflow import AWARD
from app.awards.workflow import Step as AwardStep
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.flow import Reason, Waiting, is_theirs, why_not
from app.values.clock import local_date
from app.values.language import N_

_PROPOSED = {
    Outcome.GRANT: N_("Innstilt: hele beløpet, %(amount_ore)s."),
    Outcome.GRANT_PART: N_("Innstilt: %(amount_ore)s av %(applied_ore)s."),
    Outcome.REFUSE: N_("Innstilt: avslag på %(applied_ore)s."),
}


def anything(actor: Actor, at: datetime) -> sa.ColumnElement[bool]:
    """Whether there is anything to look at."""
    del at
    decides = actor.may(Permission.DECIDE)
    return queries.anything(decides=decides) if decides or actor.may(Permission.ASSESS) else sa.false()


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """To decide, and to let lapse or follow up. At most three reads."""
    return [*_to_decide(actor), *_not_accepted(actor, local_date(at))]


def _to_decide(actor: Actor) -> Iterator[Waiting]:
    """Those the person may decide by hands and impartiality; frame and authority are told there."""
    if not actor.may(Permission.DECIDE):
        return
    rows = queries.recommended(actor.id)
    for case, proposal, answer in rows[: queries.MOST_TASKS]:
        # Which of the three decisions it is makes no difference to who may take it.
        if is_theirs(why_not(CASE, Step.GRANT, replace(case.standing(), declared=answer and answer.value), actor)):
            sums = {"amount_ore": proposal.amount_ore, "applied_ore": case.applied_ore}
            yield Waiting(
                N_("Vedta"),
                "awards.decision",
                {"number": str(case.number)},
                case.party_name,
                str(case.number),
                case.due_on,
                local_date(proposal.recommended_at),
                told=Reason(_PROPOSED[proposal.outcome], sums),
            )
    if len(rows) > queries.MOST_TASKS:
        yield Waiting(N_("Vedta flere saker"), "awards.to_decide")


def _not_accepted(actor: Actor, today: date) -> Iterator[Waiting]:
    """Grants that wait for their recipient: the officer follows theirs, who decides sees those past their day."""
    decides, follows = actor.may(Permission.DECIDE), actor.may(Permission.ASSESS)
    if not (decides or follows):
        return
    rows = queries.not_accepted(actor.id, past=today if decides else None, follows=follows)
    days = queries.accept_by_all([award for award, *_ in rows]) if rows else {}
    for award, case, answer in rows:
        by_on = days[award.id]
        standing = replace(award.standing(), declared=answer and answer.value)
        closed = why_not(AWARD, AwardStep.LAPSE, standing, actor, not_yet_past(by_on, today))
        if decides and is_theirs(closed):
            yield _past(award, case, by_on)
        elif follows and case.officer_id == actor.id:
            words = N_("Venter på aksept") if by_on else N_("Vedtaksbrevet er ikke sendt ennå")
            where = {"number": str(case.number)}
            yield Waiting(words, "desk.case", where, case.party_name, str(case.number), by_on, on_others=True)


def _past(award: Award, case: Case, by_on: date | None) -> Waiting:
    """It came to who decides the morning after the recipient's last day."""
    return Waiting(
        N_("Avgjør om tilskuddet skal falle bort"),
        "awards.lapse",
        {"number": str(case.number)},
        case.party_name,
        str(case.number),
        by_on,
        by_on + timedelta(days=1) if by_on else None,
        told=Reason(N_("%(amount_ore)s er ikke akseptert innen fristen."), {"amount_ore": award.amount_ore}),
    )
