"""Many people press at the same moment: one is first, the others are told in words, and the sums are right."""

from collections import Counter
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from flask import Flask

from app.awards.models import Decision
from app.cases.models import Case
from app.db import clock, db, writing
from app.dispatch import jobs as dispatch
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from tests import factories, payout_rows
from tests.client import Page
from tests.hostile import client_of
from tests.ordeal.racing import race
from tests.ordeal.whole import assert_whole

HANDS, CASES = 6, 4
ANSWERED = {200, 409, 403}


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return app


def press_at_once(app: Flask, pages: Sequence[Page], button: str, **values: str) -> Counter[int | str]:
    """Each page was read before; all are sent together. How often each status came."""

    def press(number: int) -> int:
        return pages[number].press(button, **values).status

    return Counter(
        answer if isinstance(answer, int) else repr(answer) for answer in race(app, len(pages), press, inside=False)
    )


def read(app: Flask, who: str, address: str, hands: int = HANDS) -> list[Page]:
    return [client_of(app, who).see(address) for _ in range(hands)]


def test_one_decision_however_many_press(house: Flask) -> None:
    with house.app_context():
        factories.frame()
        factories.recommended(number="T25-9001")
        db.session.remove()
    answers = press_at_once(house, read(house, "decider", "/saker/T25-9001/vedtak"), "Vedta")
    assert set(answers) <= ANSWERED, answers
    with house.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 1
        assert_whole()


def test_the_last_money_is_given_once(house: Flask) -> None:
    """Money for one of the cases; every one is decided at the same moment."""
    with house.app_context():
        factories.frame(3_000_000_00)
        for n in range(CASES):
            factories.recommended(2_000_000_00, number=f"T25-900{n}")
        db.session.remove()
    pages = [client_of(house, "decider").see(f"/saker/T25-900{n}/vedtak") for n in range(CASES)]
    answers = press_at_once(house, pages, "Vedta")
    assert answers == {200: 1, 409: CASES - 1}, answers
    with house.app_context():
        assert_whole()


def test_one_officer_gets_the_case(house: Flask) -> None:
    with house.app_context():
        factories.published_call()
        factories.submitted("demovik", at=factories.AT)
        number = db.session.scalars(sa.select(Case.number)).one()
        db.session.remove()
    pages = [client_of(house, who).see(f"/saker/{number}") for who in ("officer1", "officer2", "lead")]
    button = next(words for words in pages[0].buttons() if words.startswith("Ta saken"))
    answers = press_at_once(house, pages, button)
    assert answers[200] == 1 and set(answers) <= ANSWERED, answers
    with house.app_context():
        assert db.session.scalars(sa.select(Case.officer_id)).one() is not None
        assert_whole()


def test_lines_are_signed_and_handed_over_once(house: Flask) -> None:
    with house.app_context():
        factories.frame()
        awards = [factories.decided(factories.recommended(1_000_000_00, number=f"T25-900{n}")) for n in range(CASES)]
        dispatch.render_due(clock.now())
        dispatch.send_due(clock.now())
        for award in awards:
            factories.accepted(award)
        make_payables(factories.AT)
        payout_rows.ready_to_sign()
        db.session.remove()
    queue = "/utbetalinger/ko/"
    for who, where, button in (
        ("finance1", "til-attestasjon", "Attester valgte"),
        ("decider", "til-godkjenning", "Godkjenn valgte"),
    ):
        answers = press_at_once(house, read(house, who, queue + where), button, whole="y")
        assert answers == {200: 1, 409: HANDS - 1}, (button, answers)
    pages = [
        page.press("Gå videre med valgte", whole="y") for page in read(house, "finance2", queue + "til-overforing")
    ]
    answers = press_at_once(house, pages, "Lås og overfør til økonomi")
    assert answers[200] >= 1 and set(answers) <= ANSWERED, answers
    with house.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(PayoutList)) == 1
        assert set(db.session.scalars(sa.select(Payable.status))) == {"sent"}
        assert_whole()


def test_a_double_click_on_sign_submits_once(house: Flask) -> None:
    with house.app_context():
        factories.published_call()
        public_id = factories.draft("demovik", at=factories.AT).public_id
        db.session.remove()
    pages = read(house, "demovik", f"/vaar-side/soknad/{public_id}/signer")
    answers = press_at_once(house, pages, "Signer og send inn")
    assert set(answers) <= ANSWERED, answers
    with house.app_context():
        assert db.session.scalars(sa.select(Case.number).where(Case.number.is_not(None))).all() == ["T25-0001"]
        assert_whole()
