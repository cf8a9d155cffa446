"""A question nobody answered, and an officer or decider who has not answered for themselves: both have a way on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Actor
from app.applications.queries import answer_by, request
from app.assessments import actions
from app.assessments.waiting import waiting
from app.audit.models import AuditEntry
from app.cases.workflow import Status
from app.db import clock, db, writing
from app.flow import Refused
from app.rules.models import Call
from tests import factories, rounds
from tests.client import Client
from tests.factories import AT, acting
from tests.features.assessments.test_actions import call as call
from tests.features.assessments.test_actions import why
from tests.features.assessments.test_pages import made, stored

People = Callable[[str], Client]


def test_a_case_goes_on_unanswered_when_the_last_day_to_answer_is_past_and_not_before(call: Call) -> None:
    case, by = rounds.assessing(call), acting("officer1")
    with writing():
        asked = actions.ask_applicant(case.id, "Hvem leder?", date(2025, 1, 21), by=by, at=AT, version=case.version)
    day = AT + timedelta(days=1)

    def refused_on(at: datetime, who: Actor = by) -> list[str]:
        with pytest.raises(Refused) as refused, writing():
            actions.go_on(case.id, by=who, at=at, version=case.version)
        assert waiting(by, at) == []
        return [reason.text % reason.facts for reason in refused.value.reasons]

    # Nobody has been asked anything before the letter is sent, and the days are counted from then.
    assert refused_on(AT + timedelta(days=90)) == ["Brevet med spørsmålene er ikke sendt til søkeren ennå."]
    factories.letters_sent(day)
    due_on = answer_by(asked)
    assert due_on is not None and due_on > asked.due_on
    last = datetime.combine(due_on, time(12), UTC)
    assert refused_on(last) == [f"Fristen for å svare er {due_on}."]
    late = last + timedelta(days=1)
    assert [(task.verb, task.number, task.due_on) for task in waiting(by, late)] == [
        ("Gå videre uten svar fra søkeren", case.number, due_on)
    ]
    assert waiting(acting("officer2"), late) == []
    with pytest.raises(Refused) as undeclared, writing():
        actions.go_on(case.id, by=acting("officer2"), at=late, version=case.version)
    assert why(undeclared) == ["Du må først svare på om du er habil i saken."]
    with writing():
        actions.go_on(case.id, by=by, at=late, version=case.version)
    case = rounds.fresh(case)
    assert (case.status, waiting(by, late)) == (Status.REGISTERED, [])
    told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "case.go_on")).one()
    assert (told.by_id, told.facts["due_on"], told.case_id) == (by.id, due_on.isoformat(), case.id)
    with writing():
        actions.start(case.id, by=by, at=late, version=case.version)
    # A second question waits for its own answer, not for the one that never came.
    with writing():
        again = actions.ask_applicant(case.id, "Hvor?", date(2025, 4, 1), by=by, at=late, version=case.version)
    assert [each for each in (request(case.id),) if each] == [again]
    assert refused_on(late) == ["Brevet med spørsmålene er ikke sendt til søkeren ennå."]


def test_the_officer_is_told_when_an_unanswered_case_may_go_on_and_the_applicant_sees_that_it_did(
    app: Flask, client_for: People
) -> None:
    number = made(app, rounds.assessing)
    with app.app_context():
        with writing():
            clock.start_at(AT)
        db.session.remove()
    officer = client_for("officer1")
    ask = officer.see(f"/saker/{number}/sporsmal")
    page = ask.press("Send til søkeren", questions="Hvem leder?", due_on="21.01.2025")
    assert "Hvem leder?" in page.response.get_data(as_text=True) and "Ikke besvart" in page.text
    assert "Gå videre uten svar" in page.text and "Brevet med spørsmålene er ikke sendt til søkeren ennå." in page.text
    with app.app_context():
        factories.letters_sent(clock.now())
        db.session.remove()
    assert "Fristen for å svare er 21. januar 2025." in officer.see(f"/saker/{number}").text.replace("\u00a0", " ")
    assert "Gå videre uten svar" not in officer.see("/mine-oppgaver").text
    with app.app_context():
        with writing():
            clock.forward(timedelta(days=30))
        db.session.remove()
    home = officer.see("/mine-oppgaver")
    assert home.text.count("Gå videre uten svar fra søkeren") == 1
    done = officer.see(f"/saker/{number}").press(f"Gå videre uten svar – {number}")
    assert done.status == 200 and "uten svar fra søkeren" in done.text
    assert stored(app).status is Status.REGISTERED
    applicant = client_for("demovik").see(f"/vaar-side/sak/{stored(app).public_id}")
    assert "gikk videre uten svar" in applicant.text and "Ikke besvart" in applicant.text


def test_who_has_not_answered_is_led_to_the_answer_and_back(app: Flask, client_for: People) -> None:
    number = made(app, rounds.recommended)
    at = f"/saker/{number}/vedtak"
    page = client_for("decider").see(at)
    assert "Du må først svare på om du er habil" in page.text
    assert f"/saker/{number}/send-tilbake" not in page.links().values()
    answer = page.client.see(page.links()["Svar om habilitet"])
    back = answer.press("Lagre svaret", answer="impartial")
    assert (back.address, "Svar om habilitet" in back.links()) == (at, False)
    assert f"/saker/{number}/send-tilbake" in back.links().values()
