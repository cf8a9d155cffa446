"""Whenever a page shows a step a person can take now, their home page has a task that leads there; in every room."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import app.desk
from app.access import actions as access
from app.awards.models import Award
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import OPEN, declared
from app.cases.workflow import Status
from app.compensation.models import Claim
from app.db import db, writing
from app.db.clock import now
from app.desk.queries import home as desk_home
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as OutgoingStatus
from app.payouts import actions as payouts
from app.payouts.domain import Owed
from app.payouts.models import Payable, PayoutList, Repayment
from app.payouts.workflow import QUEUES
from app.reports.models import Report
from app.rules import actions as rules
from app.rules import queries as rule_queries
from app.rules.domain import CallFacts, Words, from_data
from app.values.clock import local_date
from tests.client import Client, Page
from tests.factories import acting, user
from tests.features.desk.conftest import statements_of
from tests.features.test_steps_tell_the_truth import forms_of

People = Callable[[str], Client]
WHO = (
    "officer1", "officer2", "lead", "decider", "finance1", "finance2", "finance3", "archivist", "auditor", "admin",
    "admin2",
)  # fmt: skip
# Where what waits is done; what else a page offers (to take back, to stop, to register anew) is nobody's task.
STEPS = {
    "access": set(),
    "awards": {"decide", "lapse"},
    "budget": {"confirm"},
    "cases": {"settle", "declare_round"},
    "compensation": {"approve_agreement", "confirm_centrally", "approve", "release"},
    "dispatch": {"retry", "settle"},
    "people": {"confirm"},
    "payouts": {
        "attest", "approve", "new_list", "paid", "check_rejection", "control", "confirm_repayment", "register_back",
    },
    "reports": {"take", "conclude"},
    "summaries": {"approve"},
    "rules": {"approve", "publish", "publish_call"},
}  # fmt: skip

TASKS = {
    "officer1": {"Attester utbetalinger", "Kontroller krav", "Kontroller rapport", "Kunngjør utlysning",
                 "Lag innstilling", "Les svaret fra søkeren", "Rett og send på nytt", "Skriv ferdig leveransen",
                 "Ta saker som ingen har", "Vurder søknaden"},
    "officer2": {"Attester utbetalinger", "Kontroller krav", "Kontroller rapport", "Kunngjør utlysning",
                 "Lag innstilling", "Start vurderingen", "Ta saker som ingen har", "Vurder søknaden"},
    "lead": {"Attester utbetalinger", "Fordel saker som ingen har", "Kontroller krav", "Kunngjør utlysning",
             "Svar om du er habil"},
    "decider": {"Avgjør tvil om habilitet", "Bekreft fullmakter", "Bekreft krav om tilbakebetaling",
                "Godkjenn regelverk", "Godkjenn utbetalinger", "Kunngjør utlysning", "Vedta"},
    "finance1": {"Attester utbetalinger", "Kontroller avvisning fra banken", "Kontroller kontonumre",
                 "Registrer innbetaling"},
    "finance2": {"Attester utbetalinger", "Kontroller kontonumre", "Overfør utbetalinger", "Registrer innbetaling",
                 "Registrer utfallet av utbetalinger"},
    "archivist": {"Registrer søknader", "Rett og send på nytt"},
    "auditor": set(),
}  # fmt: skip


def test_every_room_that_tells_what_waits_is_asked() -> None:
    rooms = {path.parent.name for path in Path(app.desk.__path__[0]).parent.glob("*/waiting.py")}
    assert rooms == set(desk_home.WAITING_IN)


@pytest.fixture
def busy(season: Flask) -> Flask:
    """The season with something of each kind that waits: rules, a doubt, authority, debts, a failed letter."""
    with season.app_context():
        at, (officer, decider, lead, admin) = now(), map(acting, ("officer1", "decider", "lead", "admin"))
        today = local_date(at)
        with writing():
            _rules_and_call()
        with writing():
            open_case = db.session.scalars(sa.select(Case).where(Case.status == Status.ASSESSING)).first()
            assert open_case is not None
            cases.declare(open_case, Impartiality.IN_DOUBT, "Søsteren min er ansatt der.", by=lead, at=at)
            access.delegate_budget(
                user("lead"), given_by=user("head"), from_on=today, to_on=today + timedelta(days=90),
                limit_ore=1_000_00, reference="2025/1", by=admin, at=at,
            )  # fmt: skip
            letter = db.session.scalars(
                sa.select(Outgoing).join(Case, Case.id == Outgoing.case_id).where(Case.officer_id == officer.id)
            ).first()
            assert letter is not None
            letter.status, letter.last_error, letter.sent_at = OutgoingStatus.FAILED, "Adressen finnes ikke.", None
        for nr, confirmed in enumerate((False, True)):
            paid = sa.select(Case).where(Case.id.in_(sa.select(Payable.case_id).where(Payable.status == "paid")))
            case = db.session.scalars(paid.where(Case.id.in_(sa.select(Award.case_id))).order_by(Case.id)).all()[nr]
            for each in (officer, decider, acting("finance1")):
                if not declared([case.id], each.id):
                    with writing():
                        cases.declare(case, Impartiality.IMPARTIAL, "", by=each, at=at)
            with writing():
                claim = payouts.register_repayment(
                    case.id, Owed(100_00, today, f"2025/{nr}", "Ikke brukt."), by=officer, at=at
                )
            if confirmed:
                with writing():
                    payouts.confirm_repayment(claim.id, claim.version, by=decider, at=at)
        db.session.remove()
    return season


def _rules_and_call() -> None:
    at, officer = now(), acting("officer1")
    published = rule_queries.versions()[0]
    rules.draft_rules(published.pot, published.year, from_data(published.content), by=officer, at=at, source=published)
    day = local_date(at)
    words = Words("Ny utlysning", "Ny utlysing")
    facts = CallFacts(words, words, day, day + timedelta(days=30), day + timedelta(days=90))
    fitting = next(v for v in rule_queries.versions() if v.year == day.year and v.status.value == "published")
    rules.draft_call(fitting, facts, by=officer, at=at)


def pages() -> Iterator[tuple[str, int | None]]:
    """The address of each page that lists work, and who has the case where only they are to do it."""
    yield from ((f"/utbetalinger/ko/{queue}", None) for queue in QUEUES.values())
    yield from ((address, None) for address in ("/utbetalinger/kontonummer", "/fullmakter"))
    yield from ((f"/utbetalinger/lister/{n}", None) for n in db.session.scalars(sa.select(PayoutList.number)))
    # A line that waits inside the house is signed with its queue.
    rejected = sa.select(Payable.public_id).where(Payable.status == "rejected")
    yield from ((f"/utbetalinger/linje/{key}", None) for key in db.session.scalars(rejected))
    debts = sa.select(Case.number).join(Repayment, Repayment.case_id == Case.id)
    yield from ((f"/utbetalinger/tilbakebetaling/{number}", None) for number in db.session.scalars(debts))
    for version in rule_queries.versions():
        yield f"/regelverk/{version.pot.code}/{version.year}/{version.number}", None
    reports = sa.select(Case.number, Report.public_id, Case.officer_id).join(Report, Report.case_id == Case.id)
    yield from ((f"/saker/{number}/rapport/{key}", officer) for number, key, officer in db.session.execute(reports))
    yield from ((f"/krav/{key}", None) for key in db.session.scalars(sa.select(Claim.public_id)))
    failed = sa.select(Outgoing.public_id, Case.officer_id).outerjoin(Case, Case.id == Outgoing.case_id)
    failed = failed.where(Outgoing.status == OutgoingStatus.FAILED)
    yield from ((f"/utsendelser/{key}", officer) for key, officer in db.session.execute(failed))
    for number in db.session.scalars(sa.select(Case.number).where(Case.status.in_(OPEN))):
        yield f"/saker/{number}", None
        yield f"/saker/{number}/vedtak", None


def steps_on(app: Flask, page: Page) -> set[str]:
    """The addresses of what waits to be done on the page and is open: its buttons, and links to steps."""
    assert page.root is not None
    main = page.root.find(".//main")
    assert main is not None
    sent = {form.action or page.address for form in forms_of(page)}
    gets = (form for form in main.iter("form") if form.get("method") == "get")
    asked = {str(form.get("action")) for form in gets if any(b.get("disabled") is None for b in form.iter("button"))}
    links = {str(link.get("href")) for link in main.iter("a")}
    found = set()
    for address, method in [*((each, "POST") for each in sent), *((each, "GET") for each in asked | links)]:
        path = address.partition("?")[0].partition("#")[0]
        if not path.startswith("/"):
            continue
        try:
            endpoint, _ = app.url_map.bind("").match(path, method=method)
        except Exception:
            continue
        room, _, step = endpoint.partition(".")
        if step in STEPS.get(room, ()):
            found.add(path)
    return found


def test_an_open_step_is_a_task_that_leads_to_it(busy: Flask, season_client_for: People) -> None:
    lacking = [f"{who}, {each}" for who in WHO for each in lacking_of(busy, season_client_for(who), who)]
    assert not lacking, "\n".join(lacking)


def lacking_of(busy: Flask, client: Client, who: str) -> Iterator[str]:
    """Each page that shows this person an open step, where no task of theirs leads; the tasks are all followed."""
    with busy.app_context():
        asked, me = list(dict.fromkeys(pages())), user(who).id
        assesses = "officer" in who or who == "lead"
        db.session.remove()
    home = client.see("/personer" if who.startswith("admin") else "/mine-oppgaver")
    assert home.root is not None
    tasks_of = home.root.find(".//section[@id='oppgaver']")
    # Who has nothing to do has no table of it.
    place = tasks_of if tasks_of is not None else home.root.find(".//main")
    assert place is not None
    tasks = {str(link.get("href")).partition("?")[0] for link in place.iter("a")}
    for address, officer in asked:
        if assesses and officer not in (None, me):
            continue
        page = client.see(address)
        if page.status != 200:
            continue
        steps = steps_on(busy, page)
        if steps and not tasks & {*steps, address}:
            yield f"{address}: {sorted(steps)}"
    assert "Ingenting venter på deg nå." not in home.text or who == "auditor", who
    for href in tasks:
        assert client.see(href).status == 200, (who, href)


def test_each_is_asked_for_what_is_theirs(busy: Flask) -> None:
    with busy.app_context():
        at = now()
        for who, verbs in TASKS.items():
            actor = acting(who)
            assert {each.verb for each in desk_home.waiting(actor, at)[0]} == verbs, who
        db.session.remove()


@pytest.mark.parametrize("who", ["officer1", "lead", "decider", "finance1"])
def test_it_takes_few_statements_with_something_of_each_kind(busy: Flask, season_client_for: People, who: str) -> None:
    client = season_client_for(who)
    with statements_of(busy) as sent:
        assert client.see("/mine-oppgaver").status == 200
    assert len(sent) <= 22, [statement for statement, _ in sent]
