"""The control: take, ask, conclude; every closed step says why, and the ledger gets what was not used."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Role
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.queries import locked
from app.db import clock, db, writing
from app.dispatch.models import Outgoing
from app.flow import Refused
from app.reports import actions, judgement, queries
from app.reports.domain import Goal
from app.reports.models import Report
from app.reports.workflow import Status, Step
from app.rules.domain import ReportKind
from app.values.clock import local_date
from app.values.dates import format_date, format_short
from app.values.language import Language
from tests import factories, reporting
from tests.client import Client

Make = Callable[..., Any]
ClientFor = Callable[[str], Client]
NUMBER = "T25-0001"


def _address(make: Make, report_id: int) -> str:
    return f"/saker/{NUMBER}/rapport/{make(reporting.get, report_id).public_id}"


@pytest.fixture
def report(make: Make) -> int:
    return make(lambda: reporting.delivered(reporting.report_due(), used_ore=500_000_50))


@pytest.fixture
def taken(make: Make, report: int) -> int:
    return make(reporting.in_review, report)


def test_the_checks_are_told_in_words(make: Make, report: int, client_for: ClientFor) -> None:
    page = client_for("officer1").see(_address(make, report))
    assert page.status == 200
    assert "Rapporten kom innen fristen 1. april 2026." in page.text
    assert "99 999,50 kr av 600 000 kr er ikke brukt." in page.text
    assert "med forklaring" in page.text
    assert "Revisoruttalelsen er lagt ved." in page.text
    assert "Du må først svare på om du er habil i saken." in page.text


def test_whoever_delivered_a_report_does_not_take_it_for_control(make: Make, report: int, app: Flask) -> None:
    with app.app_context():
        moved = replace(factories.acting("demovik"), roles=frozenset({Role.OFFICER}), memberships=frozenset())
        with writing():
            it = queries.locked(report)
            cases.declare(locked(it.case_id), Impartiality.IMPARTIAL, "", by=moved, at=reporting.IN_TIME)
        with pytest.raises(Refused, match="levert denne selv"), writing():
            actions.take(report, by=moved, at=reporting.IN_TIME, version=it.version)
        db.session.remove()


def test_a_report_is_taken_and_approved_with_its_conclusion(
    make: Make, report: int, client_for: ClientFor, app: Flask
) -> None:
    make(reporting.in_review, report)
    page = client_for("officer1").see(_address(make, report))
    done = page.press("Godkjenn rapporten", conclusion="partly", reason="To av tre enheter er i gang.")
    assert done.status == 200
    stored = make(reporting.get, report)
    assert (stored.status, stored.conclusion) == (Status.APPROVED, Goal.PARTLY)
    assert make(reporting.unused_in_ledger, stored.case_id) == 99_999_50
    with app.app_context():
        notices = db.session.scalars(sa.select(Outgoing.kind).order_by(Outgoing.id)).all()
    assert [kind for kind in notices if kind.startswith("report_")] == ["report_delivered", "report_settled"]


@pytest.mark.parametrize("given", [{"conclusion": "", "reason": "Fint"}, {"conclusion": "reached", "reason": "  "}])
def test_no_report_is_settled_without_conclusion_and_reason(
    make: Make, taken: int, client_for: ClientFor, given: dict[str, str]
) -> None:
    page = client_for("officer1").see(_address(make, taken)).press("Godkjenn rapporten", **given)
    assert page.status == 422
    assert page.form("Godkjenn rapporten").fields()["conclusion"] == [given["conclusion"]]
    assert make(reporting.get, taken).status is Status.IN_REVIEW


def test_the_action_refuses_it_too_and_so_does_the_database(make: Make, taken: int, app: Flask) -> None:
    def approve() -> None:
        person = factories.acting("officer1")
        with writing():
            version = queries.locked(taken).version
            actions.approve(taken, None, "", by=person, at=reporting.IN_TIME, version=version)

    with pytest.raises(Refused):
        make(approve)
    with app.app_context(), pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.execute(sa.text("UPDATE report SET status = 'approved' WHERE id = :id"), {"id": taken})


def test_what_is_missing_goes_back_with_a_deadline_and_is_delivered_again(
    make: Make, taken: int, client_for: ClientFor
) -> None:
    officer = client_for("officer1")
    asking = officer.see(_address(make, taken) + "/mangler")
    assert asking.press("Be om det som mangler", lacking="", by_on="01.01.2020").status == 422
    soon = local_date(make(clock.now)) + timedelta(days=30)
    asked = {"lacking": "Bilag for kursene <b>2025</b>.", "by_on": format_short(soon)}
    slip = asking.press("Be om det som mangler", **asked | {"by_on": "31.12.2199"})
    assert slip.status == 422 and "Datoen kan ikke være etter" in slip.text
    page = asking.press("Be om det som mangler", **asked)
    assert page.status == 200
    stored = make(reporting.get, taken)
    assert (stored.status, stored.lacking_by_on) == (Status.LACKING, soon)
    own = client_for("demovik").see(f"/vaar-side/rapporter/{stored.public_id}")
    assert "Dette mangler" in own.text
    assert "Fristen løper fra da" in officer.see(_address(make, taken)).text, "nobody is told yet"
    late = make(clock.now) + timedelta(days=30)
    make(lambda: factories.letters_sent(late))
    told = make(lambda: queries.act_by([reporting.get(taken)])[taken])
    assert told >= stored.lacking_by_on + timedelta(days=30), "as many days later as the word of it was"
    assert format_date(told, Language.NB) in client_for("demovik").see(f"/vaar-side/rapporter/{stored.public_id}").text
    assert "Fristen løper" not in officer.see(_address(make, taken)).text
    make(reporting.delivered, taken, at=reporting.day("2026-05-01"))
    again = make(reporting.get, taken)
    assert again.status is Status.DELIVERED
    assert not again.late, "the first delivery was in time"


def test_a_rejected_report_posts_nothing(make: Make, taken: int, client_for: ClientFor) -> None:
    page = client_for("officer1").see(_address(make, taken))
    page.press("Underkjenn rapporten", conclusion="not_reached", reason="Ingen bilag.")
    stored = make(reporting.get, taken)
    assert stored.status is Status.NOT_APPROVED
    assert make(reporting.unused_in_ledger, stored.case_id) == 0
    make(factories.recommended, number="T25-0002")
    assert "En rapport i sak T25-0001 er underkjent." in client_for("officer1").see("/saker/T25-0002").text


def test_an_approval_seen_too_late_is_stale(make: Make, taken: int, client_for: ClientFor) -> None:
    page = client_for("officer1").see(_address(make, taken))
    data = {"conclusion": "reached", "reason": "Alt stemmer."}
    assert page.press("Godkjenn rapporten", **data).status == 200
    assert page.press("Godkjenn rapporten", **data).status == 409
    case_id = make(reporting.get, taken).case_id
    assert make(reporting.unused_in_ledger, case_id) == 99_999_50


def test_an_officer_who_has_not_declared_may_not_take_it(make: Make, report: int, client_for: ClientFor) -> None:
    page = client_for("officer2").see(_address(make, report))
    assert "Kontroller rapporten" not in page.buttons()
    version = make(reporting.get, report).version
    assert client_for("officer2").see("/rapporter").status == 200
    client = client_for("officer2")
    client.see("/rapporter")
    assert client.post(_address(make, report) + "/ta", data={"version": version}).status_code == 409


def test_a_reader_sees_and_does_not_act(make: Make, taken: int, client_for: ClientFor) -> None:
    auditor = client_for("auditor")
    page = auditor.see(_address(make, taken))
    assert "Godkjenn rapporten" not in page.buttons()
    assert auditor.post(_address(make, taken) + "/konklusjon", data={}).status_code == 403


def test_the_recipient_has_no_way_to_the_control(make: Make, report: int, client_for: ClientFor) -> None:
    assert client_for("demovik").see(_address(make, report)).status == 403


def test_offers_follow_the_report(make: Make, app: Flask) -> None:
    report = make(reporting.report_due)

    def offers(username: str) -> list[tuple[str, bool]]:
        person = factories.acting(username)
        with writing():
            case = locked(db.session.get_one(Report, report).case_id)
        found = judgement.offers(case, person, reporting.IN_TIME)
        return [(offer.step.value, offer.is_open) for offer in found]

    assert make(offers, "demovik") == [(Step.START, True), (Step.START, True)]
    assert make(offers, "bergen") == []
    assert make(offers, "officer1") == []
    make(reporting.delivered, report)
    # Closed until impartiality is declared.
    assert make(offers, "officer1") == [(Step.TAKE, False)]
    make(reporting.in_review, report)
    assert (Step.APPROVE, True) in make(offers, "officer1")
    assert (Step.APPROVE, False) in make(offers, "officer2")
    assert make(offers, "finance1") == []


def test_a_status_report_posts_no_unused_money(make: Make) -> None:
    report = make(reporting.report_due, ReportKind.STATUS)
    make(reporting.delivered, report, used_ore=100)
    make(reporting.in_review, report)
    make(reporting.approved, report)
    assert make(reporting.unused_in_ledger, make(reporting.get, report).case_id) == 0


def test_no_answer_approves_but_the_one_that_says_so(make: Make, taken: int, app: Flask, client_for: ClientFor) -> None:
    client, address = client_for("officer1"), _address(make, taken)
    version = client.see(address).form("Godkjenn rapporten").fields()["version"][0]
    typed = {"version": version, "conclusion": "reached", "reason": "Tallene stemmer."}
    pressed: tuple[dict[str, str], ...] = ({}, {"step": "godkjenn"}, {"step": ""})
    for answer in pressed:
        page = client.send(f"{address}/konklusjon", {**typed, **answer})
        assert page.status == 422, answer
        assert "Vi vet ikke hva du valgte." in page.text
    with app.app_context():
        assert reporting.get(taken).conclusion is None
