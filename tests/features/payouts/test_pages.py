"""Finance's pages: three people carry a line to a locked list, and the others are kept out."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.models import Declaration
from app.db import db, writing
from app.db.clock import start_at
from app.payouts.models import Payable, PayoutList
from app.payouts.workflow import Status
from tests import factories, payout_rows


@pytest.fixture
def line(house: Flask) -> str:
    """A payable on the day it was made; gives its address."""
    with house.app_context():
        with writing():
            start_at(factories.AT)
        return factories.payable().public_id


def state() -> list[Status]:
    db.session.rollback()
    found = list(db.session.scalars(sa.select(Payable.status).order_by(Payable.id)))
    db.session.rollback()
    return found


def handed_over(client_for) -> object:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    confirm = client_for("finance2").see("/utbetalinger/ko/til-overforing").press("Gå videre med valgte", whole="y")
    assert "1 500 001,00 kr" in confirm.text
    return confirm.press("Lås og overfør til økonomi", pay_on="07.01.2025")


def test_three_people_carry_a_line_to_a_locked_list(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    page = handed_over(client_for)
    assert page.h1 == "Utbetalingsliste 2025-01"
    finance = client_for("finance2")
    assert "Ingen kontonummer venter på kontroll" in finance.see("/utbetalinger").text
    first = finance.post("/utbetalinger/lister/2025-01/fil/csv")
    assert first.status_code == 303
    one = finance.get(first.location).data
    two = finance.get(first.location).data
    assert one == two
    assert b"1500001,00" in one
    head, row = one.decode("utf-8-sig").splitlines()
    told = dict(zip(head.split(";"), row.split(";"), strict=True))
    assert told["betalingsdag"] == "07.01.2025", "the day chosen reaches the bank's file"
    assert "Liv Demo" in finance.see("/utbetalinger/lister/2025-01").text
    paid = finance.see("/utbetalinger/lister/2025-01").press("Registrer som betalt", paid_on="08.01.2025", whole="y")
    assert paid.status == 422, "the day has not come"
    unasked = finance.see("/utbetalinger/lister/2025-01").press("Registrer som betalt", paid_on="07.01.2025")
    assert unasked.status == 422 and "Velg minst én linje." in unasked.text, "no line is paid because nobody looked"
    assert "Den ene linjen som venter, til sammen 1 500 001,00 kr" in unasked.text.replace("\xa0", " ")
    done = unasked.press("Registrer som betalt", paid_on="07.01.2025", whole="y")
    assert done.status == 200
    assert "Utfallet registrertLiv Demo," in finance.see(f"/utbetalinger/linje/{line}").text
    with house.app_context():
        assert state() == [Status.PAID]


def test_the_second_press_of_the_lock_leads_to_the_same_list(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    confirm = client_for("finance2").see("/utbetalinger/ko/til-overforing").press("Gå videre med valgte", whole="y")
    assert confirm.press("Lås og overfør til økonomi").h1 == confirm.press("Lås og overfør til økonomi").h1
    with house.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(PayoutList)) == 1


def test_a_day_the_banks_are_closed_is_told_at_the_field(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    confirm = client_for("finance2").see("/utbetalinger/ko/til-overforing").press("Gå videre med valgte", whole="y")
    page = confirm.press("Lås og overfør til økonomi", pay_on="11.01.2025")
    assert page.status == 422
    near = "11. januar 2025 er ingen bankdag. De nærmeste er 10. januar 2025 og 13. januar 2025."
    assert near in page.text
    assert page.form("Lås og overfør til økonomi").fields()["pay_on"] == ["11.01.2025"]
    locked = page.press("Lås og overfør til økonomi", pay_on="13.01.2025")
    assert locked.h1 == "Utbetalingsliste 2025-01"
    assert "Utfallet kan registreres fra den dagen." in locked.text
    assert "Registrer som betalt" not in locked.buttons()


def test_what_is_handed_over_is_chosen_and_the_choice_is_kept(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    finance = client_for("finance2")
    queue = finance.see("/utbetalinger/ko/til-overforing")
    assert queue.form("Gå videre med valgte").fields().keys() == {"seen"}, "nothing is chosen beforehand"
    none = queue.press("Gå videre med valgte")
    assert none.status == 422 and "Velg minst én linje." in none.text
    ticked = next(str(box.get("value")) for box in none.root.iter("input") if box.get("name") == "line")
    confirm = none.press("Gå videre med valgte", line=ticked)
    assert confirm.status == 200 and "Antall linjer1" in confirm.text
    assert "Velg" not in {th.text for th in confirm.root.iter("th")}, "what is confirmed is what is shown"
    again = confirm.press("Velg andre linjer", pay_on="14.02.2025")
    assert again.form("Gå videre med valgte").fields()["line"] == [ticked]
    assert again.press("Gå videre med valgte").form("Lås og overfør til økonomi").fields()["pay_on"] == ["14.02.2025"]
    # What cannot be read is kept as it was typed too.
    typed = confirm.press("Velg andre linjer", pay_on="31.02.2025").press("Gå videre med valgte")
    assert typed.form("Lås og overfør til økonomi").fields()["pay_on"] == ["31.02.2025"]
    assert finance.see("/utbetalinger/ny-liste?line=x").status == 400
    assert finance.see(f"/utbetalinger/ny-liste?line={line}0.7").status == 409


def test_the_same_person_meets_a_closed_step(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    page = client_for("finance1").see(f"/utbetalinger/linje/{line}")
    assert "Lås og overfør til økonomi" not in page.buttons()
    assert "En annen må gjøre dette" in page.text


def test_nothing_is_ticked_beforehand_and_no_tick_is_told_at_the_box(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    page = client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte")
    assert page.status == 422 and "Velg minst én linje." in page.text
    with house.app_context():
        assert state() == [Status.READY]
    assert page.press("Attester valgte", whole="y").status == 200
    with house.app_context():
        assert state() == [Status.ATTESTED]


def test_a_stale_tick_changes_nothing(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    page = client_for("finance1").see("/utbetalinger/ko/til-attestasjon")
    assert page.press("Attester valgte", whole="y").status == 200
    assert page.press("Attester valgte", whole="y").status == 409
    with house.app_context():
        assert state() == [Status.ATTESTED]


def test_sent_back_with_words_and_refused_without(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    page = client_for("decider").see(f"/utbetalinger/linje/{line}")
    assert page.press("Send tilbake", reason=" ").status == 422
    assert page.press("Send tilbake", reason="Sjekk kapittelet").status == 200
    assert "Sjekk kapittelet" in client_for("finance1").see(f"/utbetalinger/linje/{line}").text


@pytest.mark.parametrize("who", ["finance1", "decider", "officer1", "auditor"])
def test_every_page_opens_in_both_languages(house: Flask, line: str, client_for, who: str) -> None:  # type: ignore[no-untyped-def]
    client = client_for(who)
    pages = ("", "/ko/til-attestasjon", "/ko/til-godkjenning", "/ko/til-overforing", "/kontonummer", f"/linje/{line}")
    for language in ("nb", "nn"):
        with client.session_transaction() as session:
            session["language"] = language
        for path in (*pages, *(["/ny-liste"] if who == "finance1" else [])):
            page = client.see(f"/utbetalinger{path}")
            assert page.status == 200 and page.root is not None and page.root.get("lang") == language, path


@pytest.mark.parametrize("who", ["demovik", "gp1", "area-nordland", "admin"])
def test_others_have_no_way_in(house: Flask, line: str, client_for, who: str) -> None:  # type: ignore[no-untyped-def]
    client = client_for(who)
    for path in ("", f"/linje/{line}", "/ko/til-attestasjon", "/kontonummer"):
        assert client.see(f"/utbetalinger{path}").status == 403


def test_unknown_addresses_are_not_found(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client = client_for("finance1")
    for path in ("/linje/x", "/ko/x", "/lister/2025-99", "/lister/2025-99/utbetalingsliste.csv"):
        assert client.see(f"/utbetalinger{path}").status == 404


@pytest.mark.parametrize("who", ["officer1", "decider", "auditor"])
def test_only_finance_takes_the_payment_file(house: Flask, line: str, client_for, who: str) -> None:  # type: ignore[no-untyped-def]
    handed_over(client_for)
    client = client_for(who)
    assert "Bare økonomi henter filene." in client.see("/utbetalinger/lister/2025-01").text
    assert client.post("/utbetalinger/lister/2025-01/fil/csv").status_code == 403
    assert client.get("/utbetalinger/lister/2025-01/utbetalingsliste.csv").status_code == 403


def test_a_stopped_line_is_nobodys_to_sign(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    finance = client_for("finance1")
    assert "Attester (1)" in finance.see("/utbetalinger").links()
    with house.app_context(), writing():
        db.session.execute(sa.delete(Declaration))
    assert "Attester (1)" in finance.see("/utbetalinger").links(), "who has not answered is asked on the way"
    with house.app_context():
        payout_rows.stopped(1)
    page = finance.see("/utbetalinger")
    assert not [words for words in page.links() if words.startswith("Attester")]
    assert "Utbetalingen er stanset." in page.text


def test_what_nobody_typed_is_not_shown_as_written(house: Flask, line: str, client_for) -> None:  # type: ignore[no-untyped-def]
    client_for("finance1").see("/utbetalinger/ko/til-attestasjon").press("Attester valgte", whole="y")
    client_for("decider").see("/utbetalinger/ko/til-godkjenning").press("Godkjenn valgte", whole="y")
    confirm = client_for("finance2").see("/utbetalinger/ko/til-overforing").press("Gå videre med valgte", whole="y")
    stale = confirm.form("Lås og overfør til økonomi").fields()["line"][0].replace(".", ".9")
    lost = confirm.press("Lås og overfør til økonomi", line=stale, pay_on="13.01.2025")
    assert lost.status == 409
    kept = "".join(box.text or "" for box in lost.root.iter("pre"))
    assert kept in ("13.01.2025", "")
    assert line not in lost.text
