"""The applicant's pages, as people use them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import queries
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.db.clock import start_at
from app.db.session import writing
from app.dispatch.models import Outgoing
from tests import factories as make
from tests.applying import ACCOUNT, SUBMITTED
from tests.client import Client

ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def ground(app: Flask) -> None:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)


def case_of(app: Flask, address: str) -> Case:
    with app.app_context():
        return db.session.scalars(sa.select(Case).where(Case.public_id == address.rsplit("/", 1)[1])).one()


def test_a_municipality_applies_from_its_home_to_the_receipt(app: Flask, client_for: ClientFor) -> None:
    page = client_for("demovik").see("/vaar-side")
    assert page.status == 200
    page = page.client.see(page.links()["Digital samhandling 2025"]).press("Start søknad")
    assert "Ikke sendt inn" in page.text
    page = page.client.see(page.links()["Kontaktperson og konto"])
    assert "Neste del er «Tittel, formål og tid»." in page.text
    page = page.press("Lagre og fortsett", phone="22 33 44 55", account_no="1234 56 00009", email="tor@kommune.no")
    assert page.h1 == "Tittel, formål og tid"
    page = page.press(
        "Lagre og fortsett",
        title="Vårt prosjekt <b>",
        purpose="Færre feil",
        starts_on="01.03.2025",
        ends_on="2025-12-31",
    )
    assert page.h1 == "Tiltaket"
    page = page.press("Lagre og fortsett", q_plan="Vi måler.", q_pilot="yes", q_gps="1 200")
    assert page.h1 == "Budsjett"
    page = page.press(
        "Lagre og fortsett",
        applied="1 250 000,50",
        own_funding="12,50",
        cost_0="salary",
        text_0="Leder",
        amount_0="1 250 013",
    )
    assert "Dette er den siste delen." in page.text
    page = page.press("Lagre og gå til oversikten")
    page = page.client.see(page.links()["Signer og send inn"])
    assert "1 250 000,50 kr".replace(" ", "\u00a0") in page.text or "1 250 000,50 kr" in page.text
    page = page.press("Signer og send inn")
    assert page.h1 == "Søknaden er sendt inn"
    assert "T25-0001" in page.text
    page = page.client.see(page.links()["Følg saken"])
    assert "sendte inn søknaden" in page.text
    assert "Vårt prosjekt <b>" in page.text
    page = page.client.see(page.links()["Les hele søknaden"])
    assert "1234\u00a056\u00a000009" in page.response.get_data(as_text=True)


def test_the_same_post_twice_makes_one_submission_and_one_receipt(
    app: Flask, client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted()
    client = client_for("demovik")
    form = client.see(address + "/signer").form("Signer og send inn").filled({})
    answers = [client.post(address + "/signer", data=form) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Outgoing)) == 1


@pytest.mark.parametrize(
    ("code", "field", "typed", "words"),
    [
        ("kontakt", "account_no", "1234 56 00008", "Kontonummeret finnes ikke"),
        ("kontakt", "account_no", "abc", "elleve siffer"),
        ("kontakt", "email", "tor", "e-postadresse"),
        ("kontakt", "phone", "ring meg", "telefonnummeret med tall"),
        ("kontakt", "name", "x" * 121, "for lang"),
        ("prosjekt", "ends_on", "31.02.2025", "Den datoen finnes ikke"),
        ("prosjekt", "ends_on", "01.01.2025", "slutte før det begynner"),
        ("prosjekt", "purpose", "y" * 601, "for lang"),
        ("prosjekt", "title", "Ring 01019012480", "fødselsnummer"),
        ("tiltak", "q_gps", "-1", "tall"),
        ("tiltak", "q_gps", "mange", "tall"),
        ("tiltak", "q_plan", "z" * 501, "for lang"),
        ("tiltak", "q_pilot", "kanskje", "ett av svarene"),
        ("budsjett", "applied", "-1", "negativt"),
        ("budsjett", "applied", "12.50", "flere måter"),
        ("budsjett", "amount_0", "masse", "Skriv beløpet med tall"),
        ("budsjett", "amount_0", "", "tøm linjen"),
        ("budsjett", "text_0", "", "brukes til"),
        ("budsjett", "cost_0", "", "Velg type"),
        ("samarbeid", "new", "312999006", "Organisasjonsnummeret finnes ikke"),
        ("samarbeid", "new", "999263550", "ingen virksomhet"),
        ("samarbeid", "new", "Ukjent kommune", "ingen virksomhet"),
        ("samarbeid", "new", "DEMOVIK KOMMUNE", "søker selv"),
        ("samarbeid", "new_intent", "11.01.2025", "ikke være etter"),
        ("prosjekt", "ends_on", "31.12.2052", "ikke være etter"),
        ("budsjett", "applied", "1 000 000 001", "ikke være høyere enn"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(
    client_for: ClientFor, drafted: Callable[..., str], code: str, field: str, typed: str, words: str
) -> None:
    page = client_for("demovik").see(f"{drafted()}/del/{code}").press("Lagre og fortsett", **{field: typed})
    assert page.status == 422
    assert words in page.text
    if field != "q_pilot":
        assert page.form("Lagre og fortsett").fields()[field] == [typed]


def test_markup_is_shown_as_it_was_typed(client_for: ClientFor, drafted: Callable[..., str]) -> None:
    address = drafted(title="<script>alert(1)</script>")
    page = client_for("demovik").see(address)
    assert "<script>alert(1)</script>" in page.h1


def test_partners_are_added_by_number_or_name_and_taken_away(
    client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    page = client_for("demovik").see(drafted() + "/del/samarbeid")
    page = page.press("Legg til og bli her", new="312 999 013", new_intent="09.01.2025")
    page = page.press("Legg til og bli her", new="bergen KOMMUNE")
    assert "Fjordnes kommune" in page.text and "Bergen kommune" in page.text
    again = page.press("Legg til og bli her", new="Bergen kommune")
    assert again.status == 422
    page = page.press("Lagre og gå til oversikten", remove_964338531="y")
    page = page.client.see(page.links()["Samarbeidspartnere"])
    assert "Bergen kommune" not in page.text and "Fjordnes kommune" in page.text


def test_anothers_draft_is_not_found_and_officers_have_no_business_there(
    client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted("demovik")
    for path in ("", "/del/prosjekt", "/forhandsvis", "/signer", "/trekk", "/svar", "/slett", "/kvittering"):
        assert client_for("fjordnes").see(address + path).status == 404, path
        assert client_for("officer1").see(address + path).status == 403, path
    assert client_for("fjordnes").post(address + "/til-signering", data={"version": "1"}).status_code in {400, 404}
    assert client_for("demovik").see(address + "/del/finnes-ikke").status == 404


def test_the_writer_sends_to_signing_and_sees_who_can_sign(
    app: Flask, client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted("bergen-writer")
    page = client_for("bergen-writer").see(address)
    assert "Turid Demo" in page.text
    closed = page.client.see(address + "/signer")
    assert "Kan åpnes av: kan signere" in closed.text
    page = page.press("Send til signering")
    assert "Varsel er sendt til Turid Demo" in page.text
    forged = page.client.send(address + "/signer", {"once": "x" * 24, "version": "6"})
    assert forged.status == 403
    assert case_of(app, address).status is Status.DRAFT


def test_a_page_that_is_stale_cannot_be_signed(client_for: ClientFor, drafted: Callable[..., str]) -> None:
    address = drafted("bergen")
    signing = client_for("bergen").see(address + "/signer")
    client_for("bergen-writer").see(address + "/del/prosjekt").press("Lagre og fortsett", title="Noe annet")
    assert signing.press("Signer og send inn").status == 409


def test_a_sent_application_is_withdrawn_once_with_a_page_between(
    app: Flask, client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted()
    client = client_for("demovik")
    client.see(address + "/signer").press("Signer og send inn")
    page = client.see(address)
    assert page.address.startswith("/vaar-side/sak/")
    page = client.see(page.links()["Trekk søknaden"])
    form = page.form("Trekk søknaden").filled({"reason": "Ikke råd"})
    assert [client.post(address + "/trekk", data=form).status_code for _ in range(2)] == [303, 303]
    assert "Trukket" in client.see("/vaar-side").text
    for over in ("/trekk", "/svar"):
        assert client.see(address + over).address.startswith("/vaar-side/sak/"), over


def test_a_draft_is_deleted_after_a_page_that_says_so(client_for: ClientFor, drafted: Callable[..., str]) -> None:
    address = drafted()
    page = client_for("demovik").see(address + "/slett").press("Slett kladden")
    assert "Kladden er slettet" in page.text
    assert page.client.see(address).status == 404


def test_signing_after_midnight_is_refused_with_the_deadline(
    app: Flask, client_for: ClientFor, drafted: Callable[..., str]
) -> None:
    address = drafted()
    page = client_for("demovik").see(address + "/signer")
    from datetime import timedelta

    from app.db.clock import forward

    with app.app_context(), writing():
        forward(timedelta(days=10))
    page = page.press("Signer og send inn")
    assert page.status == 409
    assert "Fristen gikk ut 15. januar 2025 kl. 23.59" in page.text


def test_pages_are_nynorsk_for_those_who_choose_it(client_for: ClientFor, drafted: Callable[..., str]) -> None:
    address = drafted("fjordnes")
    client = client_for("fjordnes")
    client.see(address)
    client.post("/sprak", data={"language": "nn", "back": "/"})
    for path in ("/vaar-side", address, address + "/del/tiltak", address + "/del/budsjett", address + "/signer"):
        assert client.see(path).status == 200
    assert "Korleis skal de gå fram?" in client.see(address + "/del/tiltak").text


def test_the_home_page_asks_a_fixed_number_of_questions(app: Flask, client_for: ClientFor) -> None:
    client = client_for("demovik")
    counted: list[str] = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    assert client.see("/vaar-side").status == 200
    few = len(counted)
    with app.app_context():
        make.submitted("demovik")
    counted.clear()
    assert client.see("/vaar-side").status == 200
    assert len(counted) <= few


def test_the_account_is_the_one_they_gave(app: Flask, drafted: Callable[..., str]) -> None:
    case = case_of(app, drafted())
    with app.app_context():
        assert queries.by_case(case.id).account_no == ACCOUNT
