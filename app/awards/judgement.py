"""Why a decision may not be made, and the checks as the decider's page shows them. The same functions serve both."""

from dataclasses import dataclass
from datetime import date

from app.access.domain import Actor
from app.assessments.models import Outcome
from app.awards.domain import after_the_year, payment_plan, why_no_authority
from app.awards.queries.ground import Ground
from app.budget.domain import FrameState, why_not_commit
from app.budget.models import Frame
from app.budget.queries import purse
from app.cases.workflow import CASE, Step
from app.flow import Reason, Standing, why_not
from app.values.language import N_

STEPS = {Outcome.GRANT: Step.GRANT, Outcome.GRANT_PART: Step.GRANT_PART, Outcome.REFUSE: Step.REFUSE}


@dataclass(frozen=True)
class Check:
    """One check with its answer. `holds` False stops the decision; None is a matter to know of, not a stop."""

    words: str
    holds: bool | None
    answers: tuple[Reason, ...]


def step_of(ground: Ground) -> Step:
    """The case's step that this proposal asks for."""
    return STEPS[ground.recommendation.outcome]


def why_not_money(frame: Frame | None, amount_ore: int) -> list[Reason]:
    """Why the frame cannot take it; a refusal takes nothing."""
    return why_not_commit(purse(frame) if frame else None, amount_ore) if amount_ore else []


def beyond_the_case(ground: Ground, frame: Frame | None, actor: Actor, today: date) -> list[Reason]:
    """Reasons that the case's own table of moves does not know: authority and frame."""
    amount = ground.recommendation.amount_ore
    return [*why_no_authority(actor.delegations, amount, today), *why_not_money(frame, amount)]


def why_not_decide(ground: Ground, standing: Standing, actor: Actor, today: date) -> list[Reason]:
    """Every reason this person may not decide now, the letter's own completeness left out."""
    return why_not(CASE, step_of(ground), standing, actor, beyond_the_case(ground, ground.frame, actor, today))


def checks(ground: Ground, standing: Standing, actor: Actor, today: date) -> list[Check]:
    """The checks of the decision page, each with its answer (pages.md §5 point 2)."""
    amount = ground.recommendation.amount_ore
    hands = why_not(CASE, step_of(ground), standing, actor)
    return [
        _frame_after(ground, amount),
        _allocation(ground.frame),
        _judged(
            N_("Fullmakten din"),
            why_no_authority(actor.delegations, amount, today),
            Reason(N_("Du kan vedta inntil %(limit_ore)s."), {"limit_ore": _limit(actor, today)}),
        ),
        _judged(
            N_("Habilitet og fire øyne"),
            hands,
            Reason(N_("Du har meldt at du er habil, og har verken vurdert eller innstilt saken.")),
        ),
        _within_year(ground, amount),
    ]


def _frame_after(ground: Ground, amount: int) -> Check:
    frame = ground.frame
    words = N_("Rammen etter vedtaket")
    stops = why_not_money(frame, amount)
    if stops or frame is None:
        return Check(words, False if stops else None, tuple(stops) or (Reason(N_("Ingen ramme er satt.")),))
    left = frame.frame_ore - frame.committed_ore - amount
    return _fine(words, (Reason(N_("Igjen %(left_ore)s."), {"left_ore": left}),))


def _allocation(frame: Frame | None) -> Check:
    words = N_("Tildelingsbrev")
    if frame is None or frame.letter_on is None or frame.state is FrameState.PRELIMINARY:
        return Check(words, holds=False, answers=(Reason(N_("Tildelingsbrevet er ikke kommet.")),))
    facts = {"basis": frame.basis, "letter_on": frame.letter_on}
    return _fine(words, (Reason(N_("%(basis)s, datert %(letter_on)s."), facts),))


def _within_year(ground: Ground, amount: int) -> Check:
    words = N_("Utbetalinger i budsjettåret")
    if not amount:
        return _fine(words, (Reason(N_("Ingen utbetaling.")),))
    late = after_the_year(payment_plan(amount, ground.rules), ground.rules, ground.case.year)
    if not late:
        return _fine(words, (Reason(N_("Alle utbetalingene kommer i %(year)s."), {"year": ground.case.year}),))
    text = N_("Rate %(nr)s på %(amount_ore)s kan først betales etter %(year)s og krever at midlene kan overføres.")
    year = ground.case.year
    return Check(words, None, tuple(Reason(text, {"nr": p.nr, "amount_ore": p.amount_ore, "year": year}) for p in late))


def _fine(words: str, answers: tuple[Reason, ...]) -> Check:
    return Check(words, holds=True, answers=answers)


def _judged(words: str, stops: list[Reason], fine: Reason) -> Check:
    return Check(words, not stops, tuple(stops) or (fine,))


def _limit(actor: Actor, today: date) -> int:
    return max((d.limit_ore for d in actor.delegations if d.from_on <= today <= d.to_on), default=0)


def revised(ground: Ground) -> list[str]:
    """What the officer changed since the case was sent back, as bokmål msgids; empty when it never was."""
    before, now = ground.previous, ground.recommendation
    if before is None:
        return []
    parts = (
        (N_("forslaget"), before.outcome, now.outcome),
        (N_("beløpet"), before.amount_ore, now.amount_ore),
        (N_("formålet"), before.purpose, now.purpose),
        (N_("de faktiske forholdene"), before.facts, now.facts),
        (N_("begrunnelsen"), before.reasons, now.reasons),
        (N_("vilkårene"), before.conditions, now.conditions),
    )
    return [words for words, old, new in parts if old != new]
