"""Who has a case, and impartiality: taken, distributed, declared for one case, doubt settled."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.cases import actions, judgement, queries
from app.cases.domain import Chore, Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import Status, Step
from app.db import db, writing
from app.flow import Refused, Stale
from app.rules.models import Call
from tests import factories, rounds
from tests.client import Client
from tests.factories import AT, acting

People = Callable[[str], Client]


def test_the_officer_registers_and_gets_the_case_and_the_archive_only_registers(call: Call) -> None:
    first, second = rounds.submitted(call), rounds.submitted(call)
    with writing():
        actions.register(first.id, factories.user("officer1"), by=rounds.acting_now("officer1"), at=AT, version=1)
    with writing():
        actions.register(second.id, None, by=rounds.acting_now("archivist"), at=AT, version=1)
    assert (rounds.fresh(first).status, first.officer_name) == (Status.REGISTERED, "Kari Demo")
    assert (rounds.fresh(second).status, second.officer_id) == (Status.REGISTERED, None)
    with pytest.raises(Stale), writing():
        actions.register(second.id, None, by=rounds.acting_now("archivist"), at=AT, version=1)
    with pytest.raises(Refused), writing():
        actions.register(second.id, None, by=rounds.acting_now("decider"), at=AT, version=2)


def test_who_takes_a_case_took_it_and_who_is_given_one_was_given_it(call: Call) -> None:
    case = rounds.submitted(call)
    with writing():
        actions.register(case.id, None, by=rounds.acting_now("archivist"), at=AT, version=1)
    for person, by in (("officer1", "officer1"), ("officer2", "lead")):
        case = rounds.fresh(case)
        with writing():
            actions.assign(case, factories.user(person), by=rounds.acting_now(by), at=AT, version=case.version)
    told = sa.select(AuditEntry.event).where(AuditEntry.case_id == case.id).order_by(AuditEntry.id)
    assert db.session.scalars(told).all()[-2:] == ["case.taken", "case.assigned"]


def seen(case: Case) -> int:
    """What the page shows the leader: the newest answer on the case."""
    return max(each.key for each in queries.answers(case.id))


def test_the_leader_settles_doubt_and_nobody_settles_their_own(call: Call) -> None:
    case = rounds.submitted(call)
    officer = factories.user("officer1")
    with writing():
        actions.declare(case, Impartiality.IN_DOUBT, "Bor i kommunen", by=rounds.acting_now("officer1"), at=AT)
    assert Chore.SETTLE in [o.step for o in judgement.offers(case, acting("decider"), AT)]
    with pytest.raises(Refused), writing():
        actions.settle(
            case, officer, Impartiality.IMPARTIAL, "Nei", by=rounds.acting_now("lead"), at=AT, version=seen(case)
        )
    with writing():
        actions.settle(
            case,
            officer,
            Impartiality.IMPARTIAL,
            "Ikke nok",
            by=rounds.acting_now("decider"),
            at=AT,
            version=seen(case),
        )
    assert queries.declared([case.id], officer.id)[case.id] == "impartial"


def test_what_the_leader_settled_stands_whatever_the_person_answers_after(call: Call) -> None:
    case, officer = rounds.submitted(call), factories.user("officer1")
    with writing():
        actions.declare(case, Impartiality.IN_DOUBT, "Bor i kommunen", by=rounds.acting_now("officer1"), at=AT)
    with pytest.raises(Refused, match="Svaret"), writing():
        actions.declare(case, Impartiality.IMPARTIAL, "", by=rounds.acting_now("officer1"), at=AT)
    with writing():
        actions.settle(
            case, officer, Impartiality.PARTIAL, "For nær", by=rounds.acting_now("decider"), at=AT, version=seen(case)
        )
    for milder in (Impartiality.IMPARTIAL, Impartiality.IN_DOUBT):
        with pytest.raises(Refused, match="Svaret"), writing():
            actions.declare(case, milder, "Flyttet", by=rounds.acting_now("officer1"), at=AT)
    with writing():
        doubtful = {case.id: Impartiality.IN_DOUBT}
        by = rounds.acting_now("officer1")
        assert actions.declare_round(call.id, [], doubtful, "Flyttet", by=by, at=AT) == 0
    assert queries.declared([case.id], officer.id) == {case.id: "partial"}
    told = [(each.answer.value, each.settled_by) for each in queries.answers(case.id)]
    assert told == [("in_doubt", None), ("partial", "Marit Demo")]


def test_ones_own_word_of_being_partial_is_taken_back_by_the_leader_only_and_with_why(call: Call) -> None:
    case, officer = rounds.submitted(call), factories.user("officer1")
    with writing():
        for stricter in Impartiality:
            actions.declare(case, stricter, "Svigersøster", by=rounds.acting_now("officer1"), at=AT)
    leader = acting("decider")
    with pytest.raises(Refused, match="hvorfor"), writing():
        actions.settle(case, officer, Impartiality.IMPARTIAL, "  ", by=leader, at=AT, version=seen(case))
    with writing():
        actions.settle(case, officer, Impartiality.IMPARTIAL, "Skilt i 2019", by=leader, at=AT, version=seen(case))
        actions.declare(case, Impartiality.IN_DOUBT, "Fetter", by=rounds.acting_now("decider"), at=AT)
    assert queries.declared([case.id], officer.id) == {case.id: "impartial"}
    with pytest.raises(Refused, match="En annen leder"), writing():
        actions.settle(case, officer, Impartiality.PARTIAL, "Likevel", by=leader, at=AT, version=seen(case))


def test_the_leader_settles_what_was_seen_and_not_what_was_answered_after(app: Flask, client_for: People) -> None:
    number = one_case(app)
    officer, other, leader = client_for("officer1"), client_for("officer2"), client_for("decider")
    officer.see(f"/saker/{number}/habilitet").press("Lagre svaret", answer="in_doubt", reason="Kanskje fetter")
    page = leader.see(f"/saker/{number}/habilitet/avgjor")
    # What somebody else answers is another matter, and does not stop it.
    other.see(f"/saker/{number}/habilitet").press("Lagre svaret", answer="partial", reason="Søster")
    officer.see(f"/saker/{number}/habilitet").press("Lagre svaret", answer="partial", reason="Bror")
    late = page.press("Avgjør", answer="impartial", reason="Ikke nær nok")
    assert late.status == 409
    both = late.response.get_data(as_text=True)
    assert "Jeg er inhabil: Bror" in both and "Ikke nær nok" in both
    with app.app_context():
        case, key = db.session.scalars(sa.select(Case)).one(), factories.user("officer1").id
        assert queries.declared([case.id], key) == {case.id: "partial"}
        db.session.remove()
    assert late.press("Lagre min tekst likevel", reason="Stebror, aldri bodd sammen").status == 200
    with app.app_context():
        assert queries.declared([case.id], key) == {case.id: "impartial"}
        db.session.remove()


def test_nobody_in_doubt_is_given_the_case_takes_it_or_registers_it(app: Flask, client_for: People) -> None:
    number = one_case(app)
    officer = client_for("officer1")
    officer.see(f"/saker/{number}/habilitet").press("Lagre svaret", answer="in_doubt", reason="Bor i kommunen")
    with app.app_context():
        case = db.session.scalars(sa.select(Case)).one()
        by, version = factories.acting("officer1"), case.version
        with pytest.raises(Refused, match="meldt tvil"), writing():
            actions.register(case.id, None, by=by, at=AT, version=version)
        with pytest.raises(Refused, match="i tvil"), writing():
            actions.assign(case, factories.user("officer1"), by=by, at=AT, version=version)
        db.session.remove()
    client_for("archivist").see(f"/saker/{number}").press(f"Registrer søknaden – {number}")
    with app.app_context():
        case, person = db.session.scalars(sa.select(Case)).one(), factories.user("officer1")
        assert (case.status, case.officer_id) == (Status.REGISTERED, None)
        db.session.rollback()
        with pytest.raises(Refused, match="i tvil"), writing():
            actions.assign(case, person, by=rounds.acting_now("lead"), at=AT, version=case.version)
        db.session.remove()


def test_the_page_offers_no_milder_answer_and_tells_all_that_was_answered(app: Flask, client_for: People) -> None:
    number = one_case(app)
    officer = client_for("officer1")
    page = officer.see(f"/saker/{number}/habilitet")
    old = page.press("Lagre svaret", answer="in_doubt", reason="Bor i kommunen")
    leader = client_for("decider").see(f"/saker/{number}/habilitet/avgjor")
    leader.press("Avgjør", answer="partial", reason="For nær")
    assert page.press("Lagre svaret", answer="impartial").status == 409
    page = officer.see(f"/saker/{number}/habilitet")
    assert "står til lederen har avgjort noe annet" in page.text and old.status == 200
    whole = page.response.get_data(as_text=True)
    assert all(words in whole for words in ("Bor i kommunen", "For nær", "Marit Demo"))
    assert "Du er ikke part" not in page.text
    with app.app_context():
        assert db.session.scalars(sa.select(Declaration.answer).order_by(Declaration.id)).all() == [
            Impartiality.IN_DOUBT,
            Impartiality.PARTIAL,
        ]
        db.session.remove()


def test_offers_tell_every_closed_step_and_its_reason(call: Call) -> None:
    case = rounds.submitted(call)
    offers = {o.step: o for o in judgement.offers(case, acting("officer1"), AT)}
    assert offers[Step.REGISTER].is_open and offers[Chore.TAKE].is_open and offers[Chore.DECLARE].is_open
    offers = {o.step: o for o in judgement.offers(case, acting("auditor"), AT)}
    assert not offers[Step.REGISTER].is_open and Chore.TAKE not in offers
    assert judgement.offers(case, acting("demovik"), AT) == []


def one_case(app: Flask) -> str:
    with app.app_context():
        factories.people()
        number = rounds.submitted(rounds.published_call()).number
        db.session.remove()
        assert number
        return number


def test_the_lead_distributes_seeing_load_and_ties(app: Flask, client_for: People) -> None:
    number = one_case(app)
    officer2 = client_for("officer2")
    page = officer2.see(f"/saker/{number}/habilitet")
    page.press("Lagre svaret", answer="partial", reason="Gift med søkeren")
    page = client_for("lead").see(f"/saker/{number}/fordel")
    assert "Har meldt at de er inhabile" in page.text and "0 åpne saker" in page.text
    with app.app_context():
        officer_id, tied_id = factories.user("officer1").id, factories.user("officer2").id
        db.session.remove()
    assert page.press("Fordel saken", officer=str(tied_id)).status == 409
    page.press("Fordel saken", officer=str(officer_id))
    with app.app_context():
        assert db.session.scalars(sa.select(Case.officer_name)).one() == "Kari Demo"
        db.session.remove()


@pytest.mark.parametrize("step", ["registrer", "ta", "avslutt"])
def test_steps_are_posts_with_the_version_seen(app: Flask, client_for: People, step: str) -> None:
    number = one_case(app)
    officer = client_for("officer1")
    officer.see("/habilitet")
    assert officer.get(f"/saker/{number}/{step}").status_code == 405
    assert officer.post(f"/saker/{number}/{step}", data={"version": "x"}).status_code == 400
    assert officer.post(f"/saker/{number}/{step}", data={"version": "99"}).status_code == 409
