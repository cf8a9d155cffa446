"""The outbox, one letter's page, and the pages that open a document."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

import letters
from app.audit.models import AuditEntry
from app.cases.models import Case
from app.db import db, writing
from app.dispatch import jobs, routes
from app.dispatch.mail import NO_UTF8
from app.dispatch.message import Unmailable
from app.dispatch.models import Outgoing
from app.dispatch.refusals import Rejected
from app.dispatch.workflow import Status
from app.documents.actions import add_document, store
from app.documents.domain.scopes import Scope
from app.documents.models import Direction, Document
from tests import letter_samples
from tests.client import Client
from tests.features.dispatch.rows import AT, Sent, a_case, a_letter, a_notice

ClientFor = Callable[[str], Client]


@pytest.fixture
def letter(app: Flask) -> Sent:
    with app.app_context():
        made = a_letter(a_case())
        jobs.render_due(AT)
        jobs.send_due(AT)
        return made


def address_of(app: Flask, letter: Sent) -> str:
    with app.app_context():
        document = db.session.get_one(Document, letter.now().document_id)
        return f"/dokumenter/{document.public_id}"


def test_the_outbox_shows_what_was_sent_and_to_whom(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    page = client_for("officer1").see("/utsendelser")
    assert "Vedtak om tilskudd – sak T25-0123" in page.links()
    assert "Demovik kommune" in page.text
    assert "Vedtak om tilskudd" not in client_for("officer1").see("/utsendelser?status=failed").text


@pytest.mark.parametrize("username", ["bergen", "demovik", "finance1", "area-nordland"])
def test_the_outbox_is_the_directorates(letter: Sent, client_for: ClientFor, username: str) -> None:
    assert client_for(username).see("/utsendelser").status == 403


def test_pages_of_the_outbox_lead_on_and_back(
    app: Flask, letter: Sent, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MANY", 2)
    with app.app_context():
        case = db.session.get_one(Case, letter.now().case_id)
        for number in range(5):
            a_notice(case, f"n{number}", subject=f"Varsel {number}")
    page = client_for("officer1").see("/utsendelser")
    seen = []
    for _ in range(3):
        seen.append([words for words in page.links() if words.startswith(("Varsel", "Vedtak"))])
        if "Neste" in page.links():
            page = page.client.see(page.links()["Neste"])
    assert seen == [
        ["Varsel 4", "Varsel 3"],
        ["Varsel 2", "Varsel 1"],
        ["Varsel 0", "Vedtak om tilskudd – sak T25-0123"],
    ]
    page = page.client.see(page.links()["Forrige"])
    assert "Varsel 2" in page.links()
    page = page.client.see(page.links()["Forrige"])
    assert "Varsel 4" in page.links()
    assert "Forrige" not in page.links()


def test_the_outbox_asks_few_questions_however_long_it_is(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    with app.app_context():
        for number in range(30):
            a_notice(None, f"n{number}")
        engine = db.engine
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    client_for("officer1").get("/utsendelser")
    assert len([one for one in asked if one.startswith("SELECT")]) <= 8


def test_an_officer_opens_the_letter_and_leaves_no_reading(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    with app.app_context():
        address = f"/utsendelser/{letter.now().public_id}"
    opened = client_for("officer1").see(address).press("Åpne brevet (PDF)")
    assert opened.status == 200
    assert opened.response.data.startswith(b"%PDF")
    with app.app_context():
        assert letter.now().opened_at is None


def test_the_recipients_first_reading_is_noted_once(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    address = address_of(app, letter)
    page = client_for("demovik").see(f"{address}/fil")
    assert page.h1 == "Vedtak om tilskudd – sak T25-0123"
    with app.app_context():
        assert letter.now().opened_at is None
    assert page.press("Åpne dokumentet").response.data.startswith(b"%PDF")
    with app.app_context():
        first = letter.now().opened_at
        assert first is not None
    page.press("Åpne dokumentet")
    assert client_for("demovik").see(f"{address}/fil").response.mimetype == "application/pdf"
    with app.app_context():
        assert letter.now().opened_at == first
        told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "document.opened")).all()
        assert [entry.by_name for entry in told] == ["Tor Demo"]


@pytest.mark.parametrize("username", ["bergen", "gp1"])
def test_anothers_letter_is_not_there(app: Flask, letter: Sent, client_for: ClientFor, username: str) -> None:
    address = address_of(app, letter)
    client = client_for(username)
    assert client.see(address).status == 404
    assert client.see(f"{address}/fil").status == 404
    client.see("/logg-inn")
    assert client.send(f"{address}/apne", {}).status == 404


def test_a_file_says_what_it_is_and_runs_nothing(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    with app.app_context():
        sha256 = store(b"<svg onload='alert(1)'/>", "image/svg+xml", AT)
        with writing():
            made = add_document(
                scope=Scope.CASE,
                case=db.session.get_one(Case, letter.now().case_id),
                direction=Direction.NOTE,
                kind="note",
                title="Notat",
                filename='møte "a"\r\n.svg',
                sha256=sha256,
                language="nb",
                to_party=False,
                by=None,
                at=AT,
            )
            picture = f"/dokumenter/{made.public_id}/fil"
    answer = client_for("officer1").get(picture).headers
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    answer = client_for("officer1").get(f"{address_of(app, letter)}/fil").headers
    name = quote("Vedtak om tilskudd – sak T25-0123.pdf")
    assert answer["Content-Disposition"].startswith("inline; ")
    assert f"filename*=UTF-8''{name}" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_letter_that_cannot_be_made_is_corrected_with_trace(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        asked: dict[str, Any] = json.loads(letters.to_json(letter_samples.missing_information()))
        asked["questions"] = ["Hva koster det?", "Hvem er med? 😀"]
        letter = a_letter(a_case(), letter="missing_information", kind="ask", facts=asked, even_unmade=True)
        address = f"/utsendelser/{letter.now().public_id}"
    page = client_for("officer1").see(address)
    assert "Brevet har et tegn som ikke kan skrives ut: «😀»." in page.text
    assert page.press("Prøv igjen").status == 409
    wrong = page.press("Rett teksten og send brevet", text_0="Hvem er med? 🎉")
    assert wrong.status == 422 and "«🎉» kan ikke stå i brev" in wrong.text
    assert "I kø" in wrong.press("Rett teksten og send brevet", text_0="Hvem er med?").text
    with app.app_context():
        jobs.render_due(AT + timedelta(days=9000))
        jobs.send_due(AT + timedelta(days=9000))
        assert letter.now().status is Status.SENT
        assert (letter.now().facts or {})["questions"] == ["Hva koster det?", "Hvem er med?"]
        told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "outgoing.mended")).one()
        assert (told.by_name, told.facts["before"]) == ("Kari Demo", "Hvem er med? 😀")


def test_a_person_sends_what_failed_again(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        notice = a_notice(a_case())
        jobs._begin(notice.now().id, AT)
        jobs._failed(notice.now().id, Rejected("550"), AT)
        address = f"/utsendelser/{notice.now().public_id}"
    page = client_for("officer1").see(address)
    assert "E-postserveren avviste den." in page.text
    assert "Merk som sendt" not in page.buttons()
    stale = page.press("Prøv igjen")
    assert stale.status == 200
    assert "I kø" in stale.text
    assert page.press("Prøv igjen").status == 409
    with app.app_context():
        jobs.render_due(AT + timedelta(days=9000))
        jobs._begin(notice.now().id, AT)
        jobs._failed(notice.now().id, Rejected("550"), AT)
    assert "Kan ikke gjøres ennå" in client_for("auditor").see(address).text


def test_a_wrong_address_is_somebodys_task_and_is_mended_with_trace(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        notice = a_notice(a_case(), address="bjørn.aas@demovik.example")
        with writing():
            made = notice.now()
        jobs._begin(made.id, AT)
        jobs._failed(made.id, Unmailable(NO_UTF8), AT)
    home = client_for("officer1").see("/mine-oppgaver")
    assert NO_UTF8 in home.text
    page = home.client.see(next(href for words, href in home.links().items() if words.startswith("Rett og send")))
    wrong = page.press("Rett adressen og send på nytt", address="bjørn@b.example")
    assert wrong.status == 422 and "uten æ, ø og å foran @" in wrong.text
    assert 'value="bjørn@b.example"' in wrong.response.get_data(as_text=True)
    assert "I kø" in wrong.press("Rett adressen og send på nytt", address="post@bodø.example").text
    assert NO_UTF8 not in client_for("officer1").see("/mine-oppgaver").text
    with app.app_context():
        told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "outgoing.readdressed")).one()
        assert (told.facts["before"], told.facts["after"]) == ("bjørn.aas@demovik.example", "post@bodø.example")
    assert "Rett adressen" not in client_for("auditor").see(f"/utsendelser/{made.public_id}").text


def test_doubt_is_settled_by_a_person(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        notice = a_notice(a_case())
        made = notice.now()
        jobs._begin(made.id, AT)
        jobs.send_due(AT)
        address = f"/utsendelser/{notice.now().public_id}"
    page = client_for("officer1").see(address)
    assert "Usikkert om den ble sendt" in page.text
    assert "Sendt" in page.press("Merk som sendt").text


def test_a_letter_not_yet_made_is_shown_as_it_will_be(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        letter = a_letter(a_case())
        address = f"/utsendelser/{letter.now().public_id}"
    assert "Kopi til: Statsforvalteren i Nordland" in client_for("officer1").see(address).text


def test_the_job_page_shows_each_job_and_its_runs(app: Flask, letter: Sent, client_for: ClientFor) -> None:
    from app.jobs import runs

    with app.app_context():
        a_notice(None)
        runs.run("send", AT)
    page = client_for("officer1").see("/jobber")
    assert "Sender brev og varsler" in page.text
    assert "Ferdig" in page.text
    assert client_for("demovik").see("/jobber").status == 403
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Outgoing)) == 2
