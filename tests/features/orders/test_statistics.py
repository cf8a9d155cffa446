"""Helfo's monthly statistics from a file: tried and undone, laid in once, counted, and never a claim."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.budget.models import LedgerEntry
from app.compensation import queries
from app.compensation.domain import ClaimFacts, Period
from app.compensation.domain.figures import quarters, whole_year
from app.compensation.models import Claim, GpAgreement, HelfoFigure
from app.compensation.queries.counting import figures_of, with_whole
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused
from app.orders import actions, running
from app.orders.workflow import Status
from app.rules.domain import PaidThrough
from app.rules.queries import rules_of
from tests import compensation_rows, factories, order_rows
from tests.client import Client
from tests.factories import acting
from tests.order_rows import outcomes, place, rows, step, text_of, told, worked

HEAD = "Måned;HPR-nummer;Organisasjonsnummer;Kode;Antall;Beløp;Rettelse nr."
JANUARY = "2025-01;1234567;312999021;patient;10;1 000,00;"
FEBRUARY = "2025-02;1234567;312999021;patient;20;2 000,00;"


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that works on orders reads the program's clock."""
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)


@pytest.fixture
def by_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    """The season's rules, but that Helfo pays and sends statistics."""

    def told_by_helfo(version_id: int):  # type: ignore[no-untyped-def]
        return replace(rules_of(version_id), paid_through=PaidThrough.HELFO_STATISTICS)

    for module in ("agreements", "statistics"):
        # By name: the room's queries have a function «agreements».
        monkeypatch.setattr(import_module(f"app.compensation.queries.{module}"), "rules_of", told_by_helfo)


def laid(*lines: str):  # type: ignore[no-untyped-def]
    return worked(place(text_of(lines, HEAD), who="officer1", kind="helfo-statistics"))


def carried_out(*lines: str):  # type: ignore[no-untyped-def]
    return step(actions.carry_out, laid(*lines), who="officer1")


def figures() -> list[tuple[date, int, int, int]]:
    query = sa.select(HelfoFigure.from_on, HelfoFigure.correction, HelfoFigure.units, HelfoFigure.amount_ore)
    return [tuple(row) for row in db.session.execute(query.order_by(HelfoFigure.from_on, HelfoFigure.correction))]


def test_it_is_tried_and_undone_and_then_each_figure_is_there_once(gp_house: Flask, by_statistics: None) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = laid(JANUARY, FEBRUARY)
        assert (order.status, outcomes(order), figures()) == (Status.CHECKED, ["ready", "ready"], [])
        assert outcomes(step(actions.carry_out, order, who="officer1")) == ["made", "made"]
        assert outcomes(laid(JANUARY, FEBRUARY.replace("2025-02", "2025-03"))) == ["exists", "ready"]
        assert outcomes(carried_out(JANUARY, FEBRUARY.replace("2025-02", "2025-03"))) == ["exists", "made"]
        assert [each[2] for each in figures()] == [10, 20, 20]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 0
        assert db.session.scalars(sa.select(LedgerEntry.id)).all() == []
        with pytest.raises(DBAPIError, match="append-only"), writing() as session:
            session.execute(sa.update(HelfoFigure).values(units=1))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2025-01;7654321;312999021;patient;1;100,00;", "Ingen fastlege"),
        ("2025-01;1234567;964338531;patient;1;100,00;", "dette organisasjonsnummeret"),
        ("2024-12;1234567;312999021;patient;1;100,00;", "ingen avtale i denne måneden"),
        ("2025-07;1234567;312999021;patient;1;100,00;", "ikke over ennå"),
        ("2025-01;1234567;312999021;mile;1;100,00;", "ingen sats med koden mile"),
        ("2025-01;1234567;312999021;patient;1;100,00;1", "ikke noe å rette"),
        ("2025-01;1234567;312999021;patient;-1;100,00;", "Bare en rettelse"),
    ],
)
def test_a_row_that_will_not_do_says_why(gp_house: Flask, by_statistics: None, line: str, why: str) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = laid(line)
        assert outcomes(order) == ["wrong"]
        assert why in told(rows(order)[2])


