"""The recipient's answer, and what people do with an award after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Role
from app.applications.models import BudgetKind
from app.awards import actions, jobs, judgement, payables, queries
from app.awards.domain import Acceptance, RevisedLine
from app.awards.models import Award
from app.awards.workflow import Status
from app.budget import actions as budget
from app.budget.jobs import verify
from app.budget.queries import frame_of, ledger_of
from app.cases import actions as cases
from app.cases.models import Case
from app.db import db, reference, writing
from app.dispatch.queries import by_key
from app.flow import Refused, Stale
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.people import actions as people
from tests import factories

AT, KR = factories.AT, 100
LAST_MOMENT = datetime(2025, 1, 28, 22, 59, 59, tzinfo=UTC)
ACCOUNT, OTHER = "12345600009", "12345600076"


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """Its people and a frame."""
    with app.app_context():
        factories.people()
        factories.frame()
        yield app
        db.session.remove()


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(Refused, match=words):
        yield


def awarded(amount_ore: int = 1_000_000 * KR, applied_ore: int | None = None) -> int:
    """Decided, and told of."""
    award_id = factories.decided(factories.recommended(amount_ore, applied_ore=applied_ore))
    factories.told(award_id)
    return award_id


def answer(award_id: int, acceptance: Acceptance, signer: str = "demovik", at: datetime = AT) -> None:
    person = factories.acting(signer)
    with writing():
        actions.accept(award_id, acceptance, by=person, at=at)


def test_the_signer_accepts_and_the_account_is_confirmed(house: Flask) -> None:
    award_id = awarded()
    factories.accepted(award_id)
    award = db.session.get_one(Award, award_id)
    assert award.status is Status.ACCEPTED and award.account_id is not None
    account = db.session.get_one(BankAccount, award.account_id)
    assert (account.account_no, account.confirmed_at) == (ACCOUNT, AT)
    assert db.session.get_one(Case, award.case_id).due_on == date(2025, 9, 15)
    assert by_key(f"accepted:{award_id}") is not None


def test_accepting_twice_is_refused_and_writes_nothing_twice(house: Flask) -> None:
    award_id = awarded()
    factories.accepted(award_id)
    with refused("Status er"):
        factories.accepted(award_id)
    with pytest.raises(Stale):
        answer(award_id, Acceptance(1, ACCOUNT))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BankAccount)) == 1


def test_another_number_must_be_meant(house: Flask) -> None:
    award_id = awarded()
    with refused("et annet enn det som står i brevet"):
        answer(award_id, Acceptance(1, OTHER))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BankAccount)) == 0
    answer(award_id, Acceptance(1, OTHER, account_is_new=True))
    award = db.session.get_one(Award, award_id)
    assert award.account_id is not None and db.session.get_one(BankAccount, award.account_id).account_no == OTHER


def test_a_partial_award_asks_for_a_budget_that_adds_up_and_a_plan(house: Flask) -> None:
    award_id = awarded(600_000 * KR, 1_000_000 * KR)
    lines = (RevisedLine("lead", "", 400_000 * KR), RevisedLine("training", "", 200_000 * KR))
    with refused("Revidert budsjett er"):
        answer(award_id, Acceptance(1, ACCOUNT, lines=lines[:1], plan="Færre kurs"))
    with refused("hvordan planen er endret"):
        answer(award_id, Acceptance(1, ACCOUNT, lines=lines))
    answer(award_id, Acceptance(1, ACCOUNT, lines=lines, plan="Færre kurs"))
    award = db.session.get_one(Award, award_id)
    assert award.revised_plan == "Færre kurs"
    application = queries.application_of(award.case_id)
    revised = [(line.cost_code, line.amount_ore) for line in queries.budget_of(application.id, BudgetKind.REVISED)]
    assert revised == [("lead", 400_000 * KR), ("training", 200_000 * KR)]


def test_the_last_moment_of_the_deadline_in_oslo_is_in_time_and_the_next_is_not(house: Flask) -> None:
    award_id = awarded()
    factories.letters_sent()
    with refused("Fristen for å akseptere gikk ut"):
        factories.accepted(award_id, at=LAST_MOMENT + timedelta(seconds=1))
    factories.accepted(award_id, at=LAST_MOMENT)


@pytest.mark.parametrize("person", ["bergen", "officer1", "decider", "fjordnes"])
def test_only_the_recipients_own_signer_accepts(house: Flask, person: str) -> None:
    award_id = awarded()
    with refused("ikke tilgang"):
        answer(award_id, Acceptance(1, ACCOUNT), person)


def test_who_works_in_the_house_does_not_bind_a_recipient_and_what_they_bound_before_stands(house: Flask) -> None:
    award_id, admin, recipient = awarded(), factories.acting("admin"), factories.party("312999005").id
    with writing():
        people.give_membership(factories.user("archivist").id, Role.SIGNER, party_id=recipient, by=admin, at=AT)
    with refused("rolle i Helsedirektoratet"):
        answer(award_id, Acceptance(1, ACCOUNT), "archivist")
    shown = judgement.why_not_answer(db.session.get_one(Award, award_id), factories.acting("archivist"), AT)
    assert ["rolle i Helsedirektoratet" in each.text for each in shown] == [True]
    db.session.rollback()
    with writing():
        people.take_role(factories.user("archivist").id, Role.ARCHIVIST, by=admin, at=AT)
    answer(award_id, Acceptance(1, ACCOUNT), "archivist")


def test_who_controlled_the_number_for_the_house_does_not_accept_with_it(house: Flask) -> None:
    """A person of finance who moves to the municipality: the page is closed with the reason the verb refuses with."""
    award_id, recipient = awarded(), factories.party("312999005").id
    signer, moved, admin = [factories.acting(each) for each in ("demovik", "finance3", "admin")]
    with writing():
        account = cases.tell_account(recipient, ACCOUNT, by=signer, at=AT)
        parties.control_account(account, "Ringt", by=moved, at=AT)
        people.take_role(moved.id, Role.FINANCE, by=admin, at=AT)
        people.give_membership(moved.id, Role.SIGNER, party_id=recipient, by=admin, at=AT)
    shown = judgement.why_not_answer(db.session.get_one(Award, award_id), factories.acting("finance3"), AT)
    assert ["kontrollert kontonummeret" in each.text for each in shown] == [True]
    db.session.rollback()
    with refused("kontrollert kontonummeret"):
        answer(award_id, Acceptance(1, ACCOUNT), "finance3")
    factories.accepted(award_id)


def test_a_writer_cannot_sign(house: Flask) -> None:
    award_id = factories.decided(factories.recommended(orgnr="964338531"))
    factories.told(award_id)
    with refused("ikke tilgang"):
        answer(award_id, Acceptance(1, ACCOUNT), "bergen-writer")
    answer(award_id, Acceptance(1, ACCOUNT), "bergen")


def test_who_stopped_cannot_resume_and_a_reason_is_asked_for(house: Flask) -> None:
    award_id = factories.accepted(awarded())
    decider = factories.acting("decider")
    with refused("Skriv hvorfor"), writing():
        actions.stop(award_id, " ", by=decider, at=AT, version=2)
    with writing():
        actions.stop(award_id, "Mistanke om feil bruk", by=decider, at=AT, version=2)
    with refused("Du har stanset denne selv"), writing():
        actions.resume(award_id, "Avklart", by=decider, at=AT, version=3)
    other = replace(decider, id=factories.user("lead").id)
    with writing() as session:
        session.execute(sa.text(f"UPDATE impartiality SET user_id = {other.id}"))
    with writing():
        actions.resume(award_id, "Avklart", by=other, at=AT, version=3)
    assert db.session.get_one(Award, award_id).status is Status.ACCEPTED


def test_nobody_is_late_with_an_answer_to_a_letter_that_was_never_sent(house: Flask) -> None:
    award_id, decider = factories.decided(factories.recommended()), factories.acting("decider")
    with refused("Vedtaksbrevet er ikke sendt ennå"):
        answer(award_id, Acceptance(1, ACCOUNT))
    late = LAST_MOMENT + timedelta(days=40)
    with refused("ikke sendt, så fristen for å svare løper ikke"), writing():
        actions.lapse(award_id, "Ikke svart", by=decider, at=late, version=1)
    assert jobs.remind_acceptance(late) == 0
    award = db.session.get_one(Award, award_id)
    assert (queries.accept_by(award), queries.told(award.decision_id).complain_by) == (None, None)
    factories.letters_sent(late)
    # As many days as the letter gave, from 9 March: Sunday 30 March, so Monday.
    assert queries.accept_by(award) == date(2025, 3, 31)
    assert queries.told(award.decision_id).complain_by == date(2025, 3, 31)
    assert jobs.remind_acceptance(late) == 0
    with refused("har frist til"), writing():
        actions.lapse(award_id, "Ikke svart", by=decider, at=late, version=1)
    answer(award_id, Acceptance(1, ACCOUNT), at=late)


def test_a_grant_lapses_only_after_the_deadline_and_gives_its_money_back(house: Flask) -> None:
    award_id = awarded(1_000_000 * KR)
    factories.letters_sent()
    decider, case_id = factories.acting("decider"), queries.case_of(award_id)
    with refused("har frist til"), writing():
        actions.lapse(award_id, "Ikke svart", by=decider, at=LAST_MOMENT, version=1)
    with writing():
        actions.lapse(award_id, "Ikke svart", by=decider, at=LAST_MOMENT + timedelta(seconds=1), version=1)
    assert db.session.get_one(Award, award_id).status is Status.LAPSED
    assert ledger_of(case_id).committed_ore == 0
    assert verify(AT) == 1


def test_payment_tells_the_award_how_much_has_left(house: Flask) -> None:
    award_id = factories.accepted(awarded(1_000_000 * KR))
    case_id, finance = queries.case_of(award_id), factories.acting("finance2")
    case = db.session.get_one(Case, case_id)
    frame = frame_of(case.pot_id, 2025)
    assert frame is not None
    for part, status in zip(queries.instalments_of(award_id), (Status.PARTLY_PAID, Status.PAID), strict=True):
        with writing():
            budget.pay(frame.id, case_id, part.amount_ore, reference("instalment", part.id), by=finance, at=AT)
            payables.paid({part.id: part.amount_ore}, AT.date(), finance, AT)
        assert db.session.get_one(Award, award_id).status is status
