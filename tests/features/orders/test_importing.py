"""Claims of GPs from an area's file: tried and undone, then made, each row once; on both databases."""

import io
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from app.compensation.models import Claim, ClaimLine
from app.compensation.queries import prices_in_use
from app.db import db, writing
from app.documents.domain.uploads import NotTaken
from app.documents.models import StoredFile
from app.flow import Refused
from app.orders import actions, running
from app.orders.models import OrderRow
from app.orders.workflow import Status
from tests import factories, order_rows
from tests.factories import acting
from tests.order_rows import outcomes, place, rows, step, text_of, told, worked

Q1, Q2 = "01.01.2025;31.03.2025", "01.04.2025;30.06.2025"


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that works on orders reads the program's clock."""
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)


def claims() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Claim)) or 0


def reasons(order, row_no: int) -> str:  # type: ignore[no-untyped-def]
    with db.session.no_autoflush:
        return told(rows(order)[row_no])


def test_a_file_is_tried_and_undone_and_then_each_row_is_made_once(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = worked(place(text_of([f"1234567;{Q1};1;150", f"1234567;{Q2};;80"])))
        assert (order.status, outcomes(order), claims()) == (Status.CHECKED, ["ready", "ready"], 0)
        assert "50" in reasons(order, 3), "the second row is cut by what the first one takes"
        order = step(actions.carry_out, order)
        assert (order.status, outcomes(order), claims()) == (Status.DONE, ["made", "made"], 2)
        paid = db.session.execute(
            sa.select(ClaimLine.units, ClaimLine.paid_units).order_by(ClaimLine.claim_id, ClaimLine.code)
        ).all()
        assert paid == [(150, 150), (1, 1), (80, 50)]
        assert {row.thing for row in rows(order).values()} == {
            f"claim:{c.id}" for c in db.session.scalars(sa.select(Claim))
        }


def test_the_same_or_an_overlapping_file_adds_nothing(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        text = text_of([f"1234567;{Q1};1;150"])
        step(actions.carry_out, worked(place(text)))
        again = worked(place(text))
        assert outcomes(again) == ["exists"]
        assert "finnes allerede" in reasons(again, 2)
        with pytest.raises(Refused, match="Ingen rader kan gjennomføres"):
            step(actions.carry_out, again)
        other = worked(place(text_of([f"1234567;{Q1};1;149", "1234567;01.03.2025;30.04.2025;;1"])))
        assert outcomes(other) == ["wrong", "wrong"]
        assert "allerede krevd" in reasons(other, 2)
        assert claims() == 1


def test_two_rows_of_the_same_file_that_ask_for_the_same_days(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = worked(place(text_of([f"1234567;{Q1};;10", f"123 4567;{Q1};;10", "1234567;31.03.2025;01.04.2025;;1"])))
        assert outcomes(order) == ["ready", "wrong", "wrong"]
        order = step(actions.carry_out, order)
        assert (outcomes(order), claims()) == (["made", "wrong", "wrong"], 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"7654321;{Q1};1;", "Ingen fastlege med HPR-nummer 7654321"),
        (f"12A4567;{Q1};1;", "HPR-nummer: "),
        (f"1234567;{Q1};tolv;", "helt tall"),
        (f"1234567;{Q1};1e9;", "helt tall"),
        (f"1234567;{Q1};999999999999;", "Skriv et tall fra 0 til"),
        (f"1234567;{Q1};-1;", "Skriv et tall fra 0 til"),
        (f"1234567;{Q1};;1,5", "helt tall"),
        (f"1234567;{Q1};;", "minst én sats"),
        ("1234567;45658;31.03.2025;1;", "kanskje 01.01.2025"),
        ("1234567;31.02.2025;31.03.2025;1;", "finnes ikke"),
        ("1234567;;31.03.2025;1;", "Periode fra: Cellen er tom"),
        ("1234567;31.03.2025;01.01.2025;1;", "slutter før den begynner"),
        ("1234567;01.12.2024;31.12.2024;1;", "innenfor avtalen"),
        ("1234567;01.07.2025;31.07.2025;1;", "ikke over ennå"),
    ],
)
def test_what_will_not_do_is_told_by_row_and_stops_no_other(gp_house: Flask, row: str, why: str) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = worked(place(text_of([row, f"1234567;{Q2};;2"])))
        assert outcomes(order) == ["wrong", "ready"]
        assert why in reasons(order, 2)


def test_what_people_write_in_spreadsheets_is_read(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        names = [f'"{price.words.nn} "' for price in prices_in_use()]
        head = ",".join(["HPR-nummer", " periode  frå", "PERIODE\u00a0TIL", *names])
        text = "\r\n".join([head, "\u200b1\u00a0234\u00a0567,1/1-25,2025-03-31,1,\u200e20", ""]).encode()
        assert outcomes(worked(place(text))) == ["ready"]
        latin = text_of([f"1234567;{Q2};;3"], "hpr;Periode frå;Periode til;start;patient").decode("utf-8-sig")
        assert outcomes(worked(place(latin.encode("cp1252")))) == ["ready"]


def workbook(*lines: list[object], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_dates_numbers_and_a_formula(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        head = ["HPR-nummer", "Periode fra", "Periode til", "start", "patient"]
        whole = [1234567, date(2025, 1, 1), date(2025, 3, 31), 1, 150.0]
        half = [1234567, date(2025, 4, 1), date(2025, 6, 30), None, 1.5]
        formula = [1234567, date(2025, 4, 1), date(2025, 6, 30), None, "=1+1"]
        serial = [1234567, 45748, date(2025, 6, 30), None, 1]
        order = worked(place(workbook(head, whole, [], half, formula, serial), "krav.xlsx"))
        assert {no: row.outcome.value for no, row in rows(order).items()} == {
            2: "ready",
            4: "wrong",
            5: "wrong",
            6: "wrong",
        }
        assert "helt tall" in reasons(order, 4)
        assert "formel" in reasons(order, 5)
        assert "kanskje 01.04.2025" in reasons(order, 6)


def test_headings_that_will_not_do_refuse_the_file(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        head = ["HPR-nummer", "Periode", None, "start", "start", "Merknad"]
        order = worked(place(workbook(head, [1, 2, 3, 4, 5, 6], merged="B1:C1"), "krav.xlsx"))
        assert order.status is Status.FAILED
        from app.orders.domain import told as reason_of
        from app.templating import reason

        words = " ".join(reason(reason_of(each)) for each in order.faults or ())
        for part in ("«Periode»", "slått sammen", "«start» står to ganger", "«Merknad»", "«Periode fra» mangler"):
            assert part in words
        assert rows(order) == {}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("HPR-nummer;Periode fra;Periode til;start;patient", f"13097248022;{Q1};1;"),
        ("HPR-nummer;Periode fra;Periode til;start;patient", f"1234567;{Q1};130972 48022;"),
        ("HPR-nummer;Periode fra;Periode til;start;Pasientens navn", f"1234567;{Q1};1;Kari"),
        ("HPR-nummer;Periode fra;Periode til;start;Fødselsnr.", f"1234567;{Q1};1;1"),
    ],
)
def test_a_file_that_tells_of_persons_is_refused_and_not_kept(gp_house: Flask, head: str, row: str) -> None:
    with gp_house.test_request_context():
        before = db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile))
        with pytest.raises(NotTaken) as refused:
            place(text_of([row], head))
        assert refused.value.reason.facts["row"] in (1, 2)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == before


def test_another_areas_gp_is_not_the_areas(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order_rows.second_area()
        order = worked(place(text_of([f"1234567;{Q1};1;"]), who="area-bergen"))
        assert outcomes(order) == ["wrong"]
        assert "annet utprøvingsområde" in reasons(order, 2)


def test_a_failed_row_is_mended_and_tried_again_without_the_rest(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        order = worked(place(text_of([f"1234567;{Q1};1;", "1234567;01.04.2025;30.06.2025;;x"])))
        order = step(actions.carry_out, order)
        assert (order.status, outcomes(order)) == (Status.DONE, ["made", "wrong"])
        by, says = acting("area-nordland"), {**rows(order)[3].says, "patient": "4"}
        with writing():
            actions.mend(order.id, 3, says, by=by, at=order_rows.PLACED)
        with pytest.raises(Refused, match="allerede behandlet"), writing():
            actions.mend(order.id, 2, says, by=by, at=order_rows.PLACED)
        order = step(actions.try_again, order)
        assert (order.status, outcomes(order), claims()) == (Status.CHECKED, ["made", "ready"], 1)
        order = step(actions.carry_out, order)
        assert (order.status, outcomes(order), claims()) == (Status.DONE, ["made", "made"], 2)


def test_stopped_it_goes_on_where_it_was(gp_house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    with gp_house.test_request_context():
        factories.agreement()
        factories.agreement(hpr_no="7654321", gp_name="Annen Lege")
        order = worked(place(text_of([f"1234567;{Q1};1;", f"7654321;{Q1};1;"])))
        by = acting("area-nordland")
        with writing():
            actions.carry_out(order.id, order.version, by=by, at=order_rows.PLACED)
        does = running.KINDS["gp-claims"].does
        _stop_after_the_first(monkeypatch, order, by, does)
        assert order_rows.again(order).status is Status.STOPPED
        assert (outcomes(order), claims()) == (["made", "ready"], 1)
        monkeypatch.undo()
        order = step(actions.resume, order_rows.again(order))
        assert (order.status, outcomes(order), claims()) == (Status.DONE, ["made", "made"], 2)


def _stop_after_the_first(monkeypatch, order, by, does) -> None:  # type: ignore[no-untyped-def]
    batch = running.Work._batch

    def once_and_stop(self, who):  # type: ignore[no-untyped-def]
        done = batch(self, who)
        with writing():
            actions.stop(order.id, 0, by=by, at=order_rows.PLACED)
        return done

    monkeypatch.setattr(running.Work, "_batch", once_and_stop)
    assert running.run_next()


def test_an_order_is_seen_by_its_area_and_the_directorate_only(gp_house: Flask) -> None:
    from app.orders.queries import by_public_id

    with gp_house.test_request_context():
        order_rows.second_area()
        order = place(text_of([f"1234567;{Q1};1;"]))
        for who, sees in {"area-nordland": True, "area-bergen": False, "officer1": True, "gp1": False}.items():
            assert (by_public_id(order.public_id, acting(who)) is not None) is sees, who
        with pytest.raises(Refused, match="tilgang"):
            place(text_of([f"1234567;{Q1};1;"]), who="officer1")


def test_a_row_the_database_refuses_is_told_and_the_rest_goes_on(
    gp_house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        factories.agreement(hpr_no="7654321", gp_name="Annen Lege")
        order = worked(place(text_of([f"1234567;{Q1};1;", f"7654321;{Q1};1;"])))
        import app.compensation.actions.importing as importing

        make_all = importing.make_all

        def broken(new, **named):  # type: ignore[no-untyped-def]
            if any(each.agreement.hpr_no == "7654321" for each in new):
                raise ValueError("planted")
            return make_all(new, **named)

        monkeypatch.setattr(importing, "make_all", broken)
        order = step(actions.carry_out, order)
        assert (order.status, outcomes(order), claims()) == (Status.DONE, ["made", "wrong"], 1)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OrderRow)) == 2
