"""The case page: what it shows to whom, and what it costs the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import actions as applications
from app.assessments import actions as assessing
from app.audit.models import AuditEntry
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import OPEN
from app.cases.workflow import Status
from app.db import db, writing
from app.reports.models import Report
from tests import factories, rounds
from tests.bench.load import load
from tests.client import Client
from tests.features.desk.conftest import statements_of
from tests.page_contract import words_of
from tests.remembered import remembered

People = Callable[[str], Client]
Fill = Callable[[int], Flask]


@remembered
def one_recommended() -> None:
    """The people, and a case that waits for its decision."""
    factories.people()
    factories.recommended()


@pytest.fixture
def recommended(app: Flask) -> str:
    """A case that waits for its decision; gives its number."""
    with app.app_context():
        one_recommended()
        db.session.remove()
    return "T25-0001"


def test_a_scheme_in_a_year_has_one_name_on_every_page_of_the_case(recommended: str, client_for: People) -> None:
    client = client_for("officer1")
    for page in ("", "/vedtak", "/vurdering", "/habilitet"):
        shown = client.see(f"/saker/{recommended}{page}").text
        assert "Helseteknologi 2025" in shown and "HTO 2025" not in shown, page
        assert "Helseteknologiordningen 2025" not in shown, page


def test_number_party_and_status_are_told_once(recommended: str, client_for: People) -> None:
    page = client_for("officer1").see(f"/saker/{recommended}")
    assert page.h1 == "T25-0001 · Demovik kommune"
    assert page.root is not None
    main = page.root.find(".//main")
    assert main is not None
    seen = words_of(main)
    assert seen.count("Demovik kommune") == 1 and seen.count("T25-0001 ·") == 1
    assert seen.count("Innstilt Helseteknologi") == 1 and seen.count("SaksbehandlerKari Demo") == 1


def test_a_tab_stands_there_when_it_has_something_and_the_reader_may_read_it(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        factories.frame()
        factories.payable()
        db.session.remove()

    def tabs(who: str) -> list[str]:
        root = client_for(who).see("/saker/T25-0001").root
        assert root is not None
        nav = next(each for each in root.iter("nav") if each.get("class") == "t-tabs")
        return [words_of(a) for a in nav.iter("a")]

    assert tabs("officer1") == ["Oversikt", "Søknad", "Vurdering", "Vedtak og brev", "Utbetalinger", "Hendelser"]
    assert "Vurdering" not in tabs("finance1") and "Utbetalinger" in tabs("finance1")
    assert "Vurdering" not in tabs("archivist") and "Utbetalinger" not in tabs("archivist")
    assert client_for("archivist").see("/saker/T25-0001/utbetalinger").status == 403
    assert client_for("archivist").see("/saker/T25-0001/vurderinger").status == 403


def test_correcting_the_title_is_never_named_as_the_next_step(recommended: str, client_for: People) -> None:
    for who in ("officer1", "officer2", "lead", "decider"):
        page = client_for(who).see(f"/saker/{recommended}")
        assert "Neste: Rett" not in page.text
        assert page.root is not None
        first = page.root.find(".//div[@class='t-buttons']//*[@data-variant='primary']")
        assert first is None or "prosjektnavn" not in words_of(first)


@pytest.mark.parametrize("username", ["officer1", "finance1", "bergen", "gp1", "area-nordland", "admin"])
def test_the_name_of_the_house_leads_everybody_where_their_day_starts(
    recommended: str, client_for: People, username: str
) -> None:
    page = client_for(username).see("/ordninger")
    brand = page.root.find(".//a[@class='t-brand']")  # type: ignore[union-attr]
    assert brand is not None
    assert page.client.see(str(brand.get("href"))).status == 200


def test_a_closed_step_says_why_and_who_can_open_it(recommended: str, client_for: People) -> None:
    text = client_for("finance1").see(f"/saker/{recommended}").text
    assert "Kan ikke gjøres ennå:" in text


@pytest.mark.parametrize("username", ["bergen", "demovik", "gp1", "area-nordland", "admin"])
def test_others_do_not_reach_a_case(recommended: str, client_for: People, username: str) -> None:
    assert client_for(username).see(f"/saker/{recommended}").status == 403


def test_a_number_nobody_has_is_not_found(recommended: str, client_for: People) -> None:
    assert client_for("officer1").see("/saker/T25-9999").status == 404


def test_the_way_back_is_the_list_as_it_was_left(recommended: str, client_for: People) -> None:
    client = client_for("officer1")
    client.see("/saker?sorter=soker&hos=meg")
    texts = [a.get("href") for a in client.see(f"/saker/{recommended}").root.iter("a")]  # type: ignore[union-attr]
    assert "/saker?sorter=soker&hos=meg" in texts


def _more_of_everything(case_id: int) -> None:
    """Sixty more events on the case and fifty more cases of its applicant."""
    with writing() as session:
        case = session.get_one(Case, case_id)
        columns = {c.name: getattr(case, c.name) for c in Case.__table__.columns}
        for nr in range(50):
            other = {**columns, "id": 10_000 + nr, "number": f"X24-{nr:04d}", "public_id": f"more-{nr}", "year": 2024}
            session.execute(sa.insert(Case.__table__).values(**other))  # type: ignore[arg-type]
        for nr in range(60):
            session.add(
                AuditEntry(
                    stream=f"case:{case_id}", seq=1000 + nr, at=datetime(2025, 2, 1, tzinfo=UTC), by_id=1,
                    by_name="Kari Demo", event="case.assigned", facts={"officer": "Ola Demo"}, seal="x",
                    case_id=case_id,
                )
            )  # fmt: skip


TABS = ("", "/soknad", "/vurderinger", "/vedtak-og-brev", "/utbetalinger", "/rapporter", "/dokumenter", "/hendelser")
MOST = {"/soknad": 11}


@pytest.mark.parametrize("username", ["officer1", "lead", "decider", "finance1"])
def test_the_page_takes_as_many_statements_whatever_hangs_on_the_case(
    app: Flask, client_for: People, username: str
) -> None:
    with app.app_context():
        load(40)
        picked = {}
        for status in Status:
            case = db.session.scalar(sa.select(Case).where(Case.status == status).limit(1))
            if case is not None:
                picked[status] = (case.id, case.number)
        db.session.remove()
    client, before = client_for(username), {}
    for status, (_, number) in picked.items():
        for tab in TABS:
            with statements_of(app) as sent:
                assert client.see(f"/saker/{number}{tab}").status in (200, 403)
            before[status, tab] = len(sent)
            assert len(sent) <= MOST.get(tab, 10), (status, tab, [statement for statement, _ in sent])
    with app.app_context():
        _more_of_everything(picked[Status.ASSESSING][0])
    for tab in ("", "/hendelser"):
        with statements_of(app) as sent:
            client.see(f"/saker/{picked[Status.ASSESSING][1]}{tab}")
        assert len(sent) == before[Status.ASSESSING, tab]


def test_the_timeline_is_told_in_words(filled: Fill, client_for: People) -> None:
    app = filled(10)
    with app.app_context():
        number = db.session.scalar(sa.select(Case.number).where(Case.id == 3))
    page = client_for("officer1").see(f"/saker/{number}/hendelser")
    body = page.response.get_data(as_text=True)
    assert "Kari Demo tok saken" in body
    assert "svarte på habilitet: Jeg er habil" in body


def test_a_decided_case_tells_who_has_it_now_and_no_deadline_that_is_over(
    season: Flask, season_client_for: People
) -> None:
    with season.app_context():
        decided = sa.select(Case.number, Case.due_on).where(Case.status.not_in((*OPEN, Status.DRAFT)))
        cases = db.session.execute(decided).all()
        db.session.remove()
    client, leads = season_client_for("officer2"), []
    for number, _ in cases:
        page = client.see(f"/saker/{number}")
        assert page.status == 200 and page.root is not None
        side = page.root.find(".//div[@class='t-side']")
        assert side is not None
        leads.append(words_of(side))
        assert "Neste:" not in leads[-1] and "dager over fristen" not in leads[-1], leads[-1]
    for told in (
        "aksepterer tilskuddet.",
        "Frister Svar på tilskuddet ",
        "Venter på rapport fra mottakeren: Årsrapport 2024.",
        "Frister Årsrapport 2024 ",
        "Utbetalingen",
        "avsluttes",
    ):
        assert any(told in lead for lead in leads), (told, leads)


def test_a_doubt_told_after_the_decision_is_settled_from_the_case(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        factories.frame()
        line = factories.payable()
        with writing():
            case = db.session.get_one(Case, line.case_id)
            cases.declare(case, Impartiality.IN_DOUBT, "Fetter", by=factories.acting("lead"), at=factories.AT)
        db.session.remove()
    assert "Avgjør habilitet" in client_for("decider").see("/saker/T25-0001").links()
    assert "Avgjør habilitet" not in client_for("officer2").see("/saker/T25-0001").links()


def a_way_to_answer(client: Client, address: str) -> bool:
    """The page says that one must answer first, and where."""
    page = client.see(address)
    assert "Du må først svare på om du er habil" in page.text, address
    return any(to.startswith(f"/saker/{address.split('/')[2]}/habilitet") for to in page.links().values())


def test_where_one_must_answer_on_impartiality_first_there_is_a_way_to_it(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        number = rounds.recommended(rounds.published_call()).number
        db.session.remove()
    for address in (f"/saker/{number}", f"/saker/{number}/vedtak"):
        assert a_way_to_answer(client_for("decider"), address), address


def test_on_a_report_there_is_too(season: Flask, season_client_for: People) -> None:
    with season.app_context():
        reports = sa.select(Case.number, Report.public_id).join(Report, Report.case_id == Case.id)
        number, key = db.session.execute(reports.where(Report.status.in_(("delivered", "in_review")))).first() or (
            "",
            "",
        )
        db.session.remove()
    assert a_way_to_answer(season_client_for("lead"), f"/saker/{number}/rapport/{key}")


def test_an_answer_is_read_on_the_case_and_its_task_leads_to_it(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        case = rounds.assessing(rounds.published_call())
        with writing():
            assessing.ask_applicant(
                case.id, "Hvem leder?", date(2025, 3, 3), by=factories.acting("officer1"), at=factories.AT,
                version=case.version,
            )  # fmt: skip
        factories.letters_sent(factories.AT)
        number, version = rounds.fresh(case).number, rounds.fresh(case).version
        db.session.remove()
    officer = client_for("officer1")
    waiting = officer.see(f"/saker/{number}").text
    assert "Venter på svar fra søkeren." in waiting and "Svar fra søkeren" in waiting
    with app.app_context():
        with writing():
            applications.answer_request(
                case.id, "Kari leder.", version=version, by=factories.acting("demovik"), at=factories.AT
            )
        db.session.remove()
    address = officer.see("/mine-oppgaver").links()[f"Les svaret fra søkeren – {number}"]
    assert address == f"/saker/{number}#sporsmal"
    assert "Kari leder." in officer.see(address.partition("#")[0]).response.get_data(as_text=True)
