"""All of a file is looked through, and no row is left in it without a word."""

import io

import openpyxl
import pytest
from flask import Flask
from openpyxl.comments import Comment

from app.documents.domain.uploads import NotTaken
from app.orders.domain import told as reason_of
from app.orders.workflow import Status
from app.templating import reason
from tests import factories
from tests.order_rows import HEAD, outcomes, place, rows, text_of, told, worked

ID = "13097248022"
ROW = ["1234567", "01.01.2025", "31.03.2025", "1", "5"]


def book(other: list[list[object]] | None = None, *, name: str = "To", note: str = "", late: object = None) -> bytes:
    made = openpyxl.Workbook()
    made.active.append([*HEAD.split(";"), "sent"])
    made.active.append([*ROW, late])
    if note:
        made.active["A2"].comment = Comment(note, "")
    if other:
        sheet = made.create_sheet(name)
        sheet.sheet_state = "hidden"
        for line in other:
            sheet.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("krav.xlsx", book([["x"], [ID]]), "Et annet ark"),
        ("krav.xlsx", book([["x"], [int(ID)]]), "Et annet ark"),
        ("krav.xlsx", book([["Pasientens navn"], ["Kari"]]), "Et annet ark"),
        ("krav.xlsx", book([["x"]], name=f"f. {ID}"), "Et annet ark"),
        ("krav.xlsx", book(note="gjelder 130972 48022"), "Et annet ark"),
        ("krav.xlsx", book(late=1010750160), "Rad 2"),
        ("krav.csv", text_of([f"{';'.join(ROW)};{'lang ' * 60}{ID}"], f"{HEAD};sent"), "Rad 2"),
        (f"krav {ID}.csv", text_of([";".join(ROW)]), "Filnavnet"),
    ],
)
def test_what_tells_of_a_person_anywhere_in_the_file_is_not_kept(
    gp_house: Flask, name: str, data: bytes, why: str
) -> None:
    with gp_house.test_request_context():
        with pytest.raises(NotTaken) as refused:
            place(data, name)
        assert reason(refused.value.reason).startswith(why)


def test_rows_in_a_sheet_that_is_not_read_are_told_and_a_guide_beside_them_is_not(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement()
        split = worked(place(book([HEAD.split(";"), ROW]), "krav.xlsx"))
        assert split.status is Status.FAILED
        assert "Et annet ark" in " ".join(reason(reason_of(each)) for each in split.faults or ())
        assert outcomes(worked(place(book([["Slik fyller du ut"]]), "krav.xlsx"))) == ["ready"]


def test_a_number_with_something_after_it_is_not_another_gps(gp_house: Flask) -> None:
    with gp_house.test_request_context():
        factories.agreement(hpr_no="12345670")
        order = worked(place(text_of([f"{each};01.01.2025;31.03.2025;1;" for each in ("1234567.0", "1234567-0")])))
        assert outcomes(order) == ["wrong", "wrong"]
        assert "HPR-nummer 1234567 har avtale" in told(rows(order)[2]), "decimals of a program are none of the number"
        assert "ett til ni siffer" in told(rows(order)[3])
