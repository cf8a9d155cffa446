"""The recipient's no: the money is back in the frame, nothing is owed for it, all concerned are told, and it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.awards import actions, jobs, judgement, queries
from app.awards.models import Award
from app.awards.workflow import Status
from app.budget.jobs import verify
from app.budget.queries import ledger_of
from app.cases.models import Case
from app.db import db, writing
from app.dispatch.queries import by_key
from app.flow import Refused, Stale
from app.public.queries import awards
from app.reports.jobs import expect_reports
from app.reports.models import Report
from tests import factories, payable_rows

AT = factories.AT
WHY = "Vi fant ingen prosjektleder."


@pytest.fixture
def award_id(app: Flask) -> Iterator[int]:
    """A grant of a million that its recipient has been told of."""
    with app.app_context():
        factories.people()
        factories.frame()
        made = factories.decided(factories.recommended(1_000_000_00))
        factories.told(made)
        yield made
        db.session.remove()


def decline(award_id: int, who: str = "demovik", why: str = WHY, at: datetime = AT, version: int = 1) -> None:
    person = factories.acting(who)
    with writing():
        actions.decline(award_id, why, by=person, at=at, version=version)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(Refused, match=words):
        yield


def test_the_money_is_back_in_the_frame_and_nothing_is_owed(award_id: int) -> None:
    decline(award_id)
    award = db.session.get_one(Award, award_id)
    assert (award.status, award.decline_reason, award.declined_at) == (Status.DECLINED, WHY, AT)
    assert ledger_of(award.case_id).committed_ore == 0
    assert verify(AT) == 1
    assert payable_rows.wrong() == []
    assert expect_reports(AT) == 0
    assert db.session.scalar(sa.select(Report.id)) is None
    assert db.session.get_one(Case, award.case_id).due_on is None
    late = AT + timedelta(days=30)
    assert jobs.remind_acceptance(late) == 0
    with refused("Takket nei|Status er"):
        factories.accepted(award_id)
    with refused("Status er"):
        decline(award_id, version=2)


def test_those_concerned_are_told(award_id: int) -> None:
    decline(award_id)
    receipt, word = by_key(f"declined:{award_id}"), by_key(f"declined:{award_id}:officer")
    assert receipt is not None and WHY in receipt.body and "skal ikke rapportere" in receipt.body
    assert word is not None and (word.address, word.case_id) == ("officer1@example.invalid", None)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "award.decline")).one()
    assert (entry.facts["reason"], entry.by_name) == (WHY, "Tor Demo")
    assert awards(2025) == []


def test_it_is_never_too_late_to_say_no_and_never_before_one_is_told(app: Flask) -> None:
    with app.app_context():
        factories.people()
        factories.frame()
        award_id = factories.decided(factories.recommended())
        with refused("ikke sendt ennå"):
            decline(award_id)
        factories.told(award_id)
        decline(award_id, at=AT + timedelta(days=60))
        assert db.session.get_one(Award, award_id).status is Status.DECLINED
        db.session.remove()


@pytest.mark.parametrize("person", ["bergen", "officer1", "decider", "gp1"])
def test_only_the_recipients_own_signer_says_no(award_id: int, person: str) -> None:
    with refused("ikke tilgang"):
        decline(award_id, person)
    assert judgement.why_not_decline(db.session.get_one(Award, award_id), factories.acting(person)) != []


def test_why_is_asked_for_and_an_accepted_grant_is_not_declined(award_id: int) -> None:
    with refused("Skriv hvorfor"):
        decline(award_id, why=" ")
    with pytest.raises(Stale):
        decline(award_id, version=2)
    factories.accepted(award_id)
    with refused("Status er"):
        decline(award_id, version=2)


def test_who_said_no_for_the_recipient_does_nothing_for_the_house_on_the_case(award_id: int) -> None:
    decline(award_id)
    case_id, signer = queries.case_of(award_id), factories.user("demovik").id
    for statement in (
        f"UPDATE case_file SET decided_by = {signer} WHERE id = {case_id}",
        f"INSERT INTO hand (kind, thing_id, hand, user_id, at, case_id) "
        f"VALUES ('case', {case_id}, 'assessed', {signer}, '2025-01-08 09:00:00+00:00', {case_id})",
    ):
        with pytest.raises(sa.exc.IntegrityError, match="opposing hand"), writing() as session:
            session.execute(sa.text(statement))
    with pytest.raises(Exception, match="declined_told"), writing() as session:
        session.execute(sa.text(f"UPDATE award SET status = 'awaiting' WHERE id = {award_id}"))
