"""Nobody signs a payment without having answered on impartiality; one answer serves all lines on the page."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.domain import Impartiality
from app.cases.models import Declaration
from app.db import db, writing
from app.db.clock import start_at
from app.flow import Refused, Stale
from app.payouts import actions
from app.payouts.models import Payable
from app.payouts.workflow import Status
from tests import factories
from tests.factories import AT, acting
from tests.payout_rows import declared, versions

PAY_ON = date(2025, 1, 10)
MISSING = "først svare på om du er habil"
QUEUE = "/utbetalinger/ko/til-attestasjon"


def take(verb, line: Payable, who: str, *more: object) -> None:  # type: ignore[no-untyped-def]
    seen, by = versions(line), acting(who)
    with writing():
        verb(seen, *more, by=by, at=AT)


def test_each_hand_is_refused_until_it_has_answered(house: Flask) -> None:
    with house.app_context():
        line = factories.payable(hands=())
        with writing():
            db.session.execute(sa.delete(Declaration))
        for verb, who, more in (
            (actions.attest, "finance1", ()),
            (actions.approve, "decider", ()),
            (actions.hand_over, "finance2", (PAY_ON,)),
        ):
            with pytest.raises(Refused, match=MISSING):
                take(verb, line, who, *more)
            declared(line.case_id, who)
            take(verb, line, who, *more)


@pytest.mark.parametrize("answer", [Impartiality.PARTIAL, Impartiality.IN_DOUBT])
def test_a_partial_hand_is_refused(house: Flask, answer: Impartiality) -> None:
    with house.app_context():
        line = factories.payable(hands=())
        by = acting("finance1")
        with writing():
            told = actions.declare_lines(["T25-0001"], {"T25-0001": answer}, "Svogeren min", by=by, at=AT)
        assert told == 1
        with pytest.raises(Refused, match=r"Du har meldt tvil|Du er inhabil"):
            take(actions.attest, line, "finance1")


def test_an_answer_given_before_stands(house: Flask) -> None:
    with house.app_context():
        factories.payable(hands=())
        by = acting("finance1")
        for exceptions in ({"T25-0001": Impartiality.PARTIAL}, {}):
            with writing():
                actions.declare_lines(["T25-0001"], exceptions, "Svogeren min", by=by, at=AT)
        answers = db.session.scalars(sa.select(Declaration.answer).where(Declaration.user_id == by.id)).all()
        assert list(answers) == [Impartiality.PARTIAL]


def test_cases_without_a_payment_are_not_answered_for(house: Flask) -> None:
    with house.app_context():
        factories.payable(hands=())
        factories.recommended(100_000_00, number="T25-0009", orgnr="312999013")
        by = acting("finance1")
        for asked, exceptions in (
            (["T25-0001", "T25-0009"], {}),
            (["T25-0001"], {"T25-0009": Impartiality.PARTIAL}),
        ):
            with pytest.raises(Stale), writing():
                actions.declare_lines(asked, exceptions, "x", by=by, at=AT)
        with pytest.raises(Refused, match="tilgang"), writing():
            actions.declare_lines(["T25-0001"], {}, "", by=acting("auditor"), at=AT)


def test_one_press_on_the_queue_answers_for_all_but_the_ticked(house: Flask, client_for) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        with writing():
            start_at(AT)
        one = factories.payable(hands=()).public_id
        factories.payable(hands=(), orgnr="312999013", signer="fjordnes", number="T25-0002", ore=100_000_00)
    page = client_for("finance1").see(QUEUE)
    assert MISSING in page.text and "Attester valgte" not in page.buttons()
    wrong = page.press("Lagre svaret om habilitet", exceptions=["T25-0002"])
    assert wrong.status == 422 and "Skriv kort hvorfor" in wrong.text
    assert wrong.form("Lagre svaret om habilitet").fields()["exceptions"] == ["T25-0002"], "what was ticked is kept"
    done = wrong.press("Lagre svaret om habilitet", reason="Søsteren min leder prosjektet")
    assert done.status == 200 and "Lagre svaret om habilitet" not in done.buttons()
    done.press("Attester valgte", whole="y")
    with house.app_context():
        states = db.session.scalars(sa.select(Payable.status).order_by(Payable.id)).all()
        assert list(states) == [Status.ATTESTED, Status.READY]
        db.session.rollback()
    assert "inhabil" in client_for("finance1").see(QUEUE).text
    line = client_for("decider").see(f"/utbetalinger/linje/{one}")
    assert "Lagre svaret om habilitet" not in line.buttons(), "the decider answered before the decision"
    assert "Lagre svaret om habilitet" not in client_for("auditor").see(QUEUE).buttons(), (
        "who signs nothing is not asked"
    )


@pytest.mark.parametrize(
    ("queue", "hands", "asked"),
    [
        ("til-attestasjon", (), {"officer2", "finance1"}),
        ("til-godkjenning", (actions.attest,), {"decider"}),
        ("til-overforing", (actions.attest, actions.approve), {"finance1"}),
    ],
)
def test_only_who_signs_a_queue_is_asked_there(house: Flask, client_for, queue: str, hands, asked: set[str]) -> None:  # type: ignore[no-untyped-def]
    with house.app_context():
        with writing():
            start_at(AT)
        line = factories.payable(hands=("finance2", "decider"))
        for verb, who in zip(hands, ("finance2", "decider"), strict=False):
            take(verb, line, who)
        with writing():
            db.session.execute(sa.delete(Declaration))
        address = line.public_id
    readers = ("officer2", "finance1", "decider", "auditor")
    box = "Lagre svaret om habilitet"
    found = {who for who in readers if box in client_for(who).see(f"/utbetalinger/ko/{queue}").buttons()}
    assert found == asked
    on_the_line = {who for who in readers if box in client_for(who).see(f"/utbetalinger/linje/{address}").buttons()}
    assert on_the_line == asked | {"decider"}, "who signs, and who may cancel it or send it back"


@pytest.mark.parametrize("page", ["linje", "ko", "kontonummer", "tilbakebetaling"])
def test_an_answer_is_taken_for_what_stands_on_that_page_only(house: Flask, client_for, page: str) -> None:  # type: ignore[no-untyped-def]
    """The numbers in a form are claims: another case with money, out of sight there, is not answered for."""
    with house.app_context():
        with writing():
            start_at(AT)
        line = factories.payable(hands=())
        other = factories.payable(
            hands=("finance2",), orgnr="312999013", signer="fjordnes", number="T25-0002", ore=100_000_00
        )
        take(actions.attest, other, "finance2")
        address = {
            "linje": f"/utbetalinger/linje/{line.public_id}",
            "ko": QUEUE,
            "kontonummer": "/utbetalinger/kontonummer",
            "tilbakebetaling": "/utbetalinger/tilbakebetaling/T25-0001",
        }[page]
        db.session.remove()
    client = client_for("finance1")
    client.see(address)
    for sent in ({"asked": "T25-0002"}, {"asked": "T25-0001", "exceptions": "T25-0002", "reason": "x"}):
        assert client.send(f"{address}/habilitet", {**sent, "answer": "partial"}).status == 409
    with house.app_context():
        key = factories.user("finance1").id
        assert db.session.scalars(sa.select(Declaration).where(Declaration.user_id == key)).all() == []
        db.session.remove()
