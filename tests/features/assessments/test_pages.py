"""The pages of assessing, as an officer, the lead and the decider use them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.assessments import actions
from app.assessments.domain import BackCause
from app.assessments.models import Assessment, Recommendation
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db, writing
from tests import factories, rounds
from tests.client import Client
from tests.factories import AT

People = Callable[[str], Client]
FILLED = {
    "met_applicant": "yes",
    "met_anchored": "yes",
    "points_relevance": "4",
    "why_relevance": "Treffer formålet.",
    "points_benefit": "3",
    "why_benefit": "God nytte.",
    "cut_1": "500 000,50",
    "cutwhy_1": "Høyere enn i lignende prosjekter.",
}


def made(app: Flask, make: Callable[..., Case], **facts: str) -> str:
    """A case made by this builder; gives its number."""
    with app.app_context():
        factories.people()
        number = make(rounds.published_call(), **facts).number
        db.session.remove()
        assert number is not None
        return number


def stored(app: Flask) -> Case:
    with app.app_context():
        found = db.session.scalars(sa.select(Case)).one()
        db.session.remove()
        return found


def test_an_officer_assesses_and_recommends_and_types_nothing_twice(app: Flask, client_for: People) -> None:
    number = made(app, rounds.assessing)
    officer = client_for("officer1")
    page = officer.see(f"/saker/{number}/vurdering")
    assert page.h1 == "Vurdering: Demovik kommune"
    assert "Færre feil i medisineringen." in page.response.get_data(as_text=True)
    page = page.press("Ferdig vurdert", **FILLED)
    assert page.status == 200
    assert "Poengsum: 3,60" in page.text and "900 000,50 kr" in page.text
    page = officer.see(f"/saker/{number}/innstilling")
    assert "Skriv på bokmål – språket i søknaden." in page.text
    text = " ".join(page.text.split())
    assert "Plass 1 av 1 i rangeringen, med poengsum 3,60 av 5,00." in text
    assert "Igjen av rammen før denne30 000 000 kr" in text and "Igjen etter denne29 099 999,50 kr" in text
    assert page.form("Lag innstilling").fields()["outcome"] == ["grant_part"]
    reasons = page.form("Lag innstilling").fields()["reasons"][0]
    assert reasons == "Søknaden oppfyller kriteriene godt.\nHøyere enn i lignende prosjekter."
    page = page.press("Forhåndsvis", own_conditions="Del erfaringene.")
    assert "Dette går til den som vedtar" in page.text and page.status == 200
    page.press("Lag innstilling")
    assert stored(app).status is Status.RECOMMENDED
    with app.app_context():
        rec = db.session.scalars(sa.select(Recommendation)).one()
        assert (rec.amount_ore, rec.conditions) == (900_000_50, ["Dere rapporterer innen fristen.", "Del erfaringene."])


def test_nothing_is_chosen_beforehand_where_the_frame_is_used_up_before(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        number = rounds.assessing(rounds.published_call(frame_ore=500_000_00)).number
        db.session.remove()
    officer = client_for("officer1")
    officer.see(f"/saker/{number}/vurdering").press("Ferdig vurdert", **FILLED)
    page = officer.see(f"/saker/{number}/innstilling")
    text = " ".join(page.text.split())
    assert "Igjen etter denne−400 000,50 kr" in text and "Rammen holder ikke til denne" in text
    assert "outcome" not in page.form("Lag innstilling").fields()
    page = page.press("Lag innstilling", outcome="grant_part")
    assert page.status == 200 and stored(app).status is Status.RECOMMENDED


def test_what_is_not_ticked_is_not_proposed_and_stays_out_when_it_is_recommended_again(
    app: Flask, client_for: People
) -> None:
    number = made(app, rounds.assessing)
    officer = client_for("officer1")
    officer.see(f"/saker/{number}/vurdering").press("Ferdig vurdert", **FILLED)
    page = officer.see(f"/saker/{number}/innstilling")
    assert page.form("Lag innstilling").fields()["conditions"] == ["0"]
    none = page.press("Lag innstilling", conditions=[])
    assert none.status == 422 and "Velg eller skriv minst ett vilkår." in none.text
    page.press("Lag innstilling", conditions=[], own_conditions="Del erfaringene.\nDel erfaringene.")
    with app.app_context():
        assert db.session.scalars(sa.select(Recommendation.conditions)).one() == ["Del erfaringene."]
        db.session.remove()
    officer.see(f"/saker/{number}").press(f"Trekk innstillingen tilbake – {number}")
    fields = officer.see(f"/saker/{number}/innstilling").form("Lag innstilling").fields()
    assert (fields.get("conditions", []), fields["own_conditions"]) == ([], ["Del erfaringene."])


def test_a_half_sheet_is_kept_and_told_what_is_missing(app: Flask, client_for: People) -> None:
    number = made(app, rounds.assessing)
    page = client_for("officer1").see(f"/saker/{number}/vurdering")
    page = page.press("Ferdig vurdert", why_relevance="Bare dette.")
    assert page.status == 422
    assert "Formelt krav uten svar: punkt 2.1." in page.text
    assert page.form("Ferdig vurdert").fields()["why_relevance"] == ["Bare dette."]
    page = page.press("Ferdig vurdert", **FILLED)
    assert page.status == 200 and "Ferdig vurdert" in page.text


@pytest.mark.parametrize("typed", ["-5", "1,250", "mye", "700 000", ""])
def test_a_bad_amount_keeps_everything_typed(app: Flask, client_for: People, typed: str) -> None:
    number = made(app, rounds.assessing)
    page = client_for("officer1").see(f"/saker/{number}/vurdering")
    page = page.press("Lagre", cut_1=typed, why_relevance="<b>Ord</b>")
    assert page.status == 422
    fields = page.form("Lagre").fields()
    assert fields["cut_1"] == [typed] and fields["why_relevance"] == ["<b>Ord</b>"]


def test_two_windows_show_both_and_lose_nothing(app: Flask, client_for: People) -> None:
    number = made(app, rounds.assessing)
    officer = client_for("officer1")
    old = officer.see(f"/saker/{number}/vurdering")
    officer.see(f"/saker/{number}/vurdering").press("Lagre", why_relevance="Fra det andre vinduet")
    page = old.press("Lagre", why_relevance="Fra dette vinduet")
    assert page.status == 409
    assert "To utgaver av vurderingen" in page.text
    body = page.response.get_data(as_text=True)
    assert "Fra det andre vinduet" in body
    assert page.form("Lagre").fields()["why_relevance"] == ["Fra dette vinduet"]
    assert page.press("Lagre").status == 200


def test_the_page_is_closed_until_impartiality_is_answered_and_when_partial(app: Flask, client_for: People) -> None:
    number = made(app, rounds.assessing)
    other = client_for("officer2")
    page = other.see(f"/saker/{number}/vurdering")
    assert "Ferdig vurdert" not in page.buttons()
    again = page.press("Lagre svaret", answer="partial")
    assert again.status == 422 and "Skriv kort hvorfor." in again.text
    page = page.press("Lagre svaret", answer="partial", reason="Svoger til rådmannen")
    assert page.address == f"/saker/{number}/vurdering"
    assert "Du er inhabil i saken." in page.text and "Ferdig vurdert" not in page.buttons()
    forced = other.send(f"/saker/{number}/vurdering", {**FILLED, "version": "0", "cut_2": "400000", "do": "save"})
    assert forced.status == 409
    with app.app_context():
        assert not db.session.scalars(sa.select(Assessment)).all()


def test_the_other_assessor_is_seen_only_when_one_is_finished(app: Flask, client_for: People) -> None:
    number = made(app, lambda call, **facts: rounds.assessed(call, **facts)[0])
    with app.app_context():
        case = db.session.scalars(sa.select(Case)).one()
        with writing():
            rounds.impartial(case, "officer2")
    second = client_for("officer2")
    page = second.see(f"/saker/{number}/vurdering")
    assert "Kari Demo har vurdert. Du ser det når du er ferdig." in page.text and "4,00" not in page.text
    page = page.press("Ferdig vurdert", **FILLED)
    assert "Kari Demo har vurdert: 4,00 poeng" in page.text


@pytest.mark.parametrize(
    ("username", "address", "status"),
    [
        ("demovik", "vurdering", 403),
        ("decider", "innstilling", 403),
        ("officer1", "send-tilbake", 403),
        ("finance1", "innstilling", 403),
        ("officer1", "fordel", 403),
    ],
)
def test_pages_are_closed_to_the_wrong_role(
    app: Flask, client_for: People, username: str, address: str, status: int
) -> None:
    number = made(app, rounds.recommended)
    assert client_for(username).see(f"/saker/{number}/{address}").status == status
    assert client_for("officer1").see("/saker/T25-9999/vurdering").status == 404


def test_a_sent_back_case_shows_its_cause_on_top_and_in_the_list(app: Flask, client_for: People) -> None:
    number = made(app, rounds.recommended)
    with app.app_context(), writing():
        rounds.impartial(db.session.scalars(sa.select(Case)).one(), "decider")
    client_for("decider").see(f"/saker/{number}/send-tilbake").press(
        "Send tilbake", cause="amount", words="Kutt reiser."
    )
    officer = client_for("officer1")
    for address in (f"/saker/{number}/vurdering", f"/saker/{number}/innstilling", "/fordeling"):
        assert "Sendt tilbake: Beløpet må vurderes på nytt" in officer.see(address).text
    page = officer.see(f"/saker/{number}/vurdering").press("Endre vurderingen")
    assert "Ferdig vurdert" in page.buttons()


def test_questions_are_asked_in_the_language_that_is_told(app: Flask, client_for: People) -> None:
    number = made(app, rounds.assessing, orgnr="312999013")
    page = client_for("officer1").see(f"/saker/{number}/sporsmal")
    assert "Skriv på nynorsk – språkvedtak." in page.text
    refused = page.press("Send til søkeren", questions="Kven?", due_on="01.01.2001")
    assert refused.status == 422 and refused.form("Send til søkeren").fields()["questions"] == ["Kven?"]


def test_the_ranking_draws_the_line_and_names_the_unfinished(app: Flask, client_for: People) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call(1_500_000_00)
        rounds.assessed(call, sheet=rounds.full_sheet(3))
        best, _ = rounds.assessed(call, sheet=rounds.full_sheet(5), orgnr="312999013")
        rounds.assessing(call, orgnr="964338531")
        best_number = best.number
        db.session.remove()
    page = client_for("officer1").see("/fordeling")
    assert "1 søknad er ikke ferdig vurdert" in page.text and "Bergen kommune" in page.text
    assert page.text.index("Fjordnes kommune") < page.text.index("Her er rammen brukt opp")
    assert page.text.rindex("Demovik kommune") > page.text.index("Her er rammen brukt opp")
    assert "500 000 kr over rammen" in page.text
    assert page.links()["Fjordnes kommune"] == f"/saker/{best_number}/vurdering"


@pytest.mark.parametrize("number_of_cases", [1, 6])
def test_the_ranking_asks_as_much_of_the_database_whatever_the_rows(
    app: Flask, client_for: People, number_of_cases: int
) -> None:
    with app.app_context():
        factories.people()
        call = rounds.published_call()
        for _ in range(number_of_cases):
            rounds.assessed(call)
        db.session.remove()
        engine = db.engine
    asked: list[str] = []
    officer = client_for("officer1")
    officer.see("/fordeling")
    sa.event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    officer.see("/fordeling")
    assert len([each for each in asked if "user_" not in each and "budget_delegation" not in each]) <= 8


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_is_whole_in_both_languages(app: Flask, client_for: People, language: str) -> None:
    number = made(app, lambda call, **facts: rounds.assessed(call, **facts)[0], orgnr="312999013")
    with app.app_context():
        case = db.session.scalars(sa.select(Case)).one()
        with writing():
            declare(case, Impartiality.IN_DOUBT, "Tvil", by=rounds.acting_now("officer2"), at=AT)
            rounds.impartial(case, "decider")
    pages = {
        "officer1": ["vurdering", "innstilling", "sporsmal", "habilitet"],
        "officer2": ["vurdering"],
        "lead": ["fordel", "vurdering"],
        "decider": ["send-tilbake", "habilitet/avgjor"],
    }
    for username, addresses in pages.items():
        person = client_for(username)
        person.see("/habilitet")
        person.post("/sprak", data={"language": language, "back": "/"})
        for address in [f"/saker/{number}/{each}" for each in addresses] + ["/habilitet", "/habilitet/"]:
            page = person.see(address if not address.endswith("/") else _round(app))
            assert page.status == 200 and page.root is not None and page.root.get("lang") == language, address
        if username != "decider":
            assert person.see("/fordeling").status == 200


def _round(app: Flask) -> str:
    from app.rules.models import Call

    with app.app_context():
        public_id = db.session.scalars(sa.select(Call.public_id)).one()
        db.session.remove()
        return f"/habilitet/{public_id}"


def test_a_stale_recommendation_or_send_back_is_told_and_kept(app: Flask, client_for: People) -> None:
    number = made(app, rounds.recommended)
    with app.app_context(), writing():
        rounds.impartial(db.session.scalars(sa.select(Case)).one(), "decider")
    decider = client_for("decider")
    page = decider.see(f"/saker/{number}/send-tilbake")
    with app.app_context():
        case = db.session.scalars(sa.select(Case)).one()
        with writing():
            actions.take_back(case.id, by=rounds.acting_now("officer1"), at=AT, version=case.version)
    late = page.press("Send tilbake", cause=BackCause.OTHER.value, words="Lange ord om saken")
    assert late.status == 409 and "Lange ord om saken" in late.response.get_data(as_text=True)
