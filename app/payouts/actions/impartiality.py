"""The hands of a payment answer on impartiality once for the lines they see, but for the exceptions (domain J.1.4)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.access.domain import Actor
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.queries import declared, lock
from app.flow import Refused, Stale
from app.payouts import queries
from app.payouts.judgement import why_not_answer


def declare_lines(
    asked: Collection[str], exceptions: Mapping[str, Impartiality], reason: str, *, by: Actor, at: datetime
) -> int:
    """Answer for these cases, by number: impartial in all but the exceptions; gives how many were answered.

    A case that is answered already is left as it is. Raises Refused, or Stale for a case without money.
    """
    if reasons := why_not_answer(by):
        raise Refused(reasons)
    cases = queries.cases_with_money(asked)
    if len(cases) != len(set(asked)) or not exceptions.keys() <= set(asked):
        raise Stale
    lock([case.id for case in cases])
    before = declared([case.id for case in cases], by.id)
    waiting = [case for case in cases if case.id not in before]
    for case in waiting:
        answer = exceptions.get(str(case.number), Impartiality.IMPARTIAL)
        declare(case, answer, "" if answer is Impartiality.IMPARTIAL else reason, by=by, at=at)
    return len(waiting)
