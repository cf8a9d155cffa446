"""What a report must hold, when to remind, and files that give the same bytes: no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.domain import (
    AccountsLine,
    AuditorNeed,
    Goal,
    Snapshot,
    auditor_need,
    deviates,
    missing,
    unused_ore,
    used_ore,
)
from app.reports.domain.reminders import FIRST_LETTER, NOTICES, SECOND_LETTER, due_step, is_at_hand
from app.reports.domain.summary import Figure, SummaryRow, rows_of, summarise, summary_due_on
from app.reports.workflow import Status
from app.rules.domain import ReportKind, Rules, Words
from app.values.deadlines import REPORT_QUIET_DAYS, last_working_day_before

EMPTY = Words("", "")
RULES = Rules(title=EMPTY, purpose=EMPTY, legal_basis=EMPTY)
DUE = date(2025, 4, 1)


def _line(budget: int, used: int | None, explanation: str = "") -> AccountsLine:
    return AccountsLine(0, "Opplæring", budget, used, explanation)


def _snapshot(lines: Sequence[AccountsLine], **named: object) -> Snapshot:
    given_: dict[str, object] = {
        "kind": ReportKind.YEAR,
        "award_ore": 100_000_00,
        "received_ore": 1000,
        "lines": lines,
        "own_goal": Goal.REACHED,
        "unused_wish": None,
        "expected_used_ore": None,
        "answers": {"done": "a", "deviation": "b", "lessons": "c"},
        "auditor_given": False,
        "auditor_by_on": None,
        "accounts_given": False,
        "rules": RULES,
    }
    return Snapshot(**{**given_, **named})  # type: ignore[arg-type]


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_unused_is_received_less_used_and_never_below_nought(received: int, used: int) -> None:
    left = unused_ore(received, used)
    assert left == max(0, received - used)


def test_the_sum_is_not_known_until_every_line_is() -> None:
    assert used_ore([_line(1, 1), _line(1, None)]) is None
    assert used_ore([]) is None
    assert used_ore([_line(1, 2), _line(1, 0)]) == 2


@pytest.mark.parametrize(
    ("used", "year", "status"),
    [(90, False, False), (89, True, False), (110, False, False), (111, True, True), (0, True, False)],
)
def test_a_deviation_is_more_than_the_percent_of_the_rules(used: int, year: bool, status: bool) -> None:
    assert deviates(_line(100, used), 10, ReportKind.YEAR) is year
    assert deviates(_line(100, used), 10, ReportKind.STATUS) is status


def test_use_without_a_budget_deviates() -> None:
    assert deviates(_line(0, 1), 10, ReportKind.STATUS)
    assert not deviates(_line(0, 0), 10, ReportKind.YEAR)


def test_an_auditor_is_needed_from_the_limit_on() -> None:
    def need(kind: ReportKind, ore: int) -> AuditorNeed:
        return auditor_need(kind, ore, RULES)

    assert need(ReportKind.YEAR, RULES.auditor_from_ore).needed
    assert not need(ReportKind.YEAR, RULES.auditor_from_ore - 1).needed
    assert not need(ReportKind.STATUS, RULES.auditor_from_ore).needed


def test_a_whole_report_lacks_nothing_and_unused_money_asks_for_a_wish() -> None:
    assert missing(_snapshot([_line(1000, 1000)])) == []
    (wish,) = missing(_snapshot([_line(1000, 950)]))
    assert "ikke er brukt" in wish.text


def test_a_status_report_asks_what_will_be_used() -> None:
    (lacks,) = missing(_snapshot([_line(1000, 0)], kind=ReportKind.STATUS))
    assert "31. desember" in lacks.text


days = st.lists(st.integers(0, 40), min_size=1, max_size=60)
# Told of the date long before any reminder.
LONG_KNOWN = DUE - timedelta(days=365)


@given(st.integers(-60, 40), days)
def test_each_step_goes_once_and_in_order_whatever_the_jumps(start: int, jumps: list[int]) -> None:
    today, sent, order = DUE + timedelta(days=start), dict[int, date](), list[int]()
    for jump in jumps:
        today += timedelta(days=jump)
        step = due_step(DUE, today, sent, LONG_KNOWN)
        if step is not None:
            assert step not in sent
            sent[step] = today
            order.append(step)
        assert due_step(DUE, today, sent, LONG_KNOWN) is None, "a second run the same day does nothing"
        newest = max((s for s in (*NOTICES, FIRST_LETTER) if s <= (today - DUE).days), default=None)
        assert newest is None or newest in sent
    assert order == sorted(order)
    if SECOND_LETTER in sent:
        assert (sent[SECOND_LETTER] - sent[FIRST_LETTER]).days >= SECOND_LETTER - FIRST_LETTER


def test_day_by_day_every_step_goes_on_its_day() -> None:
    sent: dict[int, date] = {}
    for days_ in range(-40, 60):
        today = DUE + timedelta(days=days_)
        step = due_step(DUE, today, sent, LONG_KNOWN)
        if step is not None:
            sent[step] = today
    assert {step: (on - DUE).days for step, on in sent.items()} == {s: s for s in (-30, -7, 0, 7, 21)}


@given(st.integers(-60, 60), st.integers(0, 6))
def test_nobody_is_chased_for_what_they_have_just_been_told(at: int, known: int) -> None:
    today = DUE + timedelta(days=at)
    assert due_step(DUE, today, {}, today - timedelta(days=min(known, REPORT_QUIET_DAYS - 1))) is None


def _row(status: Status, delivered: bool, conclusion: Goal | None = None, **named: object) -> SummaryRow:
    on = date(2025, 3, 1) if delivered else None
    facts: dict[str, object] = {"used_ore": 70 if delivered else None, "unused_ore": 30 if delivered else None}
    facts |= {"numbers": {"trained": 3} if delivered else {}, "party": "Demovik kommune", **named}
    return SummaryRow(
        public_id="x",
        case_number="T24-0001",
        title="Prosjekt",
        status=status,
        due_on=DUE,
        delivered_on=on,
        late=False,
        award_ore=100,
        budget_ore=100,
        received_ore=100,
        own_goal=None,
        conclusion=conclusion,
        **facts,  # type: ignore[arg-type]
    )


rows = st.lists(
    st.sampled_from(
        [
            _row(Status.NOT_STARTED, delivered=False),
            _row(Status.STARTED, delivered=False),
            _row(Status.DELIVERED, delivered=True),
            _row(Status.LACKING, delivered=True),
            _row(Status.APPROVED, delivered=True, conclusion=Goal.PARTLY),
            _row(Status.NOT_APPROVED, delivered=True, conclusion=Goal.NOT_REACHED),
        ]
    )
)


@given(rows)
def test_every_figure_is_the_count_of_the_rows_it_names(made: list[SummaryRow]) -> None:
    told = summarise(made)
    for figure in Figure:
        assert told.counts[figure] == len(rows_of(figure, made))
    assert told.counts[Figure.DUE] == told.counts[Figure.DELIVERED] + told.counts[Figure.MISSING]
    assert told.used_ore == sum(r.used_ore or 0 for r in made)
    assert told.unused_ore == 30 * told.counts[Figure.DELIVERED]
    assert told.numbers.get("trained", 0) == 3 * told.counts[Figure.DELIVERED]
    assert told.awarded_ore[Figure.PARTLY] == 100 * told.counts[Figure.APPROVED]


def test_the_summary_is_due_when_the_plan_says() -> None:
    assert summary_due_on(date(2025, 4, 1)) == date(2025, 5, 1)
    assert summary_due_on(date(2025, 9, 15)) == date(2025, 10, 1)
    assert summary_due_on(date(2025, 12, 15)) == date(2026, 1, 1)
    assert last_working_day_before(date(2025, 5, 1)) == date(2025, 4, 30)


@pytest.mark.parametrize(
    ("today", "at_hand"),
    [
        (date(2025, 2, 10), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 4, 2), True),
    ],
)
def test_a_years_report_is_a_task_when_the_year_it_tells_of_is_over(today: date, at_hand: bool) -> None:
    assert is_at_hand(date(2025, 12, 31), date(2026, 4, 1), today) is at_hand


def test_a_report_due_before_what_it_tells_of_is_over_is_a_task_from_its_first_reminder() -> None:
    days = [is_at_hand(date(2025, 10, 1), date(2025, 10, 1), date(2025, 9, day)) for day in (1, 2)]
    assert days == [True, True]
    assert not is_at_hand(date(2025, 10, 1), date(2025, 10, 1), date(2025, 8, 31))


def test_signed_accounts_are_needed_where_the_rules_ask_and_never_in_a_status_report() -> None:
    asks = replace(RULES, signed_accounts=True)

    def lacks(**named: object) -> list[str]:
        found = _snapshot([_line(1000, 1000)], award_ore=0, **{"rules": asks, **named})
        return [reason.of for reason in missing(found)]

    assert lacks() == ["accounts_file"]
    assert lacks(accounts_given=True) == []
    assert lacks(rules=RULES) == []
    assert lacks(kind=ReportKind.STATUS, expected_used_ore=0) == []
