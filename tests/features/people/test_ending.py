"""Ending a person: the door is closed and the open cases go on, in one transaction, each told in its own record."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Role
from app.audit.models import AuditEntry
from app.audit.verify import faults
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import held_numbers
from app.db import db, writing
from app.flow import Refused
from app.people import actions
from app.reports.workflow import Status as ReportStatus
from tests import factories, reporting
from tests.client import Client
from tests.factories import AT


@pytest.fixture
def three(app: Flask) -> object:
    """Three cases of officer1; officer2 has a tie to one and doubts another."""
    with app.app_context():
        factories.people()
        ids = [factories.recommended(number=f"T25-000{n}") for n in (1, 2, 3)]
        other = factories.acting("officer2")
        for case_id, answer in zip(ids, (Impartiality.PARTIAL, Impartiality.IN_DOUBT), strict=False):
            with writing() as session:
                cases.declare(session.get_one(Case, case_id), answer, "gift med søkeren", by=other, at=AT)
        yield ids
        db.session.remove()


def end(username: str, receiver: str | None) -> object:
    receiver_id = factories.user(receiver).id if receiver else None
    leaver = factories.user(username).id
    with writing():
        return actions.end_person(leaver, receiver_id, by=factories.acting("admin"), at=AT)


def test_cases_go_to_the_colleague_but_not_where_they_have_told_of_a_tie(three: list[int]) -> None:
    ended = end("officer1", "officer2")
    assert (ended.given, ended.left) == (1, 2)  # type: ignore[attr-defined]
    held = db.session.execute(sa.select(Case.officer_id, Case.officer_name).order_by(Case.id)).all()
    assert held == [(None, ""), (None, ""), (factories.user("officer2").id, "Ola Demo")]
    events = sa.select(AuditEntry.case_id, AuditEntry.event, AuditEntry.by_name).where(
        AuditEntry.event.in_(("case.handed_over", "case.left"))
    )
    told = db.session.execute(events.order_by(AuditEntry.case_id)).all()
    assert told == [(three[0], "case.left", "Odd Demo"), (three[1], "case.left", "Odd Demo"),
                    (three[2], "case.handed_over", "Odd Demo")]  # fmt: skip
    assert not factories.user("officer1").active
    assert list(faults()) == []


def test_who_may_handle_cases_no_more_has_none(three: list[int]) -> None:
    officer, admin = factories.user("officer1"), factories.acting("admin")
    with writing():
        actions.give_role(officer.id, Role.LEAD, by=admin, at=AT)
    with writing():
        assert actions.take_role(officer.id, Role.LEAD, by=admin, at=AT).left == 0
    with writing():
        assert actions.take_role(officer.id, Role.OFFICER, by=admin, at=AT).left == 3
    assert held_numbers(officer.id) == []


def test_a_report_under_control_is_gone_on_with_by_a_colleague(app: Flask, client_for: Callable[[str], Client]) -> None:
    """Nobody has a report for themselves: it follows the case, and whoever the lead gives that to finds it."""
    with app.app_context():
        factories.people()
        factories.frame()
        report_id = reporting.in_review(reporting.delivered(reporting.report_due()))
        end("officer1", None)
        other = factories.acting("officer2")
        with writing() as session:
            case = session.get_one(Case, reporting.get(report_id).case_id)
            lead, officer = factories.acting("lead"), factories.user("officer2")
            for person in (other, lead):
                cases.declare(case, Impartiality.IMPARTIAL, "", by=person, at=reporting.IN_TIME)
            cases.assign(case, officer, by=lead, at=reporting.IN_TIME, version=case.version)
        db.session.remove()
    assert "Kontroller rapport" in client_for("officer2").see("/mine-oppgaver").text
    with app.app_context():
        reporting.approved(report_id, officer="officer2")
        assert reporting.get(report_id).status is ReportStatus.APPROVED
        db.session.remove()


def test_to_nobody_means_that_the_lead_distributes(three: list[int]) -> None:
    end("officer1", None)
    assert db.session.scalars(sa.select(Case.officer_id)).all() == [None, None, None]
    lead, receiver = factories.acting("lead"), factories.user("lead")
    with writing() as session:
        case = session.get_one(Case, three[0])
        cases.assign(case, receiver, by=lead, at=AT, version=case.version)
    assert held_numbers(receiver.id) == ["T25-0001"]


@pytest.mark.parametrize("receiver", ["finance1", "bergen", "officer1"])
def test_nothing_is_ended_when_the_cases_cannot_go_where_they_were_sent(three: list[int], receiver: str) -> None:
    with pytest.raises(Refused, match="kan ikke overta saker"):
        end("officer1", receiver)
    db.session.rollback()
    assert factories.user("officer1").active
    assert held_numbers(factories.user("officer1").id) == ["T25-0001", "T25-0002", "T25-0003"]
