"""A frame is changed by a letter that two people have seen, and never below what is promised; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.budget import actions, queries, waiting
from app.budget.domain import ChangeFacts, ChangeKind, FrameState, Purse, why_not_change
from app.budget.models import Frame, FrameChange
from app.budget.workflow import ChangeStatus
from app.db import db, writing
from app.flow import Refused, Stale
from tests import factories
from tests.factories import acting

AT = factories.AT
KR = 100
RAISE = ChangeFacts(ChangeKind.RAISE, 500 * KR, "Tillegg nr. 1, 25/12-3", date(2025, 2, 3), "Flere enn ventet.")
CUT = replace(RAISE, kind=ChangeKind.CUT)
CARRIED = replace(
    RAISE,
    kind=ChangeKind.CARRY_OVER,
    from_year=2024,
    clearance="Brev 24/99-1",
    clearance_on=date(2024, 12, 20),
)


@pytest.fixture
def frame_id(app: Flask) -> int:
    """A frame of 1000 kroner in 2025, where 700 are promised."""
    with app.app_context():
        factories.people()
        made = factories.frame(1000 * KR)
        case_id = factories.recommended(number="T25-0001")
        with writing():
            actions.commit(made, case_id, 700 * KR, "award:1", by=None, at=AT)
        db.session.remove()
        return made


def propose(frame_id: int, facts: ChangeFacts, who: str = "lead") -> int:
    by = acting(who)
    with writing():
        return actions.propose(frame_id, facts, by=by, at=AT).id


def confirm(change_id: int, who: str = "decider", version: int = 1) -> FrameChange:
    by = acting(who)
    with writing():
        return actions.confirm_change(change_id, version, by=by, at=AT)


def frame(frame_id: int) -> Frame:
    db.session.rollback()
    return db.session.get_one(Frame, frame_id, populate_existing=True)


def test_nothing_changes_before_a_second_person_has_confirmed(app: Flask, frame_id: int) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE)
        assert frame(frame_id).frame_ore == 1000 * KR
        made = confirm(change_id)
        assert (made.before_ore, made.after_ore, made.status) == (1000 * KR, 1500 * KR, ChangeStatus.CONFIRMED)
        now = frame(frame_id)
        assert (now.frame_ore, now.appropriation_ore, now.adjusted_ore) == (1500 * KR, 1000 * KR, 500 * KR)
        told = db.session.scalars(
            sa.select(AuditEntry.event).where(AuditEntry.stream == f"frame:{frame_id}").order_by(AuditEntry.id)
        )
        assert list(told) == ["budget.change_proposed", "frame_change.confirm"]


def test_money_is_carried_over_with_clearance(app: Flask, frame_id: int) -> None:
    with app.app_context():
        confirm(propose(frame_id, CARRIED))
        now = frame(frame_id)
        assert (now.frame_ore, now.carried_in_ore, now.adjusted_ore) == (1500 * KR, 500 * KR, 0)


def test_no_more_is_carried_over_than_the_earlier_year_has_left(app: Flask, frame_id: int) -> None:
    with app.app_context():
        factories.frame(600 * KR, year=2024)
        confirm(propose(frame_id, CARRIED))
        with pytest.raises(Refused, match="ubrukt") as refused:
            propose(frame_id, CARRIED)
        assert refused.value.reasons[0].facts == {"unused_ore": 100 * KR, "from_year": "2024"}
        confirm(propose(frame_id, replace(CARRIED, amount_ore=100 * KR)))


@pytest.mark.parametrize("lacking", [{"from_year": 2022}, {"clearance": ""}, {"clearance_on": None}])
def test_a_carry_over_without_year_or_clearance_is_refused(app: Flask, frame_id: int, lacking: dict[str, Any]) -> None:
    with app.app_context(), pytest.raises(Refused):
        propose(frame_id, replace(CARRIED, **lacking))


def test_a_frame_is_never_cut_below_what_is_promised(app: Flask, frame_id: int) -> None:
    with app.app_context():
        with pytest.raises(Refused, match="høyst"):
            propose(frame_id, replace(CUT, amount_ore=300 * KR + 1))
        change_id = propose(frame_id, replace(CUT, amount_ore=300 * KR))
        case_id = factories.recommended(number="T25-0002")
        with writing():
            actions.commit(frame_id, case_id, 1, "award:2", by=None, at=AT)
        with pytest.raises(Refused, match="høyst"):
            confirm(change_id)
        assert frame(frame_id).frame_ore == 1000 * KR
        by = acting("decider")
        with writing():
            refused = actions.refuse_change(change_id, 1, "Det er gitt nye tilsagn.", by=by, at=AT)
        assert refused.status is ChangeStatus.REFUSED


def test_nobody_confirms_their_own_whatever_roles_they_have(app: Flask, frame_id: int) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE, "lead")
        own = replace(acting("decider"), id=acting("lead").id)
        for verb, more in ((actions.confirm_change, ()), (actions.refuse_change, ("Nei.",))):
            with pytest.raises(Refused, match="foreslått endringen selv"), writing():
                verb(change_id, 1, *more, by=own, at=AT)
        with pytest.raises(IntegrityError), writing():
            db.session.execute(
                sa.update(FrameChange).values(status="refused", answer="Nei", settled_by=own.id, settled_at=AT)
            )


@pytest.mark.parametrize("who", ["officer1", "archivist", "auditor", "admin", "bergen", "decider"])
def test_who_may_not_propose_is_told_so(app: Flask, frame_id: int, who: str) -> None:
    with app.app_context(), pytest.raises(Refused, match="ikke tilgang"):
        propose(frame_id, RAISE, who)


@pytest.mark.parametrize("who", ["officer1", "finance1", "lead", "auditor"])
def test_only_budget_authority_confirms(app: Flask, frame_id: int, who: str) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE, "finance2")
        with pytest.raises(Refused, match="ikke tilgang"):
            confirm(change_id, who)
        without = replace(acting("decider"), delegations=())
        with pytest.raises(Refused, match="ingen budsjettfullmakt"), writing():
            actions.confirm_change(change_id, 1, by=without, at=AT)


def test_a_page_that_is_too_old_changes_nothing(app: Flask, frame_id: int) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE)
        confirm(change_id)
        with pytest.raises(Stale):
            confirm(change_id)
        assert frame(frame_id).frame_ore == 1500 * KR


def test_what_is_settled_stands(app: Flask, frame_id: int) -> None:
    with app.app_context():
        confirm(propose(frame_id, RAISE))
        for act in (sa.update(FrameChange).values(amount_ore=1), sa.delete(FrameChange)):
            with pytest.raises(IntegrityError, match="settled"), writing():
                db.session.execute(act)


def test_the_second_person_has_a_task_and_the_first_has_not(app: Flask, frame_id: int) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE)
        tasks = waiting.waiting(acting("decider"), AT)
        assert [(each.endpoint, each.values) for each in tasks] == [("budget.change", {"change_id": str(change_id)})]
        assert waiting.waiting(acting("lead"), AT) == []
        assert waiting.waiting(replace(acting("decider"), id=acting("lead").id), AT) == []


def at_once(app: Flask, verbs: list[Callable[[], object]]) -> list[str]:
    """What each of these gave, run at the same moment."""
    start, found = Barrier(len(verbs)), list[str]()

    def run(verb: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                verb()
                found.append("done")
            except (Refused, Stale) as refused:
                found.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(verb,)) for verb in verbs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(found)


def test_of_two_proposals_at_once_one_waits_for_the_other(app: Flask, frame_id: int) -> None:
    both = [lambda: propose(frame_id, RAISE, "lead"), lambda: propose(frame_id, CUT, "finance1")]
    assert at_once(app, both) == ["Refused", "done"]
    with app.app_context():
        assert len(queries.changes_of(2025)) == 1


def test_two_who_confirm_at_once_change_the_frame_once(app: Flask, frame_id: int) -> None:
    with app.app_context():
        change_id = propose(frame_id, RAISE)
        db.session.remove()
    assert at_once(app, [lambda: confirm(change_id)] * 2) == ["Stale", "done"]
    with app.app_context():
        assert frame(frame_id).frame_ore == 1500 * KR


@given(
    frame_ore=st.integers(0, 10**9),
    promised=st.integers(0, 10**9),
    kind=st.sampled_from(ChangeKind),
    ore=st.integers(1, 10**9),
    unused=st.none() | st.integers(-(10**6), 10**9),
)
def test_what_the_judgement_lets_through_keeps_the_frame_above_its_promises(
    frame_ore: int, promised: int, kind: ChangeKind, ore: int, unused: int | None
) -> None:
    promised = min(promised, frame_ore)
    purse = Purse(2025, FrameState.AT_DISPOSAL, frame_ore, promised, 0, "", None)
    facts = replace(CARRIED if kind is ChangeKind.CARRY_OVER else RAISE, kind=kind, amount_ore=ore)
    reasons = why_not_change(facts, purse, unused)
    holds = frame_ore + facts.signed_ore >= promised
    enough = kind is not ChangeKind.CARRY_OVER or unused is None or ore <= unused
    assert (reasons == []) == (holds and enough)


def test_what_a_later_year_has_taken_over_is_not_promised_in_its_own(app: Flask, frame_id: int) -> None:
    with app.app_context():
        earlier = factories.frame(600 * KR, year=2024)
        confirm(propose(frame_id, CARRIED))
        assert frame(earlier).left_ore == 100 * KR
        case_id = factories.recommended(number="T25-0002")
        with pytest.raises(Refused), writing():
            actions.commit(earlier, case_id, 100 * KR + 1, "award:2", by=None, at=AT)
        with pytest.raises(Refused, match="høyst"):
            propose(earlier, replace(CUT, amount_ore=200 * KR))
        with writing():
            actions.commit(earlier, case_id, 100 * KR, "award:2", by=None, at=AT)
        assert frame(earlier).left_ore == 0


def test_money_is_not_promised_while_it_is_carried_over(app: Flask, frame_id: int) -> None:
    with app.app_context():
        earlier = factories.frame(600 * KR, year=2024)
        change_id = propose(frame_id, CARRIED)
        case_id = factories.recommended(number="T25-0002")
        db.session.remove()

    def promise() -> None:
        with writing():
            actions.commit(earlier, case_id, 300 * KR, "award:2", by=None, at=AT)

    assert at_once(app, [lambda: confirm(change_id), promise]) == ["Refused", "done"]
    with app.app_context():
        assert frame(earlier).left_ore in (100 * KR, 300 * KR)


def test_two_years_do_not_take_over_the_same_money_at_once(app: Flask, frame_id: int) -> None:
    with app.app_context():
        source = factories.frame(600 * KR, year=2024)
        other = factories.frame(1 * KR, year=2026)
        both = [propose(frame_id, CARRIED), propose(other, CARRIED)]
        db.session.remove()
    runs = [lambda key=key: confirm(key) for key in both]
    assert at_once(app, runs) == ["Refused", "done"]
    with app.app_context():
        assert frame(source).left_ore == 100 * KR
