"""The nine controls (domain E.2), and the life of a payable with many hands at it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.access.domain import Actor, Delegation, Role
from app.awards.payables import statement_text
from app.flow.domain import Standing, why_not
from app.payouts.domain import Snapshot, checks, control_sum, stopping, why_control, without_authority
from app.payouts.workflow import PAYABLE, Status, Step
from app.rules.domain import Trigger

GOOD = Snapshot(
    amount_ore=100_00,
    due_on=date(2025, 3, 12),
    today=date(2025, 3, 10),
    frame_year=2025,
    account_no="12345600009",
    account_accepted=True,
    trigger=Trigger.ACCEPTANCE,
    total_ore=100_00,
    left_ore=100_00,
    hands=(1, 2),
    declared="impartial",
)


def test_nine_of_nine() -> None:
    assert [check.ok for check in checks(GOOD)] == [True] * 9


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (0, {"letter_sent": False}),
        (1, {"accepted": False}),
        (2, {"account_no": "12345600008"}),
        (2, {"account_is_newest": False}),
        (2, {"account_accepted": False}),
        (2, {"account_paid_before": False}),
        (2, {"account_as_applied": False}),
        (2, {"is_claim": True, "account_confirmed": False, "account_paid_before": False}),
        (3, {"trigger": Trigger.DATE, "trigger_on": date(2025, 3, 11)}),
        (3, {"trigger": Trigger.REPORT_APPROVED, "report_approved": False}),
        (4, {"stopped": True}),
        (6, {"other_ore": 1}),
        (6, {"left_ore": 99_99}),
        (6, {"frame_year": 2024}),
        (7, {"hands": (1, 1)}),
        (8, {"paid_before": True}),
    ],
)
def test_each_control_fails_alone(place: int, wrong: dict[str, object]) -> None:
    found = checks(replace(GOOD, **wrong))  # type: ignore[arg-type]
    assert [n for n, check in enumerate(found) if not check.ok] == [place]
    assert len(stopping(replace(GOOD, **wrong))) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("declared", [None, "partial", "in_doubt"])
def test_impartiality_is_asked_of_those_who_sign(declared: str | None) -> None:
    found = replace(GOOD, declared=declared)
    assert [n for n, check in enumerate(checks(found)) if not check.ok] == [5]
    assert [n for n, check in enumerate(checks(replace(found, signs=False))) if not check.ok] == []
    assert stopping(found) == [], "the line itself is in order"


ANY = {
    name: st.booleans()
    for name in Snapshot.__dataclass_fields__
    if name.startswith("account_") and name != "account_no"
}


@given(st.fixed_dictionaries(ANY), st.booleans())
@settings(max_examples=100)
def test_money_goes_only_to_a_number_that_was_controlled_or_is_well_known(of: dict[str, bool], is_claim: bool) -> None:
    may = why_control(replace(GOOD, is_claim=is_claim, **of)) is None  # type: ignore[arg-type]
    known = of["account_paid_before"] and (is_claim or of["account_as_applied"])
    own_word = is_claim and of["account_confirmed"]
    trusted = of["account_accepted"] and not of["account_closed_before"] and (known or own_word)
    assert may == (not of["account_rejected"] and (of["account_controlled"] or trusted))


def test_authority_has_dates_and_a_limit() -> None:
    given = (Delegation(date(2025, 1, 1), date(2025, 12, 31), 1_000_00),)
    assert without_authority(given, 1_000_00, date(2025, 12, 31)) == []
    assert without_authority(given, 1_000_01, date(2025, 12, 31))[0].facts == {"limit_ore": 1_000_00}
    assert "ingen gyldig" in without_authority(given, 1, date(2026, 1, 1))[0].text


def test_the_text_is_never_too_long() -> None:
    assert statement_text("hto", 2025, "T25-0123", 1, 2) == "Tilskudd HTO 2025 sak T25-0123 rate 1/2"
    assert len(statement_text("x" * 300, 2025, "T25-0123", 1, 2)) == 140


def test_the_control_sum_follows_the_accounts() -> None:
    assert control_sum(["12345600009", "12345600076"]) != control_sum(["12345600009", "12345600149"])


PEOPLE = [
    Actor(1, "a", roles=frozenset({Role.FINANCE})),
    Actor(2, "b", roles=frozenset({Role.FINANCE, Role.DECIDER})),
    Actor(3, "c", roles=frozenset({Role.DECIDER})),
    Actor(4, "d", roles=frozenset({Role.FINANCE, Role.DECIDER})),
    Actor(5, "e", roles=frozenset({Role.OFFICER})),
    Actor(6, "f", roles=frozenset({Role.OFFICER, Role.DECIDER, Role.FINANCE})),
]


class Life(RuleBasedStateMachine):
    """Anyone tries any step at any time; only open ones happen."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status.READY
        self.hands: dict[str, set[int]] = {"decided": {6}}
        self.sent_once = False

    @rule(step=st.sampled_from(list(Step)), actor=st.sampled_from(PEOPLE))
    def attempt(self, step: Step, actor: Actor) -> None:
        if why_not(PAYABLE, step, Standing(self.status, people=self.hands, declared="impartial"), actor):
            return
        move = PAYABLE.move(step)
        self.status = move.end  # type: ignore[assignment]
        self.sent_once |= self.status is Status.SENT
        if move.leaves:
            self.hands.setdefault(move.leaves, set()).add(actor.id)

    @invariant()
    def three_hands_before_money_leaves(self) -> None:
        if self.status in (Status.SENT, Status.PAID, Status.REJECTED):
            attested, approved, over = (self.hands[hand] for hand in ("attested", "approved", "handed_over"))
            assert not attested & self.hands["decided"]
            assert not (attested & approved or attested & over or approved & over)
            assert not attested & self.hands.get("settled", set())

    @invariant()
    def a_rejection_has_been_seen_by_one_more(self) -> None:
        settled, checked = self.hands.get("settled", set()), self.hands.get("checked", set())
        assert not settled & checked
        if self.sent_once and self.status is Status.CANCELLED:
            assert settled and checked


TestLife = Life.TestCase
