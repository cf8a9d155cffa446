"""A question that asks for kroner reads an amount as every other amount is read, and shows it as one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.applications import queries
from app.cases.models import Case
from app.db import db
from app.db.clock import start_at
from app.db.session import writing
from app.rules.domain import Answer, Question, from_data, to_data
from tests import factories as make
from tests.applying import RULES, SUBMITTED, said
from tests.client import Client, Page

UNUSED = Question("unused", said("Ubrukte midler fra i fjor", "Ubrukte midlar frå i fjor"), answer=Answer.MONEY)
PART = replace(RULES.sections[0], questions=(*RULES.sections[0].questions, UNUSED))
ASKING = replace(RULES, sections=(PART,), indicators=(UNUSED,))


@pytest.fixture
def section(app: Flask, client_for: Callable[[str], Client]) -> Page:
    """The page with the question, of a draft."""
    with app.app_context():
        make.people()
        make.published_call(ASKING)
        with writing():
            start_at(SUBMITTED)
        case = make.draft()
    return client_for("demovik").see(f"/vaar-side/soknad/{case.public_id}/del/tiltak")


def test_rules_with_a_question_of_money_are_stored_and_read_back() -> None:
    assert from_data(to_data(ASKING)) == ASKING


def test_kroner_are_read_as_every_other_amount_and_shown_so(app: Flask, section: Page) -> None:
    for typed in ("150 000 kr", "150.000", "150 000,00", "150000", "kr 150 000,-", "\u200b150\u00a0000"):
        section.client.see(section.address).press("Lagre og fortsett", q_unused="1")
        section.client.see(section.address).press("Lagre og fortsett", q_unused=typed)
        with app.app_context():
            assert queries.read(db.session.get(Case, 1)).whole.answers["unused"] == 150_000_00, typed
            db.session.rollback()
    shown = section.client.see(section.address).form("Lagre og fortsett").fields()
    assert shown["q_unused"] == ["150\u00a0000"]
    preview = section.client.see(section.address.replace("/del/tiltak", "/forhandsvis"))
    assert "150 000 kr" in preview.text.replace("\u00a0", " ")


def test_what_can_be_read_in_two_ways_is_asked_about(section: Page) -> None:
    for typed in ("15 00", "1,250", "-5", "mye"):
        refused = section.press("Lagre og fortsett", q_unused=typed)
        assert refused.status == 422
        assert refused.form("Lagre og fortsett").fields()["q_unused"] == [typed]
    refused = section.press("Lagre og fortsett", q_gps="15 00")
    assert "Tallet kan leses på flere måter" in refused.text
