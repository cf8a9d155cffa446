"""Whatever people try in whatever order, nobody decides what they have assessed or recommended themselves."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.access.domain import Actor, Role
from app.cases.workflow import CASE, Status, Step
from app.flow import Standing, why_not

# Everybody holds every role: only four eyes and impartiality stand between them.
PEOPLE = tuple(
    Actor(n, f"Person {n}", roles=frozenset({Role.OFFICER, Role.LEAD, Role.DECIDER, Role.ARCHIVIST})) for n in (1, 2, 3)
)
DECIDED = {Status.GRANTED, Status.PARTLY_GRANTED, Status.REFUSED}
STEPS = [step for step in Step if step not in (Step.SUBMIT, Step.WITHDRAW, Step.ANSWER, Step.AGREE, Step.TURN_DOWN)]


class CaseLife(RuleBasedStateMachine):
    """A case as the table of moves lets it live; hands are stamped as the actions stamp them."""

    @initialize()
    def begin(self) -> None:
        self.hands: dict[str, set[int]] = {}
        self.case = Standing(Status.SUBMITTED, people=self.hands)
        self.declared: dict[int, str] = {}

    @rule(who=st.sampled_from(PEOPLE), answer=st.sampled_from(["impartial", "in_doubt", "partial"]))
    def declare(self, who: Actor, answer: str) -> None:
        self.declared[who.id] = answer

    @rule(who=st.sampled_from(PEOPLE), assessor=st.sampled_from(PEOPLE), step=st.sampled_from(STEPS))
    def take(self, who: Actor, assessor: Actor, step: Step) -> None:
        now = replace(self.case, declared=self.declared.get(who.id))
        if why_not(CASE, step, now, who):
            return
        move = CASE.move(step)
        assert not move.impartial or self.declared.get(who.id) == "impartial"
        if step is Step.RECOMMEND:
            self.hands.setdefault("assessed", set()).add(assessor.id)
        if move.leaves:
            self.hands.setdefault(move.leaves, set()).add(who.id)
        self.case = Standing(move.end, people=self.hands)

    @invariant()
    def another_decides(self) -> None:
        decided = self.hands.get("decided", set())
        assert not decided & (self.hands.get("recommended", set()) | self.hands.get("assessed", set()))

    @invariant()
    def nothing_is_decided_unrecommended(self) -> None:
        if self.case.status in DECIDED | {Status.RECOMMENDED}:
            assert self.hands["recommended"]


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
