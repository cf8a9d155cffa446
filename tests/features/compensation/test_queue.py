"""Claims that wait for money are released in full, in the order they came; none goes past another. Both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from app.budget import actions as budget
from app.budget import jobs as budget_jobs
from app.budget.domain import ChangeFacts, ChangeKind
from app.budget.models import Frame
from app.compensation import actions, queries, waiting
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.payables.models import PaymentBasis
from tests import compensation_rows
from tests.compensation_rows import CLAIMED, confirmed
from tests.factories import acting

REVIEW = datetime.fromisoformat("2025-04-14T09:00:00+00:00")
# What each claims: a start of 10 000 kroner and 100 for each patient.
CLAIMS = (20_000_00, 25_000_00, 11_000_00)
RAISE = ChangeFacts(ChangeKind.RAISE, 45_000_00, "Tillegg, 25/1-2", date(2025, 4, 1), "Flere enn ventet.")


def pot() -> int:
    found = queries.compensation_pot("gp")
    assert found is not None
    return found.id


def lay(amounts: tuple[int, ...], left_ore: int = 0) -> list[int]:
    """A claim of each of these, all made to wait by an officer; the last to arrive is reviewed first."""
    compensation_rows.ground(left_ore)
    made = []
    for nr, ore in enumerate(amounts):
        agreed = compensation_rows.agreement(hpr_no=f"12345{nr}0", gp_name=f"Lege {nr}")
        units = {"start": 1, "patient": (ore - 10_000_00) // 100_00}
        made.append(confirmed(compensation_rows.claim(agreed, units, at=CLAIMED + timedelta(hours=nr))).id)
    for claim_id in reversed(made):
        approve(claim_id)
    db.session.remove()
    return made


def approve(claim_id: int, who: str = "officer1") -> Claim:
    by = acting(who)
    version = db.session.scalars(sa.select(Claim.version).where(Claim.id == claim_id)).one()
    db.session.rollback()
    with writing():
        return actions.approve(claim_id, version, by=by, at=REVIEW)


def raise_frame(ore: int) -> None:
    lead, decider = acting("lead"), acting("decider")
    frame_id = db.session.scalars(sa.select(Frame.id)).one()
    db.session.rollback()
    with writing():
        change = budget.propose(frame_id, replace(RAISE, amount_ore=ore), by=lead, at=REVIEW)
        budget.confirm_change(change.id, 1, by=decider, at=REVIEW)


def control() -> str:
    frame = db.session.scalars(sa.select(Frame)).one()
    found = actions.control_of_rows(actions.ready(pot(), frame))
    db.session.rollback()
    return found


def release(shown: str | None = None, who: str = "officer1") -> actions.Released:
    by, pot_id, shown = acting(who), pot(), shown or control()
    db.session.rollback()
    with writing():
        return actions.release(pot_id, shown, by=by, at=REVIEW)


def states(made: list[int]) -> list[Status]:
    db.session.rollback()
    found = dict(db.session.execute(sa.select(Claim.id, Claim.status)).all())
    return [found[claim_id] for claim_id in made]


WAITS, APPROVED = Status.AWAITING_FUNDS, Status.APPROVED


def test_money_reaches_those_who_came_first_and_in_full(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        assert states(made) == [WAITS] * 3
        raise_frame(45_000_00)
        assert release() == actions.Released(2, 45_000_00, [])
        assert states(made) == [APPROVED, APPROVED, WAITS]
        assert [claim.approved_ore for claim in db.session.scalars(sa.select(Claim).order_by(Claim.id))] == [
            *CLAIMS[:2],
            None,
        ]
        assert set(db.session.scalars(sa.select(GpAgreement.claimed_ore))) == {*CLAIMS[:2], 0}
        assert sorted(db.session.scalars(sa.select(PaymentBasis.amount_ore))) == sorted(CLAIMS[:2])
        answers = db.session.scalars(sa.select(Outgoing.key).where(Outgoing.kind == "claim_answer"))
        assert sorted(answers) == [f"claim:{key}:approved" for key in made[:2]]
        assert budget_jobs.verify(REVIEW) == 1


def test_a_small_claim_does_not_go_past_a_large_one(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        raise_frame(12_000_00)
        with pytest.raises(Refused, match="holder ikke"):
            release()
        with pytest.raises(Refused, match="den rekkefølgen"):
            approve(made[2])
        assert states(made) == [WAITS] * 3


def test_a_later_claim_waits_though_there_is_money_for_it(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS[:1])
        raise_frame(15_000_00)
        late = confirmed(
            compensation_rows.claim(
                compensation_rows.agreement(hpr_no="777"), {"start": 1, "patient": 2}, at=CLAIMED + timedelta(days=1)
            )
        ).id
        by = acting("officer1")
        with pytest.raises(Refused, match="den rekkefølgen"), writing():
            actions.approve_part(late, 2, {"patient": 1}, "Kuttet.", by=by, at=REVIEW)
        assert approve(late).status is WAITS
        assert states([*made, late]) == [WAITS, WAITS]


def test_an_earlier_claim_that_was_confirmed_late_is_not_held_up(app: Flask) -> None:
    with app.app_context():
        compensation_rows.ground(12_000_00)
        agreed = [compensation_rows.agreement(hpr_no=nr) for nr in ("111", "222")]
        first = compensation_rows.claim(agreed[0], {"start": 1})
        second = confirmed(compensation_rows.claim(agreed[1], {"start": 1, "patient": 150}, at=CLAIMED + timedelta(1)))
        assert approve(second.id).status is WAITS
        assert approve(confirmed(first).id).status is APPROVED


def test_a_page_that_is_too_old_approves_nothing(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        raise_frame(20_000_00)
        seen = control()
        raise_frame(25_000_00)
        with pytest.raises(Stale):
            release(seen)
        assert states(made) == [WAITS] * 3
        now = control()
        release(now)
        with pytest.raises(Stale):
            release(now)
        assert states(made) == [APPROVED, APPROVED, WAITS]


def test_where_one_is_closed_to_the_officer_it_ends(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        raise_frame(60_000_00)
        for nr, who in ((0, "officer2"), (2, "officer2")):
            by = acting(who)
            with writing():
                actions.declare_impartial(made[nr], by=by, at=REVIEW)
        released = release(who="officer2")
        assert (released.count, len(released.stopped)) == (1, 1)
        assert states(made) == [APPROVED, WAITS, WAITS]
        with pytest.raises(Refused, match="habil"):
            release(who="officer2")
        by, pot_id, shown = acting("officer2"), pot(), control()
        db.session.rollback()
        with writing():
            assert actions.declare_all(pot_id, shown, by=by, at=REVIEW) == 1
        assert release(who="officer2").count == 2


@pytest.mark.parametrize("who", ["decider", "finance1", "area-nordland", "gp1"])
def test_who_may_not_review_releases_nothing(app: Flask, who: str) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        raise_frame(60_000_00)
        with pytest.raises(Refused):
            release(who=who)
        assert states(made) == [WAITS] * 3


def test_the_task_comes_with_the_money(app: Flask) -> None:
    with app.app_context():
        lay(CLAIMS)
        assert waiting.waiting(acting("officer1"), REVIEW) == []
        raise_frame(45_000_00)
        (task,) = waiting.waiting(acting("officer1"), REVIEW)
        assert (task.endpoint, task.count) == ("compensation.queue", 2)
        assert waiting.waiting(acting("decider"), REVIEW) == []


def test_two_officers_at_once_release_once(app: Flask) -> None:
    with app.app_context():
        made = lay(CLAIMS)
        raise_frame(60_000_00)
        shown = control()
        db.session.remove()
    assert at_once(app, [lambda: release(shown)] * 2) == ["Stale", "done"]
    with app.app_context():
        assert states(made) == [APPROVED] * 3
        assert db.session.scalars(sa.select(Frame.committed_ore)).one() == sum(CLAIMS)


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
