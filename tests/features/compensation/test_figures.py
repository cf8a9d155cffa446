"""The figures of the scheme, counted in the database, against claims whose sums are known; on both databases."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.budget.domain import EntryKind
from app.budget.models import Frame, LedgerEntry
from app.compensation import actions
from app.compensation.deliveries import EVALUATION, PLAN, RECOMMENDATION, pot
from app.compensation.domain import Period
from app.compensation.domain.figures import CodeFigures, quarters, together, whole_year
from app.compensation.models import Claim
from app.compensation.queries.counting import area_names, figures_of, with_whole
from app.db import db, writing
from app.summaries.domain import HIDDEN, Counted
from tests import factories
from tests.compensation_rows import CLAIMED, QUARTER, agreement, claim, confirmed
from tests.features.desk.conftest import statements_of

PAID = CLAIMED + timedelta(days=9, hours=23)
LATER = Period(date(2025, 4, 1), date(2025, 4, 30))


def approved(made: Claim) -> Claim:
    by = factories.acting("officer2")
    with writing():
        actions.declare_impartial(made.id, by=by, at=CLAIMED)
        actions.approve(made.id, made.version, by=by, at=CLAIMED + timedelta(days=2))
    return made


def paid(made: Claim) -> None:
    frame_id = db.session.scalars(sa.select(Frame.id).where(Frame.year == 2025)).first()
    with writing():
        db.session.add(
            LedgerEntry(
                frame_id=frame_id, case_id=made.case_id, kind=EntryKind.PAYMENT, amount_ore=made.approved_ore,
                ref=f"claim:{made.id}", at=PAID,
            )
        )  # fmt: skip
        db.session.execute(sa.update(Claim).where(Claim.id == made.id).values(status="paid"))


@pytest.fixture
def counted(gp_house: Flask) -> Iterator[Flask]:
    """Two GPs of one area: one is paid for the first quarter and has claimed April, the other is silent."""
    with gp_house.app_context():
        first = agreement()
        agreement(hpr_no="7654321", gp_name="Lege To", from_on=date(2025, 4, 1))
        paid(approved(confirmed(claim(first))))
        claim(first, {"patient": 20}, period=LATER, at=datetime.fromisoformat("2025-05-02T09:00:00+00:00"))
        yield gp_house
        db.session.remove()


def test_each_area_and_quarter_has_what_is_claimed_approved_and_paid_in_it(counted: Flask) -> None:
    found = figures_of("gp", [period for _, period in quarters(2025)])
    area = next(area for area, name in area_names().items() if found[0][area].agreed)
    first, second, third, _ = (each[area] for each in found)
    assert (first.agreed, first.started, first.claimed, first.silent) == (1, 1, 1, 0)
    assert (first.claimed_ore, first.approved_ore, first.paid_ore) == (25_000_00, 25_000_00, 25_000_00)
    assert first.codes == {"patient": CodeFigures(150, 150, 15_000_00), "start": CodeFigures(1, 1, 10_000_00)}
    assert first.median_days == 9, "whole days of 24 hours"
    assert first.per_patient_ore(frozenset({"patient"})) == 25_000_00 // 150
    assert (second.agreed, second.started, second.claimed, second.silent) == (2, 1, 1, 1)
    assert (second.claimed_ore, second.approved_ore, second.median_days) == (2_000_00, 0, None)
    assert second.codes == {"patient": CodeFigures(20, 0, 0)}
    assert (third.agreed, third.started, third.claimed, third.silent) == (2, 1, 0, 2)
    whole = together(figures_of("gp", [whole_year(2025)])[0])
    assert (whole.agreed, whole.claimed, whole.claims, whole.claimed_ore) == (2, 1, 2, 27_000_00)


def test_what_is_paid_once_is_no_patient(counted: Flask) -> None:
    assert pot.prices().per_patient == {"patient"}


def test_a_refused_claim_counts_nowhere_and_one_that_waits_for_money_by_its_sum(counted: Flask) -> None:
    made = db.session.scalars(sa.select(Claim).where(Claim.from_on == LATER.from_on)).one()
    confirmed(made)
    by = factories.acting("officer2")
    with writing():
        actions.refuse(made.id, made.version, "Feil.", by=by, at=CLAIMED)
    whole = together(figures_of("gp", [whole_year(2025)])[0])
    assert (whole.claims, whole.claimed_ore, whole.waiting_ore) == (1, 25_000_00, 0)
    assert QUARTER.to_on.year == 2025


def test_another_pots_and_years_claims_are_not_among_them(counted: Flask) -> None:
    assert together(figures_of("samhandling", [whole_year(2025)])[0]).claims == 0
    assert together(figures_of("gp", [whole_year(2024)])[0]).agreed == 0


def test_the_statements_are_few_and_the_same_however_many_areas_there_are(counted: Flask) -> None:
    with statements_of(counted) as said:
        figures_of("gp", [period for _, period in quarters(2025)])
    assert len(said) == 7, "one of them for what Helfo tells"


def test_the_quarters_as_one_are_the_year(counted: Flask) -> None:
    periods = [period for _, period in quarters(2025)]
    assert with_whole("gp", periods)[:-1] == figures_of("gp", periods)
    assert with_whole("gp", periods)[-1] == figures_of("gp", [whole_year(2025)])[0]


def value(counted: Counted, code: str) -> Any:
    found = counted.figure(code)
    assert found is not None, code
    return found.value


def test_the_recommendation_tells_both_years_in_all_and_for_each_area(counted: Flask) -> None:
    made = RECOMMENDATION.count(2025, datetime.fromisoformat("2025-05-10T09:00:00+00:00"))
    assert (value(made, "year.agreed"), value(made, "year.silent"), value(made, "before.agreed")) == (2, 1, 0)
    assert value(made, "year.paid_sum") == value(made, "money.committed") == 25_000_00
    assert value(made, "year.units.patient") == 150
    assert [table.code for table in made.tables] == ["areas", "areas_before"]
    assert len(made.tables[0].rows) == len(area_names())


def test_the_data_set_hides_what_two_gps_can_be_known_by(counted: Flask) -> None:
    made = EVALUATION.count(2025, CLAIMED)
    table = made.tables[0]
    heads = [column.code for column in table.columns]
    assert all(column.told.nb and column.told.nn for column in table.columns), "every column is documented"
    shown = {(row.key, head): cell for row in table.rows for head, cell in zip(heads[2:], row.cells[2:], strict=True)}
    assert {cell for cell in shown.values() if cell != HIDDEN} <= {0, None}, "with two GPs nothing can be shown"
    assert value(made, "smallest") == 5


def test_a_quarter_that_has_not_begun_is_not_told_as_silent(counted: Flask) -> None:
    periods = {
        at: {row.cells[1].nb: row.key.rpartition(":")[2] for row in EVALUATION.count(2025, at).tables[0].rows}
        for at in (CLAIMED, datetime.fromisoformat("2026-01-02T09:00:00+00:00"))
    }
    early, late = periods.values()
    assert early == {"1. kvartal": "0", "2. kvartal": "1", "Året hittil": "4"}
    assert late == {"1. kvartal": "0", "2. kvartal": "1", "3. kvartal": "2", "4. kvartal": "3", "Hele året": "4"}


def test_a_plan_without_a_draft_tells_of_no_change(counted: Flask) -> None:
    made = PLAN.count(2025, CLAIMED)
    assert (made.lacks, made.tables, made.figures) == (("no_plan",), (), ())
