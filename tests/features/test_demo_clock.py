"""A demo that begins on another day than the usual one: it starts, one call is open, and nobody real is left late."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.awards.models import Decision
from app.budget.queries import frame_of
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import clock, db, writing
from app.demo import rules, season
from app.demo.stories import half_written, over_the_frame
from app.dispatch.models import Outgoing
from app.parties.models import Party
from app.payouts.models import Payable
from app.payouts.workflow import Status as PaymentStatus
from app.reports.models import Report
from app.reports.workflow import Status as ReportStatus
from app.rules import queries
from app.values.clock import local_date
from tests import factories

UNDECIDED = (Status.SUBMITTED, Status.REGISTERED, Status.AWAITING_APPLICANT, Status.ASSESSING, Status.RECOMMENDED)


@pytest.mark.parametrize(
    "day",
    ["2023-06-15", "2024-01-02", "2024-11-25", "2025-01-03", "2025-08-20", "2025-11-19", "2025-12-31", "2026-03-01"],
)
def test_one_call_is_open_with_a_frame_and_is_decided_in_the_year_of_its_money(app: Flask, day: str) -> None:
    at = datetime.fromisoformat(f"{day}T08:00:00+00:00")
    with app.app_context():
        factories.people()
        with writing():
            pot = rules.load_pots(factories.AT)["pmd"]
        with writing():
            call = season.open_call(
                pot, writer=factories.acting("officer1"), approver=factories.acting("decider"), at=at
            )
        opened = queries.open_calls(at)
        frame, decided_on = frame_of(pot.id, call.year), call.answer_by_on
        draft = half_written("964338531", decided_on)
        db.session.remove()
    assert [each.public_id for each in opened] == [call.public_id]
    assert frame is not None and frame.frame_ore > 0
    assert decided_on.year == call.year
    assert decided_on < draft.starts_on < draft.ends_on


def test_a_year_later_all_is_decided_paid_and_reported(app: Flask) -> None:
    at = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
    with app.app_context():
        with writing():
            clock.start_at(at)
        season.load(at)
        cases = db.session.execute(
            sa.select(Case.status, Party.orgnr, Party.invented, Case.id)
            .join(Party, Party.id == Case.party_id)
            .where(Case.year == 2025, Case.number.is_not(None), Case.call_id.is_not(None))
        ).all()
        frames = [frame_of(pot, 2025) for pot in db.session.scalars(sa.select(Case.pot_id).where(Case.year == 2025))]
        decided = sa.select(sa.func.max(Decision.decided_at)).join(Case, Case.id == Decision.case_id)
        last = db.session.scalar(decided.where(Case.year == 2025))
        reports = set(db.session.scalars(sa.select(Report.status)))
        payments = set(db.session.scalars(sa.select(Payable.status)))
        letters = sa.select(Outgoing.case_id, Outgoing.blocks).where(Outgoing.kind == "decision")
        said = {case_id: str(blocks) for case_id, blocks in db.session.execute(letters)}
        db.session.remove()
    assert not [each for each in cases if each.status in UNDECIDED]
    assert last is not None and local_date(last) == date(2025, 2, 14)
    assert all(each.invented for each in cases if each.status is Status.REFUSED)
    over = over_the_frame(30_000_000_00)
    letters_over = [said[each.id] for each in cases if each.orgnr in over]
    assert len(over) > 10
    assert all("nok igjen" in letter or "nok att" in letter for letter in letters_over)
    assert all(frame is not None and frame.committed_ore <= frame.frame_ore for frame in frames)
    assert reports == {ReportStatus.APPROVED}
    assert payments == {PaymentStatus.PAID, PaymentStatus.CANCELLED}
