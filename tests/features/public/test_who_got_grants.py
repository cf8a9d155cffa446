"""Who got grants: only after the letter has left, never a refusal."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask

from app.db import db
from app.dispatch.jobs import render_due, send_due
from tests.client import Client
from tests.factories import AT, decided, frame, people, recommended

LATER = AT + timedelta(days=2)


@pytest.fixture
def two_decisions(app: Flask) -> Flask:
    """One grant to Demovik and one refusal to Fjordnes; both letters are queued."""
    with app.app_context():
        people()
        frame()
        for case_id in (recommended(number="T25-0001"), recommended(0, number="T25-0002", orgnr="312999013")):
            decided(case_id)
        db.session.remove()
    return app


def letters_leave(app: Flask) -> None:
    with app.app_context():
        render_due(LATER)
        send_due(LATER)
        db.session.remove()


def test_nothing_is_told_before_the_letters_have_left(two_decisions: Flask, client: Client) -> None:
    assert "Demovik" not in client.see("/tilskudd?aar=2025").text
    assert "Demovik" not in client.get("/tilskudd.csv?aar=2025").get_data(as_text=True)


def test_a_grant_is_told_with_both_amounts_and_a_refusal_never(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    page = client.see("/tilskudd")
    assert "Demovik kommune" in page.text
    assert "2 500 001 kr" in page.text
    assert "Demodata" in page.text
    assert "Fjordnes" not in page.text
    assert client.see("/tilskudd?aar=2024").text.count("Demovik") == 0


def test_the_file_holds_the_same_rows(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    answer = client.get("/tilskudd.csv?aar=2025")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert [(row["mottaker_orgnr"], row["tildelt_kr"], row["demodata"]) for row in rows] == [
        ("312999005", "2500001,00", "søkt_kr vedtaksdato tildelt_kr mottaker_navn formål")
    ]


def test_the_spreadsheet_is_the_first_button_and_holds_the_same_rows(two_decisions: Flask, client: Client) -> None:
    letters_leave(two_decisions)
    page = client.see("/tilskudd?aar=2025")
    files = [words for words, address in page.links().items() if "tilskudd." in address]
    assert files == ["Last ned som Excel", "Last ned som CSV"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(page.links()["Last ned som Excel"]).get_data())).active
    assert [(row[3], row[7]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [("312999005", 2500001)]
