"""The decider's pages and the recipient's, pressed as people press them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from app.awards import jobs, queries
from app.awards.models import Award, Decision
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import clock, db, writing
from app.dispatch import jobs as dispatch
from app.dispatch.models import Outgoing
from app.documents.models import Document
from tests import factories
from tests.client import Client
from tests.page_contract import words_of

KR = 100
People = Callable[[str], Client]
ONE = "/saker/T25-0001/vedtak"


@pytest.fixture
def round_(app: Flask) -> Flask:
    """A frame and one recommended case, on the day of the round."""
    with app.app_context():
        factories.people()
        factories.frame()
        factories.recommended(2_500_001 * KR)
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return app


def in_house(app: Flask, read: Callable[[], object]) -> object:
    with app.app_context():
        try:
            return read()
        finally:
            db.session.remove()


def status(app: Flask) -> object:
    return in_house(app, lambda: db.session.scalars(sa.select(Case.status).order_by(Case.id)).first())


def count(app: Flask, model: type) -> object:
    return in_house(app, lambda: db.session.scalar(sa.select(sa.func.count()).select_from(model)))


def test_the_decider_finds_the_case_reads_the_letter_and_decides(round_: Flask, client_for: People) -> None:
    page = client_for("decider").see("/vedtak")
    assert "Digital samhandling 2025" in page.text and "27 499 999 kr" in page.text
    one = page.client.see(page.links()["Demovik kommune"])
    assert "Du vedtar tilskudd på 2 500 001 kr til Demovik kommune." in one.text
    for part in ("Rammen etter vedtaket", "Tildelingsbrev 2025, datert 6. januar 2025", "Vedtaksbrev: tilskudd til"):
        assert part in one.text, part
    done = one.press("Vedta")
    assert done.status == 200 and "Vedtaket er gjort" in done.text and "Vedtatt av" in done.text
    assert status(round_) is Status.GRANTED


def test_pressing_twice_and_going_back_decide_once(round_: Flask, client_for: People) -> None:
    page = client_for("decider").see(ONE)
    assert page.press("Vedta").status == 200
    again = page.press("Vedta")
    assert again.status == 200 and again.h1 == "Vedtak: Demovik kommune"
    assert (count(round_, Decision), count(round_, Award), count(round_, Outgoing)) == (1, 1, 1)


def test_a_letter_that_changed_is_shown_anew_with_what_changed(round_: Flask, client_for: People) -> None:
    page = client_for("decider").see(ONE)
    with round_.app_context():
        with writing() as session:
            session.execute(sa.text("UPDATE recommendation SET purpose = 'Noe annet', amount_ore = 250000000"))
        db.session.remove()
    anew = page.press("Vedta")
    assert anew.status == 409
    for part in ("Noe er endret", "beløpet", "formålet", "2 500 000 kr"):
        assert part in anew.text, part
    assert status(round_) is Status.RECOMMENDED
    assert anew.press("Vedta").status == 200
    assert status(round_) is Status.GRANTED


def test_a_forged_or_missing_hash_decides_nothing(round_: Flask, client_for: People) -> None:
    page = client_for("decider").see(ONE)
    for forged in ("", "0" * 64, "<script>"):
        assert page.press("Vedta", letter_hash=forged).status == 409
    assert page.press("Vedta", version="x").status == 422
    assert page.press("Vedta", send_on="32.13.2025").status == 422
    assert "ikke være etter 21.01.2025" in page.press("Vedta", send_on="01.01.2060").text
    assert "ikke være før 07.01.2025" in page.press("Vedta", send_on="06.01.2025").text
    assert status(round_) is Status.RECOMMENDED


def test_the_letter_waits_for_the_chosen_day(round_: Flask, client_for: People) -> None:
    anew = client_for("decider").see(ONE).press("Vedta", send_on="20.01.2025")
    assert anew.status == 409 and "datert dagen du valgte" in anew.text and status(round_) is Status.RECOMMENDED
    assert "20. januar 2025" in anew.text and "innen 10. februar 2025" in anew.text
    assert anew.press("Vedta").status == 200
    told = in_house(round_, lambda: db.session.scalars(sa.select(Outgoing.not_before)).one())
    assert told == datetime(2025, 1, 20, 8, 0, tzinfo=UTC)
    assert in_house(round_, lambda: db.session.scalars(sa.select(Award.accept_by_on)).one()) == date(2025, 2, 10)


def test_a_letter_that_lacks_something_closes_the_step_and_names_it(round_: Flask, client_for: People) -> None:
    with round_.app_context():
        with writing() as session:
            session.execute(sa.text("UPDATE application SET starts_on = NULL"))
        db.session.remove()
    page = client_for("decider").see(ONE)
    assert "Brevet mangler tilskuddsperioden." in page.text
    assert "Vedta" not in page.buttons()


def test_the_preview_is_the_letter_as_a_pdf_and_changes_nothing(round_: Flask, client_for: People) -> None:
    answer = client_for("decider").get(ONE + "/brev.pdf")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert count(round_, Decision) == 0


@pytest.mark.parametrize("reader", ["auditor", "officer1"])
def test_who_may_not_decide_reads_a_draft_that_nobody_has_signed(
    round_: Flask, client_for: People, reader: str
) -> None:
    name = {"auditor": "Eli Demo", "officer1": "Kari Demo"}[reader]
    page = client_for(reader).see(ONE)
    letter = page.root and next(each for each in page.root.iter("article"))
    assert letter is not None
    said = words_of(letter)
    assert "Utkast – vedtaket er ikke gjort" in said and "den som vedtar" in said
    assert reader == "officer1" or name not in said
    checks = page.text.partition("Kontroller")[2].partition("Innstillingen")[0]
    assert "Prøves mot den som vedtar." in checks and "Stopper" not in checks, "what stops the reader stops no case"
    for claim in ("Du vedtar", "nøyaktig det brevet"):
        assert claim not in page.text
    printed = "".join(each.extract_text() for each in PdfReader(BytesIO(page.client.get(ONE + "/brev.pdf").data)).pages)
    assert printed.count("Utkast") >= 2 and "den som vedtar" in printed


def test_a_decided_letter_is_shown_and_read_from_what_was_kept(
    round_: Flask, client_for: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_for("decider").see(ONE).press("Vedta")
    before = client_for("auditor").see(ONE).text
    assert "Ikke sendt ennå" in before and "Løper fra brevet er sendt" in before
    composed = client_for("auditor").get(ONE + "/brev.pdf").data
    in_house(round_, lambda: factories.letters_sent(factories.AT + timedelta(hours=1)))
    monkeypatch.setattr("letters.wording.text", lambda *_given: pytest.fail("composed anew"))
    after = client_for("auditor").see(ONE)
    assert "Gratulerer, og lykke til med arbeidet!" in before and "Gratulerer, og lykke til med arbeidet!" in after.text
    assert "Ikke sendt ennå" not in after.text
    assert client_for("auditor").get(ONE + "/brev.pdf").data == composed


def test_an_officer_reads_but_cannot_decide_and_others_do_not_see_it(round_: Flask, client_for: People) -> None:
    officer = client_for("officer1").see(ONE)
    assert officer.status == 200 and "Vedta" not in officer.buttons()
    assert officer.client.post(ONE, data={"version": "1"}).status_code == 403
    assert client_for("officer1").see("/vedtak").status == 403
    assert client_for("demovik").get(ONE).status_code == 403
    assert client_for("decider").get("/saker/T25-9999/vedtak").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_reads_in_both_languages(round_: Flask, client_for: People, language: str) -> None:
    with round_.app_context():
        factories.recommended(600_000 * KR, applied_ore=1_000_000 * KR, number="T25-0002")
        factories.recommended(0, number="T25-0003")
        factories.decided(factories.recommended(600_000 * KR, applied_ore=1_000_000 * KR, number="T25-0004"))
        award = db.session.scalars(sa.select(Award)).one()
        public_id = award.public_id
        factories.told(award.id)
        db.session.remove()
    decider, signer = client_for("decider"), client_for("demovik")
    for client in (decider, signer):
        with client.session_transaction() as session:
            session["language"] = language
    for address in ("/vedtak", *(f"/saker/T25-{n:04d}/vedtak" for n in range(1, 5)), "/saker/T25-0004/bortfall"):
        assert decider.see(address).status == 200, address
    assert signer.see(f"/vaar-side/tilskudd/{public_id}").status == 200


def award_of(app: Flask, amount_ore: int = 1_000_000 * KR, applied_ore: int | None = None) -> str:
    with app.app_context():
        case_id = factories.recommended(amount_ore, applied_ore=applied_ore, number="T25-0009")
        award = db.session.get_one(Award, factories.decided(case_id))
        factories.told(award.id)
        address = f"/vaar-side/tilskudd/{award.public_id}"
        db.session.remove()
        return address


def award_status(app: Flask) -> object:
    return in_house(app, lambda: db.session.scalars(sa.select(Award.status)).one())


def test_a_recipient_sees_the_decision_and_its_letter_when_the_letter_is_sent(
    round_: Flask, client_for: People
) -> None:
    """Also where it is made already: a mail server that is away, or a day chosen for it."""
    with round_.app_context():
        case_id = factories.recommended(600_000 * KR, applied_ore=1_000_000 * KR, number="T25-0009")
        award = db.session.get_one(Award, factories.decided(case_id))
        own, case = award.public_id, db.session.get_one(Case, case_id).public_id
        dispatch.render_due(factories.AT)
        letter = db.session.scalars(sa.select(Document.public_id).where(Document.case_id == case_id)).one()
        db.session.remove()
    signer = client_for("demovik")
    for address in ("/vaar-side", f"/vaar-side/sak/{case}"):
        page = signer.see(address)
        assert "Til vurdering" in page.text and "Dere får svar innen" in page.text, address
        for word in ("600 000", "vedtatt", "Vedtak i sak", "Aksepter", "Innvilget helt"):
            assert word not in page.text.replace("\xa0", " "), (address, word)
    assert signer.see(f"/vaar-side/tilskudd/{own}").status == 404
    assert signer.post(f"/dokumenter/{letter}/apne").status_code == 404
    with round_.app_context():
        factories.letters_sent()
    told = signer.see(f"/vaar-side/sak/{case}").text.replace("\xa0", " ")
    for word in ("600 000", "Delvis tilskudd er vedtatt", "Vedtak i sak", "Aksepter tilskuddet"):
        assert word in told, word
    assert signer.see(f"/vaar-side/tilskudd/{own}").status == 200
    assert signer.post(f"/dokumenter/{letter}/apne").status_code in (200, 303)


def test_the_signer_reads_the_letter_and_accepts(round_: Flask, client_for: People) -> None:
    page = client_for("demovik").see(award_of(round_))
    assert "Vedtaksbrev: tilskudd til" in page.text and "•0009" in page.text
    missing = page.press("Aksepter tilskuddet", account="")
    assert missing.status == 422
    wrong = page.press("Aksepter tilskuddet", account="12345600076", terms="y")
    assert wrong.status == 422 and "et annet enn det som står i brevet" in wrong.text
    bad = page.press("Aksepter tilskuddet", account="12345600008", terms="y")
    assert bad.status == 422 and 'value="12345600008"' in bad.response.get_data(as_text=True)
    done = page.press("Aksepter tilskuddet", account="1234 56 00009", terms="y")
    assert done.status == 200 and "Dere aksepterte tilskuddet" in done.text
    again = page.press("Aksepter tilskuddet", account="1234 56 00009", terms="y")
    assert again.status == 200 and award_status(round_) is AwardStatus.ACCEPTED


def test_a_partial_award_is_accepted_with_a_revised_budget(round_: Flask, client_for: People) -> None:
    page = client_for("demovik").see(award_of(round_, 600_000 * KR, 1_000_000 * KR))
    answer = {"account": "12345600009", "terms": "y", "line_0": "400 000", "plan": "Færre kurs"}
    short = page.press("Aksepter tilskuddet", **answer, line_1="199 999")
    assert short.status == 422 and "Det skal være 600 000 kr til sammen" in short.text
    assert "Færre kurs" in short.response.get_data(as_text=True)
    done = page.press("Aksepter tilskuddet", **answer, line_1="200 000")
    assert done.status == 200 and "Revidert budsjett" in done.text


def test_another_recipients_award_does_not_exist_and_a_writer_sees_who_can_sign(
    round_: Flask, client_for: People
) -> None:
    address = award_of(round_)
    assert client_for("bergen").get(address).status_code == 404
    assert client_for("decider").get(address).status_code == 403
    assert client_for("demovik").get(address + "x").status_code == 404
    with round_.app_context():
        with writing() as session:
            session.execute(sa.text("UPDATE user_membership SET role = 'writer' WHERE role = 'signer'"))
        db.session.remove()
    page = client_for("demovik").see(address)
    assert "Kan åpnes av: kan signere" in page.text and "Aksepter tilskuddet" not in page.buttons()
    assert page.client.post(address, data={"version": "1"}).status_code == 403


def test_after_the_deadline_the_page_is_closed_with_words(round_: Flask, client_for: People) -> None:
    address = award_of(round_)
    with round_.app_context():
        factories.letters_sent()
        with writing():
            clock.forward(datetime(2025, 2, 1, tzinfo=UTC) - factories.AT)
        db.session.remove()
    page = client_for("demovik").see(address)
    assert "Fristen for å akseptere gikk ut 28. januar 2025" in page.text
    lapse = client_for("decider").see("/saker/T25-0009/bortfall")
    assert lapse.press("La tilskuddet falle bort", reason="").status == 422
    assert lapse.press("La tilskuddet falle bort", reason="Ikke svart").status == 200
    assert award_status(round_) is AwardStatus.LAPSED


def test_acceptance_is_reminded_of_once_a_week_before_and_once_the_day_after(round_: Flask) -> None:
    award_of(round_)
    with round_.app_context():
        factories.letters_sent()
        told = [jobs.remind_acceptance(datetime(2025, 1, day, 9, tzinfo=UTC)) for day in (20, 21, 21, 28, 29, 29)]
        assert told == [0, 1, 0, 0, 1, 0]
        keys = set(db.session.scalars(sa.select(Outgoing.key).where(Outgoing.key.like("accept-%"))))
        award = db.session.scalars(sa.select(Award)).one()
        assert keys == {queries.reminder_key(award.id, "before"), queries.reminder_key(award.id, "after")}
        db.session.remove()
