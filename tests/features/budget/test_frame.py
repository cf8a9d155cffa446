"""The frame is the lock: nobody promises more than is left, and the ledger tells the same as the frame."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.budget import actions, jobs, queries
from app.budget.domain import CaseLedger, FrameState, Posting, Purse, why_not_commit
from app.budget.models import Frame
from app.db import db, writing
from app.flow import Refused
from tests import factories

AT = factories.AT
KR = 100
AT_DISPOSAL = FrameState.AT_DISPOSAL


def start(app: Flask, frame_ore: int, cases: int = 1, state: FrameState = AT_DISPOSAL) -> tuple[int, list[int]]:
    with app.app_context():
        factories.people()
        frame_id = factories.frame(frame_ore, state=state)
        made = [factories.recommended(number=f"T25-{n:04d}") for n in range(1, cases + 1)]
        db.session.remove()
        return frame_id, made


def test_a_frame_can_be_used_to_the_last_ore_and_no_further(app: Flask) -> None:
    frame_id, (case_id,) = start(app, 1000 * KR)
    with app.app_context():
        with writing():
            actions.commit(frame_id, case_id, 1000 * KR - 1, "award:1", by=None, at=AT)
        with writing():
            actions.commit(frame_id, case_id, 1, "award:2", by=None, at=AT)
        with pytest.raises(Refused) as refused, writing():
            actions.commit(frame_id, case_id, 1, "award:3", by=None, at=AT)
        assert refused.value.reasons[0].facts == {"left_ore": 0, "missing_ore": 1}
        assert queries.ledger_of(case_id) == CaseLedger(committed_ore=1000 * KR)
        assert jobs.verify(AT) == 1


def test_a_preliminary_frame_commits_nothing_until_the_letter_has_come(app: Flask) -> None:
    frame_id, (case_id,) = start(app, 1000 * KR, state=FrameState.PRELIMINARY)
    with app.app_context():
        with pytest.raises(Refused, match="Rammen er foreløpig"), writing():
            actions.commit(frame_id, case_id, KR, "award:1", by=None, at=AT)
        with writing():
            actions.put_at_disposal(frame_id, date(2025, 1, 6), "Tildelingsbrev 2025", by=None, at=AT)
        with writing():
            actions.commit(frame_id, case_id, KR, "award:1", by=None, at=AT)


def test_nobody_is_paid_more_than_they_are_promised(app: Flask) -> None:
    frame_id, (one, two) = start(app, 1000 * KR, cases=2)
    with app.app_context():
        with writing():
            actions.commit_all(
                frame_id, [Posting(one, 100 * KR, "award:1"), Posting(two, 50 * KR, "award:2")], by=None, at=AT
            )
        with pytest.raises(Refused), writing():
            actions.pay_all(frame_id, [Posting(one, 60 * KR, "p:1"), Posting(one, 41 * KR, "p:2")], by=None, at=AT)
        with writing():
            actions.pay(frame_id, one, 100 * KR, "p:1", by=None, at=AT)
        with pytest.raises(Refused), writing():
            actions.reduce(frame_id, one, 1, "change:1", by=None, at=AT)
        assert jobs.verify(AT) == 1


def test_what_is_unused_owed_and_repaid_is_told_and_changes_no_frame(app: Flask) -> None:
    frame_id, (case_id,) = start(app, 1000 * KR)
    with app.app_context():
        with writing():
            actions.commit(frame_id, case_id, 100 * KR, "award:1", by=None, at=AT)
        with writing():
            actions.pay(frame_id, case_id, 100 * KR, "p:1", by=None, at=AT)
        with writing():
            actions.unused(frame_id, case_id, 30 * KR, "report:1", by=None, at=AT)
        with writing():
            actions.debt(frame_id, case_id, 30 * KR, "debt:1", by=None, at=AT)
        with writing():
            actions.repaid(frame_id, case_id, 10 * KR, "back:1", by=None, at=AT)
        with pytest.raises(Refused), writing():
            actions.repaid(frame_id, case_id, 21 * KR, "back:2", by=None, at=AT)
        assert queries.ledger_of(case_id) == CaseLedger(100 * KR, 100 * KR, 30 * KR, 20 * KR)
        party_id = factories.party("312999005").id
        assert queries.open_debts([party_id])[party_id].owed_ore == 20 * KR
        assert jobs.verify(AT) == 1


def test_the_control_names_a_frame_whose_sums_are_not_its_ledgers(app: Flask) -> None:
    frame_id, (case_id,) = start(app, 1000 * KR)
    with app.app_context():
        with writing():
            actions.commit(frame_id, case_id, 100 * KR, "award:1", by=None, at=AT)
        with writing() as session:
            session.execute(sa.update(Frame).values(committed_ore=99 * KR))
        with pytest.raises(jobs.Broken, match=f"frame {frame_id} .*committed 9900, ledger 10000"):
            jobs.verify(AT)


def test_a_frame_is_never_set_below_what_is_promised(app: Flask) -> None:
    frame_id, (case_id,) = start(app, 1000 * KR)
    with app.app_context():
        with writing():
            actions.commit(frame_id, case_id, 600 * KR, "award:1", by=None, at=AT)
        with pytest.raises(Refused):
            factories.frame(599 * KR)
        factories.frame(600 * KR)


def test_threads_at_once_never_promise_more_than_the_frame(app: Flask) -> None:
    """Six hands reach for 30 parts of 7 kroner where 100 kroner are: exactly 14 get theirs."""
    frame_id, (case_id,) = start(app, 100 * KR)
    hands, each = 6, 5
    ready, taken = Barrier(hands), []

    def reach(hand: int) -> None:
        ready.wait()
        for n in range(each):
            if attempt(app, lambda n=n: actions.commit(frame_id, case_id, 7 * KR, f"{hand}:{n}", by=None, at=AT)):
                taken.append((hand, n))

    threads = [Thread(target=reach, args=(hand,)) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert len(taken) == 14
        assert queries.ledger_of(case_id).committed_ore == 98 * KR
        assert jobs.verify(AT) == 1


def attempt(app: Flask, do: Callable[[], None]) -> bool:
    with app.app_context():
        try:
            with writing():
                do()
        except Refused:
            return False
        finally:
            db.session.remove()
        return True


@given(st.integers(0, 10**9), st.data())
def test_a_frame_takes_a_sum_exactly_when_it_fits(frame_ore: int, data: st.DataObject) -> None:
    committed = data.draw(st.integers(0, frame_ore))
    amount = data.draw(st.integers(1, 10**9))
    purse = Purse(2025, FrameState.AT_DISPOSAL, frame_ore, committed, 0, "Tildelingsbrev", date(2025, 1, 6))
    assert (not why_not_commit(purse, amount)) == (committed + amount <= frame_ore)