def test_where_we_pay_no_statistics_are_laid_in(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = laid(JANUARY)
        assert outcomes(order) == ["wrong"] and "ingen statistikk fra Helfo" in told(rows(order)[2])


def test_other_figures_are_laid_in_as_a_correction_and_a_row_is_mended(gp_house: Flask, by_statistics: None) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        carried_out(JANUARY)
        order = laid(JANUARY.replace("1 000,00", "900,00"), FEBRUARY)
        assert outcomes(order) == ["wrong", "ready"] and "som en rettelse" in told(rows(order)[2])
        says = {**rows(order)[2].says, "antall": "-1", "belop": "-100", "rettelse": "1"}
        db.session.rollback()
        with writing():
            actions.mend(order.id, 2, says, by=acting("officer1"), at=order_rows.PLACED)
        order = step(actions.try_again, order, who="officer1")
        assert outcomes(order) == ["ready", "ready"]
        step(actions.carry_out, order, who="officer1")
        assert figures() == [
            (date(2025, 1, 1), 0, 10, 1_000_00),
            (date(2025, 1, 1), 1, -1, -100_00),
            (date(2025, 2, 1), 0, 20, 2_000_00),
        ]
        too_much = laid("2025-01;1234567;312999021;patient;-1;-950;2")
        assert "mer enn det som er der" in told(rows(too_much)[2])


def test_it_is_counted_with_what_is_claimed_and_no_claim_is_sent(gp_house: Flask, by_statistics: None) -> None:
    with gp_house.test_request_context():
        key = factories.agreement().id
        carried_out(JANUARY, FEBRUARY, "2025-05;1234567;312999021;patient;5;500,00;")
        made = db.session.get_one(GpAgreement, key)
        (area,) = [each for each in queries.figures(date(2025, 7, 10), order_rows.PLACED) if each.agreed]
        assert (area.started, area.lately, area.silent) == (1, 1, 0)
        assert (area.approved_ore, area.paid_ore, area.helfo_ore, area.counts) == (3_500_00, 3_500_00, 3_500_00, {})
        assert area.months[date(2025, 2, 1)] == 2_000_00
        assert queries.money_in(area.area, 2025).paid_ore == 3_500_00
        first, second, *_ = figures_of("gp", [period for _, period in quarters(2025)])
        one = first[made.area_id]
        assert (one.started, one.claimed, one.claims, one.paid_ore, one.codes["patient"].approved) == (
            1,
            1,
            0,
            3_000_00,
            30,
        )
        assert second[made.area_id].paid_ore == 500_00
        *_, whole = with_whole("gp", [whole_year(2025)])
        assert (whole[made.area_id].claimed, whole[made.area_id].silent) == (1, 0)
        standing = queries.standings_on([made.case_id])[made.case_id]
        assert standing.why_not_now(date(2025, 7, 10))
        wrong = standing.why_not(
            ClaimFacts(Period(date(2025, 3, 1), date(2025, 3, 31)), {"patient": 1}), date(2025, 7, 10)
        )
        assert [each.place for each in wrong] == ["from_on"]
        with pytest.raises(Refused, match="av Helfo"):
            compensation_rows.claim(made)


def test_the_officer_lays_it_in_and_reads_what_is_left(
    gp_house: Flask, by_statistics: None, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        factories.agreement()
        with writing():
            start_at(order_rows.PLACED)
        with gp_house.test_request_context():
            carried_out(JANUARY, FEBRUARY)
        db.session.remove()
    office = client_for("officer1")
    page = office.see("/fastleger/helfo")
    assert "januar 2025" in page.text and "3 000" in page.text.replace("\xa0", " ")
    new = office.see(page.links()["Importer statistikk fra Helfo"])
    assert new.h1 == "Importer: Statistikk fra Helfo" and "ikke publisert noe format" in new.text
    assert "patient – Per pasient med legemiddelliste" in new.text, "the codes a row may say"
    scheme = office.see("/fastleger").text.replace("\xa0", " ")
    assert "3 000 kr av dette har Helfo betalt" in scheme and "997 000" in scheme
    assert client_for("area-nordland").get("/bestillinger/ny/helfo-statistics").status_code == 403
