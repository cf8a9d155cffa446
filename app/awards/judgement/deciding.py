"""Why a case cannot be decided, and the checks as the decider's page shows them."""

from dataclasses import dataclass
from datetime import date

from app.access.domain import Actor, Permission
from app.assessments.domain import against_scores, weighted
from app.assessments.models import Outcome
from app.awards.domain import (
    after_the_year,
    as_told,
    payment_plan,
    why_no_authority,
)
from app.awards.queries import DecisionBasis
from app.budget.domain import FrameState, why_not_commit
from app.budget.models import Frame
from app.budget.queries import purse
from app.cases.workflow import CASE, Step
from app.flow import Reason, Standing, why_not
from app.values.language import N_
from app.values.scores import format_score

STEPS = {Outcome.GRANT: Step.GRANT, Outcome.GRANT_PART: Step.GRANT_PART, Outcome.REFUSE: Step.REFUSE}


@dataclass(frozen=True)
class Check:
    """One check with its answer. `holds` False stops the decision; None is a matter to know of, not a stop.

    `waits`: it judges the person who decides, and the reader is not one.
    """

    words: str
    holds: bool | None
    answers: tuple[Reason, ...]
    waits: bool = False


def step_of(basis: DecisionBasis) -> Step:
    """The case's step that this proposal asks for."""
    return STEPS[basis.recommendation.outcome]


def why_not_money(frame: Frame | None, amount_ore: int) -> list[Reason]:
    """Why the frame cannot take it; a refusal takes nothing."""
    return why_not_commit(purse(frame) if frame else None, amount_ore) if amount_ore else []


def beyond_the_case(basis: DecisionBasis, frame: Frame | None, actor: Actor, today: date) -> list[Reason]:
    """Reasons that the case's own table of moves does not know: authority, frame, and scores that speak against it.

    Who lacks the right to decide is told that by the table, and not of the authority they would need besides.
    """
    amount = basis.recommendation.amount_ore
    signs = actor.may(Permission.DECIDE)
    authority = why_no_authority(actor.delegations, amount, today) if signs else []
    return [*authority, *why_not_money(frame, amount), *why_not_scores(basis)]


def why_not_scores(basis: DecisionBasis) -> list[Reason]:
    """Why the scores do not carry what is proposed; said when it was recommended, and held again here."""
    proposal = basis.recommendation
    return against_scores(proposal.outcome, proposal.despite, basis.rules, basis.scored)


def why_not_decide(basis: DecisionBasis, standing: Standing, actor: Actor, today: date) -> list[Reason]:
    """Every reason this person may not decide now, the letter's own completeness left out."""
    return why_not(CASE, step_of(basis), standing, actor, beyond_the_case(basis, basis.frame, actor, today))


def checks(basis: DecisionBasis, standing: Standing, actor: Actor, today: date) -> list[Check]:
    """The checks of the decision page, each with its answer (pages.md §5 point 2)."""
    amount = basis.recommendation.amount_ore
    return [
        _frame_after(basis, amount),
        _allocation(basis.frame),
        *_of_the_person(basis, standing, actor, today),
        *_scores(basis),
        _within_year(basis, amount, today),
    ]


def _of_the_person(basis: DecisionBasis, standing: Standing, actor: Actor, today: date) -> list[Check]:
    """Authority and impartiality are the decider's own; a reader is told so, and not that they stop the case."""
    if not actor.may(Permission.DECIDE):
        later = (Reason(N_("Prøves mot den som vedtar.")),)
        return [
            Check(N_("Fullmakt"), None, later, waits=True),
            Check(N_("Habilitet og fire øyne"), None, later, waits=True),
        ]
    hands = why_not(CASE, step_of(basis), standing, actor)
    return [
        _judged(
            N_("Fullmakten din"),
            why_no_authority(actor.delegations, basis.recommendation.amount_ore, today),
            Reason(N_("Du kan vedta inntil %(limit_ore)s."), {"limit_ore": _limit(actor, today)}),
        ),
        _judged(
            N_("Habilitet og fire øyne"),
            hands,
            Reason(N_("Du har meldt at du er habil, og har verken vurdert eller innstilt saken.")),
        ),
    ]


