"""The recipient writes, signs and delivers; everything wrong comes back in words with all that was typed."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.budget.models import LedgerEntry
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused, Stale
from app.reports import actions, queries
from app.reports.domain import ReportFacts
from app.reports.models import Report
from app.reports.workflow import Status
from app.rules.domain import ReportKind
from tests import factories, reporting
from tests.client import Client, Page
from tests.hostile_files import pdf

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]


def _address(make: Make, report_id: int) -> str:
    return f"/vaar-side/rapporter/{make(reporting.get, report_id).public_id}"


@pytest.fixture
def ground(request: pytest.FixtureRequest) -> Callable[[], object]:
    return reporting.people_and_report if "report" in request.fixturenames else factories.people


@pytest.fixture
def report(make: Make) -> int:
    return make(reporting.the_year_report)


GOOD: dict[str, str] = {
    "used_0": "500 000",
    "used_1": "450000,50",
    "why_0": "",
    "why_1": "Kursene ble rimeligere.",
    "own_goal": "partly",
    "unused_wish": "repay",
    "q_done": "Opplæring i alle enheter.",
    "q_deviation": "Noe seinere enn planlagt.",
    "q_lessons": "Begynn tidlig.",
    "q_trained": "12",
    "auditor_by_on": "01.05.2026",
}


def _fill(page: Page, button: str = "Lagre", **changes: str) -> Page:
    names = page.form(button).fields().keys()
    return page.press(button, **{k: v for k, v in {**GOOD, **changes}.items() if k in names})


def test_a_report_is_prefilled_from_the_budget_and_what_was_paid(
    make: Make, report: int, client_for: ClientFor
) -> None:
    page = client_for("demovik").see(_address(make, report))
    assert (page.status, page.h1) == (200, "Årsrapport 2025")
    assert "Dette lovet dere" in page.text
    assert "Å ta i bruk pasientens legemiddelliste." not in page.text  # own words are no words of the page
    assert "600 000 kr" in page.text and "500 000 kr" in page.text
    assert "er på eller over grensen på 200 000 kr" in page.text


def test_the_whole_way_from_writing_to_receipt(make: Make, report: int, client_for: ClientFor) -> None:
    client = client_for("demovik")
    page = _fill(client.see(_address(make, report)), "Se over og lever", used_0="500 000", used_1="12,50")
    assert page.h1 == "Se over og lever: Årsrapport 2025"
    assert "500 012,50 kr" in page.text and "99 987,50 kr" in page.text  # 600 000 − 500 012,50
    receipt = page.press("Signer og lever")
    assert "Rapporten er levert" in receipt.text
    stored = make(reporting.get, report)
    assert (stored.status, stored.used_ore, stored.unused_ore) == (Status.DELIVERED, 500_012_50, 99_987_50)
    assert stored.received_ore == 600_000_00
    assert "Rapporten er levert" in client.see(_address(make, report)).text  # the form is closed now


def test_what_is_used_beyond_the_received_is_told_as_that(make: Make, report: int, client_for: ClientFor) -> None:
    page = _fill(client_for("demovik").see(_address(make, report)), used_0="500 000", used_1="450 000")
    assert "Brukt utover det mottatte350 000 kr" in page.text.replace("\xa0", " ")
    assert "Mottatt − brukt" not in page.text, "600 000 − 950 000 is not nought"


def test_two_presses_deliver_once(make: Make, report: int, client_for: ClientFor, app: Flask) -> None:
    make(reporting.filled, report)
    client = client_for("demovik")
    page = client.see(_address(make, report) + "/signer")
    first, second = page.press("Signer og lever"), page.press("Signer og lever")
    assert (first.status, second.status) == (200, 200)
    assert first.address == second.address
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).where(Outgoing.kind == "report_delivered")) == 1


def test_a_writer_may_write_and_not_sign(make: Make, client_for: ClientFor) -> None:
    report = make(reporting.report_due, orgnr="964338531", signer="bergen")
    writer = client_for("bergen-writer")
    page = _fill(writer.see(_address(make, report)), "Se over og lever")
    assert "Signer og lever" not in page.buttons()
    assert "Du har ikke tilgang til dette." in page.text
    assert "kan signere" in page.text
    fields = client_for("bergen").see(_address(make, report) + "/signer").form("Signer og lever").fields()
    data = {name: fields[name] for name in ("once", "version")}
    assert writer.post(_address(make, report) + "/lever", data=data).status_code == 403
    assert make(reporting.get, report).status is Status.STARTED


@pytest.mark.parametrize("ending", ["", "/signer", "/kvittering"])
def test_anothers_report_is_not_found(make: Make, report: int, client_for: ClientFor, ending: str) -> None:
    assert client_for("bergen").see(_address(make, report) + ending).status == 404


def test_anothers_report_cannot_be_written_or_delivered(make: Make, report: int, client_for: ClientFor) -> None:
    bergen = client_for("bergen")
    bergen.see("/vaar-side/rapporter/finnes-ikke")
    for ending in ("", "/lever"):
        assert bergen.post(_address(make, report) + ending, data={"version": "1"}).status_code == 404
    assert make(reporting.get, report).status is Status.NOT_STARTED


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("used_0", "-5", "Beløpet kan ikke være negativt"),
        ("used_0", "1,250", "Beløpet kan leses på flere måter"),
        ("used_0", "mye", "Skriv beløpet med siffer"),
        ("used_0", "12,505", "Skriv høyst to tall etter kommaet"),
        ("q_trained", "12,5", "Skriv et helt tall"),
        ("q_done", "x" * 2001, "1 tegn for lang"),
        ("why_1", "y" * 1001, "1 tegn for lang"),
        ("auditor_by_on", "31.02.2026", "Den datoen finnes ikke"),
    ],
)
def test_bad_input_comes_back_with_all_that_was_typed(
    make: Make, report: int, client_for: ClientFor, field: str, typed: str, told: str
) -> None:
    page = _fill(client_for("demovik").see(_address(make, report)), **{field: typed, "q_lessons": "Behold dette"})
    assert page.status == 422
    assert told in page.text or field == "used_0"
    fields = page.form("Lagre").fields()
    assert [value.strip() for value in fields[field]] == [typed]
    assert fields["q_lessons"] == ["Behold dette"]
    assert make(reporting.get, report).status is Status.NOT_STARTED


def test_markup_is_text(make: Make, report: int, client_for: ClientFor) -> None:
    client = client_for("demovik")
    _fill(client.see(_address(make, report)), q_done="<script>alert(1)</script>")
    body = client.get(_address(make, report)).get_data(as_text=True)
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_stale_page_shows_both_texts(make: Make, report: int, client_for: ClientFor) -> None:
    client = client_for("demovik")
    mine = client.see(_address(make, report))
    _fill(client.see(_address(make, report)), q_done="Først lagret")
    page = _fill(mine, q_done="Sist skrevet")
    assert page.status == 409
    assert page.h1 == "Noen har endret dette mens du skrev"
    body = page.response.get_data(as_text=True)
    assert "Først lagret" in body and "Sist skrevet" in body
    kept = page.press("Lagre min tekst likevel")
    assert kept.status == 200
    assert make(reporting.get, report).answers["done"] == "Sist skrevet"


@pytest.mark.parametrize(("first", "last"), [("0", ""), ("", "0")])
def test_nought_beside_nothing_is_shown_on_a_stale_page(
    make: Make, report: int, client_for: ClientFor, first: str, last: str
) -> None:
    client = client_for("demovik")
    mine = client.see(_address(make, report))
    _fill(client.see(_address(make, report)), q_trained=first, used_0=first)
    page = _fill(mine, q_trained=last, used_0=last)
    assert page.status == 409
    body = page.response.get_data(as_text=True)
    for name in ("q_trained", "used_0"):
        pair = rf'<textarea[^>]* name="{name}"[^>]*>\s*(.*?)</textarea>.*?<(?:pre[^>]*>(.*?)</pre|p>Ikke besvart</p)>'
        asked = re.search(pair, body, re.DOTALL)
        assert asked and [each or "" for each in asked.groups()] == [last, first], name


def test_what_is_delivered_meanwhile_is_told_as_that(make: Make, report: int, client_for: ClientFor) -> None:
    mine = client_for("demovik").see(_address(make, report))
    make(reporting.delivered, report)
    page = _fill(mine, q_done="Skrevet for seint")
    assert page.status == 409 and page.h1 == "Dette kan ikke gjøres nå"
    assert "Lagre min tekst likevel" not in page.text
    assert "Skrevet for seint" in page.response.get_data(as_text=True)


def test_a_stale_page_tells_choices_by_their_words_and_which_file_is_gone(
    make: Make, report: int, client_for: ClientFor
) -> None:
    client = client_for("demovik")
    mine = client.see(_address(make, report))
    _fill(client.see(_address(make, report)), own_goal="reached")
    chosen = (io.BytesIO(pdf()), "revisor.pdf")
    sent = {**mine.form("Lagre").fields(), **GOOD, "auditor_file": chosen}
    names = mine.form("Lagre").fields().keys() | {"auditor_file"}
    page = client.send(_address(make, report), {name: sent[name] for name in sent if name in names})
    assert page.status == 409
    body = page.response.get_data(as_text=True)
    assert "<pre data-own-words>Nådd</pre>" in body and '<option value="partly" selected>Delvis nådd</option>' in body
    assert "Revisoruttalelse (PDF): Filen du hadde valgt, må du velge en gang til." in page.text


def test_what_is_missing_is_told_before_the_signature(make: Make, report: int, client_for: ClientFor) -> None:
    page = _fill(
        client_for("demovik").see(_address(make, report)),
        "Se over og lever",
        used_1="",
        why_1="",
        own_goal="",
        q_trained="",
        auditor_by_on="",
    )
    assert "Fyll ut hva som er brukt på «Opplæring»." in page.text
    assert "Vurder om målet er nådd." in page.text
    assert "Svar på «Ansatte med opplæring»." in page.text
    assert "Legg ved revisoruttalelsen, eller skriv når den kommer." in page.text
    assert "Signer og lever" not in page.buttons()


def test_a_large_deviation_must_be_explained(make: Make, report: int, client_for: ClientFor) -> None:
    client = client_for("demovik")
    page = _fill(client.see(_address(make, report)), "Se over og lever", used_0="100", why_0="")
    assert "Forklar avviket på «Prosjektledelse»." in page.text
    page = _fill(client.see(_address(make, report)), "Se over og lever", used_0="100", why_0="Ansatt seinere.")
    assert "Signer og lever" in page.buttons()


def test_late_delivery_is_taken_and_marked(make: Make, report: int) -> None:
    make(reporting.delivered, report, at=reporting.day("2026-04-02"))
    assert make(reporting.get, report).late
    other = make(reporting.report_due, number="T25-0002", orgnr="964338531", signer="bergen")
    make(reporting.delivered, other, signer="bergen", at=reporting.day("2026-04-01"))
    assert not make(reporting.get, other).late


def test_a_status_report_asks_what_will_be_used(make: Make, client_for: ClientFor) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    page = client_for("demovik").see(_address(make, report))
    assert page.h1 == "Statusrapport 2025"
    assert "Dette tror vi er brukt 31. desember" in page.text
    assert "unused_wish" not in page.form("Lagre").fields()
    assert "En statusrapport trenger ikke revisoruttalelse." in page.text


def test_nobody_delivers_around_the_judgement(make: Make, report: int, app: Flask) -> None:
    def deliver() -> None:
        person = factories.acting("demovik")
        with writing():
            actions.save(report, ReportFacts(), by=person, at=reporting.IN_TIME, version=1)
        with writing():
            version = queries.locked(report).version
            actions.deliver(report, by=person, at=reporting.IN_TIME, version=version)

    with pytest.raises(Refused):
        make(deliver)


def test_a_version_that_is_gone_is_stale(make: Make, report: int) -> None:
    def save() -> None:
        with writing():
            actions.save(report, ReportFacts(), by=factories.acting("demovik"), at=reporting.IN_TIME, version=9)

    with pytest.raises(Stale):
        make(save)


def test_the_auditors_statement_is_laid_in_the_case(make: Make, report: int, app: Flask) -> None:
    make(reporting.delivered, report)
    with app.app_context():
        assert db.session.get_one(Report, report).auditor_document_id is not None
        assert not db.session.scalar(sa.select(LedgerEntry.id).where(LedgerEntry.ref == f"report:{report}"))


def test_nynorsk_pages_are_nynorsk(make: Make, client_for: ClientFor) -> None:
    report = make(reporting.report_due, orgnr="312999013", signer="fjordnes")
    client = client_for("fjordnes")
    client.get("/logg-inn")
    with client.session_transaction() as session:
        session["language"] = "nn"
    page = client.see(_address(make, report))
    assert "Dette lova de" in page.text
    page = client.see(_address(make, report) + "/signer")
    assert "Svar på «Tilsette med opplæring»." in page.text
