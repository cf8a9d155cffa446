"""A claim from the practice to the money, by four people in a real browser, wide and on a phone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.compensation.jobs import control_claims
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.db import clock, db
from app.payouts.jobs import make_payables
from app.values.money import format_kr, format_kr_ore
from tests.browser.house import House, opened
from tests.programs import Kept

WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 800}}
# Three patients at 100 kroner.
SUM = format_kr(300_00)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def house(tmp_path: Any, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path, browser, kept) as house:
        yield house


@pytest.mark.parametrize(("width", "language"), [("wide", "nb"), ("narrow", "nn")])
def test_a_claim_goes_from_the_practice_to_the_money(house: House, width: str, language: str) -> None:
    def person(username: str) -> Any:
        return house.visitor(username, language, viewport=WIDTHS[width])

    with person("gp1") as context:
        _claims(seen(context, "/krav-om-kompensasjon"))
    assert state(house) is Status.SUBMITTED
    with person("area-nordland") as context:
        _confirms(seen(context, "/utprovingsomrade"))
    assert state(house) is Status.CONFIRMED
    work(house, control_claims)
    if state(house) is Status.CONFIRMED:  # drawn by lot: a person looks
        with person("officer1") as context:
            _looks(seen(context, f"/krav/{address(house)}"))
    assert state(house) is Status.APPROVED
    work(house, make_payables)
    with person("finance1") as context:
        page = seen(context, "/utbetalinger/ko/til-attestasjon")
        line = page.locator("tr", has_text="Legekontoret Demo AS").filter(has_text=format_kr_ore(300_00))
        expect(line).to_be_visible()
    with person("gp1") as context:
        page = seen(context, "/krav-om-kompensasjon")
        claim = page.locator("tr", has_text="Lege Demo").filter(has_text=SUM)
        expect(claim).to_contain_text("Godkjent")


def seen(context: BrowserContext, address: str) -> Page:
    """The page, which is never wider than its window."""
    page = context.new_page()
    answer = page.goto(address)
    assert answer is not None and answer.status == 200
    assert page.evaluate(TOO_WIDE) == 0
    return page


def _claims(page: Page) -> None:
    """Three patients: counted, declared, sent. Four acts from the first page."""
    page.locator("main a[href^='/krav-om-kompensasjon/']").first.click()
    page.fill("[name=units_patient]", "3")
    page.locator("button[value=reckon]").first.click()
    expect(page.locator("main")).to_contain_text(SUM)
    page.check("[name=declared]")
    assert page.evaluate(TOO_WIDE) == 0
    page.locator("button[value=send]").click()
    expect(page.locator("[role=status], .ds-alert").first).to_be_visible()


def _confirms(page: Page) -> None:
    page.locator("form.t-queue button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Lege Demo")


def _looks(page: Page) -> None:
    """An officer who has answered for the case before is not asked again."""
    declare = page.locator("form[action$='/habil'] button")
    if declare.count():
        declare.click()
    page.locator("form[action$='/godkjenn'] button").first.click()


def newest(house: House) -> Claim:
    """The claim that was sent last."""
    return db.session.scalars(sa.select(Claim).order_by(Claim.id.desc()).limit(1)).one()


def state(house: House) -> Status:
    """Where it stands."""
    with house.app.app_context():
        found = newest(house).status
        db.session.remove()
    return found


def address(house: House) -> str:
    """Its place among the pages."""
    with house.app.app_context():
        found = newest(house).public_id
        db.session.remove()
    return found


def work(house: House, job: Any) -> None:
    """What the worker does by itself."""
    with house.app.app_context():
        at: datetime = clock.now()
        db.session.remove()
        job(at)
        db.session.remove()