def _scores(basis: DecisionBasis) -> list[Check]:
    """The weighted score, and what it says against a grant."""
    score = weighted(basis.rules, basis.scored)
    if score is None:
        return []
    words, told = N_("Poengsum"), Reason(N_("%(score)s av %(top)s."), _score_facts(basis, score))
    if stops := why_not_scores(basis):
        return [Check(words, holds=False, answers=(told, *stops))]
    if basis.recommendation.despite:
        return [
            Check(
                words, None, (told, Reason(N_("Innstilt mot poengene. Begrunnelsen står i innstillingen og i brevet.")))
            )
        ]
    return [_fine(words, (told,))]


def _score_facts(basis: DecisionBasis, score: int) -> dict[str, object]:
    return {"score": format_score(score), "top": format_score(basis.rules.highest_score)}


def _frame_after(basis: DecisionBasis, amount: int) -> Check:
    frame = basis.frame
    words = N_("Rammen etter vedtaket")
    stops = why_not_money(frame, amount)
    if stops or frame is None:
        return Check(words, False if stops else None, tuple(stops) or (Reason(N_("Ingen ramme er satt.")),))
    return _fine(words, (Reason(N_("Igjen %(left_ore)s."), {"left_ore": left_after(basis)}),))


def left_after(basis: DecisionBasis) -> int | None:
    """What is left of the frame after this decision, below nought when it does not hold; None without a frame."""
    frame = basis.frame
    return frame.left_ore - basis.recommendation.amount_ore if frame else None


def _allocation(frame: Frame | None) -> Check:
    words = N_("Tildelingsbrev")
    if frame is None or frame.letter_on is None or frame.state is FrameState.PRELIMINARY:
        return Check(words, holds=False, answers=(Reason(N_("Tildelingsbrevet er ikke kommet.")),))
    facts = {"basis": frame.basis, "letter_on": frame.letter_on}
    return _fine(words, (Reason(N_("%(basis)s, datert %(letter_on)s."), facts),))


def _within_year(basis: DecisionBasis, amount: int, today: date) -> Check:
    words = N_("Utbetalinger i budsjettåret")
    if not amount:
        return _fine(words, (Reason(N_("Ingen utbetaling.")),))
    late = after_the_year(payment_plan(amount, basis.rules), as_told(basis.rules, today), basis.case.year, today)
    if not late:
        return _fine(words, (Reason(N_("Alle utbetalingene kommer i %(year)s."), {"year": basis.case.year}),))
    text = N_("Rate %(nr)s på %(amount_ore)s kan først betales etter %(year)s og krever at midlene kan overføres.")
    year = basis.case.year
    return Check(words, None, tuple(Reason(text, {"nr": p.nr, "amount_ore": p.amount_ore, "year": year}) for p in late))


def _fine(words: str, answers: tuple[Reason, ...]) -> Check:
    return Check(words, holds=True, answers=answers)


def _judged(words: str, stops: list[Reason], fine: Reason) -> Check:
    return Check(words, not stops, tuple(stops) or (fine,))


def _limit(actor: Actor, today: date) -> int:
    return max((d.limit_ore for d in actor.delegations if d.from_on <= today <= d.to_on), default=0)


def revised(basis: DecisionBasis) -> list[str]:
    """What the officer changed since the case was sent back, as bokmål msgids; empty when it never was."""
    before, now = basis.previous, basis.recommendation
    if before is None:
        return []
    parts = (
        (N_("forslaget"), before.outcome, now.outcome),
        (N_("beløpet"), before.amount_ore, now.amount_ore),
        (N_("formålet"), before.purpose, now.purpose),
        (N_("de faktiske forholdene"), before.facts, now.facts),
        (N_("begrunnelsen"), (before.reasons, before.despite), (now.reasons, now.despite)),
        (N_("vilkårene"), before.conditions, now.conditions),
    )
    return [words for words, old, new in parts if old != new]
