"""From an accepted award to money that is booked: three people, one locked list."""

from datetime import date

import sqlalchemy as sa

from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.db import db
from app.payouts.models import Payable
from app.payouts.workflow import Status
from tests.client import Page
from tests.journeys.people import House, body

QUEUE = "/utbetalinger/ko/"


def accepted(house: House, number: str, mine: str) -> None:
    """The municipality opens its letter and accepts with a revised budget and its account."""
    page = house.see("bergen", mine)
    letters = [words for words in page.buttons() if words.startswith("Åpne brevet")]
    unread = page.text.count("Ulest")
    letter = page.press(next(words for words in letters if "edtak" in words or "ilskudd" in words))
    assert letter.response.mimetype == "application/pdf" and letter.response.data.startswith(b"%PDF")
    page = house.see("bergen", mine)
    assert page.text.count("Ulest") == unread - 1, (letters, page.text)
    assert "Turid Demo åpnet «" in body(house.see("officer1", f"/saker/{number}"))
    page = house.see("bergen", "/vaar-side")
    accepting = page.links()["Aksepter tilskuddet og bekreft kontonummeret"]
    closed = house.see("bergen-writer", accepting)
    assert "Aksepter tilskuddet" not in closed.buttons() and "kan signere" in closed.text
    page = house.see("bergen", accepting)
    answer = {"account": "1234 56 00009", "terms": "y", "plan": "Vi holder færre kurs."}
    wrong = page.press("Aksepter tilskuddet", **answer, line_0="1 000 000", line_1="300 000")
    assert wrong.status == 422
    done = wrong.press("Aksepter tilskuddet", line_1="200 000")
    assert done.status == 200 and "Tilskuddet er akseptert." in done.text
    assert award(house).status is AwardStatus.ACCEPTED
    house.both_languages("bergen", ["/vaar-side", mine, accepting])


def award(house: House) -> Award:
    """The one award of the round."""
    return house.ask(lambda: db.session.scalars(sa.select(Award)).one())


def payables(house: House) -> list[tuple[int, Status]]:
    """Amount and state of each payable, in the order they were made."""
    query = sa.select(Payable.amount_ore, Payable.status).order_by(Payable.id)
    return house.ask(lambda: [(ore, status) for ore, status in db.session.execute(query)])


def called_back(house: House) -> None:
    """Finance controls the accounts that have never been paid to, by telephone."""
    page = answered(house, "finance3", "/utbetalinger/kontonummer")
    while "Bekreft kontonummeret" in page.buttons():
        page = page.press("Bekreft kontonummeret", note="Ringte sentralbordet på nummeret i Enhetsregisteret.")
        assert page.status == 200 and "Kontonummeret er kontrollert." in page.text


def answered(house: House, who: str, address: str) -> Page:
    """The page once this person has answered on impartiality for the cases on it."""
    page = house.see(who, address)
    return page.press("Lagre svaret om habilitet") if "Lagre svaret om habilitet" in page.buttons() else page


def paid(house: House, pay_on: str, kroner: str) -> str:
    """Attested, approved and handed over by three people; booked. Gives the list's address.

    `pay_on` is a bank day, the day the clock then goes to.
    """
    called_back(house)
    page = answered(house, "finance1", QUEUE + "til-attestasjon")
    forged = house.person("finance1").post("/utbetalinger/godkjenn", data=page.form("Attester valgte").filled({}))
    assert forged.status_code == 403
    page.press("Attester valgte", whole="y")
    assert payables(house)[-1][1] is Status.ATTESTED
    page = house.see("finance1", QUEUE + "til-godkjenning")
    assert "Godkjenn valgte" not in page.buttons()
    page = answered(house, "decider", QUEUE + "til-godkjenning")
    page.press("Godkjenn valgte", whole="y")
    assert payables(house)[-1][1] is Status.APPROVED
    assert "Gå videre med valgte" not in house.see("decider", QUEUE + "til-overforing").buttons()
    # Who attested cannot be the third hand either.
    assert "Gå videre med valgte" not in house.see("finance1", QUEUE + "til-overforing").buttons()
    queue = answered(house, "finance2", QUEUE + "til-overforing")
    confirm = queue.press("Gå videre med valgte", whole="y")
    assert kroner in body(confirm), confirm.text
    on = date.fromisoformat(pay_on)
    page = confirm.press("Lås og overfør til økonomi", pay_on=f"{on:%d.%m.%Y}")
    assert page.status == 200, page.text
    again = confirm.press("Lås og overfør til økonomi", pay_on=f"{on:%d.%m.%Y}")
    assert again.address == page.address
    _files(house, page.address)
    house.at(pay_on, "14:00")
    done = house.see("finance2", page.address).press("Registrer som betalt", paid_on=f"{on:%d.%m.%Y}", whole="y")
    assert done.status == 200 and payables(house)[-1][1] is Status.PAID, done.text
    finance = ["/utbetalinger", QUEUE + "til-attestasjon", QUEUE + "til-overforing", page.address]
    house.both_languages("finance2", finance)
    return page.address


def _files(house: House, address: str) -> None:
    """The locked list downloads as the same bytes each time, by whoever takes it."""
    for kind, button, start in (("csv", "Hent CSV-filen", None), ("xlsx", "Hent Excel-filen", b"PK")):
        first = house.see("finance2", address).press(button).response.data
        second = house.see("finance1", address).press(button).response.data
        assert first == second and first, kind
        assert start is None or first.startswith(start)
    assert "Liv Demo" in house.see("finance2", address).text
