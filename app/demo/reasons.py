"""What the officer writes of a demo application: points with their reasons, cuts, and the facts of the proposal."""

from collections.abc import Sequence
from datetime import date

from app.applications.models import BudgetLine
from app.assessments.domain import Cut, Judged, Met, Scored, Sheet, Suggested
from app.assessments.queries import AppliedLine
from app.demo.answers import OWN_WORK
from app.demo.stories import Told
from app.demo.wordings import one, pool
from app.rules.domain import Rules
from app.values.dates import format_date
from app.values.language import Language


def sheet(told: Told, rules: Rules, lines: Sequence[AppliedLine | BudgetLine], known: dict[str, Suggested]) -> Sheet:
    """The whole sheet, with the facts that the program shows beside the requirements."""
    requirements = {
        r.code: Judged(
            Met.NO if r.code == told.fails else Met.YES,
            one(pool("reasons")["facts"]["note"], told) if r.code == told.fails else "",
            known[r.code].fact if r.code in known else None,
        )
        for r in rules.requirements
    }
    return Sheet(requirements, _scores(told, rules), cuts(told, lines), one(pool("reasons")["notes"]["texts"], told))


def half(told: Told, rules: Rules, lines: Sequence[AppliedLine | BudgetLine], known: dict[str, Suggested]) -> Sheet:
    """The same as far as the officer came before something else had to be done."""
    whole = sheet(told, rules, lines, known)
    answered = dict(list(whole.scores.items())[: 2 + told.nr % 3])
    return Sheet(whole.requirements, answered, tuple(Cut(c.position, c.applied_ore, c.applied_ore) for c in whole.cuts))


def _scores(told: Told, rules: Rules) -> dict[str, Scored]:
    said = pool("reasons")
    return {
        c.code: Scored(points, one(said[c.code][str(points)], told, turn))
        for turn, (c, points) in enumerate(zip(rules.criteria, told.points, strict=True))
    }


def cuts(told: Told, lines: Sequence[AppliedLine | BudgetLine]) -> tuple[Cut, ...]:
    """The proposal by line: own work is the municipality's own; what is cut is taken from its own cost type first."""
    left = told.applied_ore - told.granted_ore if told.good else 0
    made: dict[int, Cut] = {}
    for line in sorted(lines, key=lambda each: (each.cost_code != told.cut, -each.position)):
        own = _is_own(line, lines, told)
        taken = line.amount_ore if own else min(left, line.amount_ore)
        left -= 0 if own else taken
        why = (_own_words(told) if own else _why(told, line.cost_code)) if taken else ""
        made[line.position] = Cut(line.position, line.amount_ore, line.amount_ore - taken, why)
    return tuple(made[line.position] for line in lines)


def _is_own(line: AppliedLine | BudgetLine, lines: Sequence[AppliedLine | BudgetLine], told: Told) -> bool:
    return bool(told.own_ore) and line.cost_code == OWN_WORK and line.position == lines[-1].position


def _own_words(told: Told) -> str:
    return one(pool("reasons")["cuts"]["own"], told)


def _why(told: Told, cost_code: str) -> str:
    return told.why_cut or one(pool("reasons")["cuts"][cost_code], told)


def found(told: Told, sent_on: date) -> str:
    """The facts the proposal rests on."""
    level = "fails" if told.fails else "good" if told.good else "weak"
    return one(pool("reasons")["facts"][level], told, sent=format_date(sent_on, Language.NB))


def revised_plan(told: Told) -> str:
    """What a partial award changes in the plan, told with the acceptance."""
    return one(pool("reasons")["revised"]["texts"], told)
