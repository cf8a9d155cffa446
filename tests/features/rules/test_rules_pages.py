"""The directorate's pages of rules and calls, pressed as people press them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.db import db, writing
from app.db.clock import start_at
from app.rules import queries
from app.rules.domain import THE_BUDGET, Rules
from app.rules.models import RuleVersion
from app.rules.workflow import RulesStatus
from tests.client import Client
from tests.factories import acting, people, season_rules

ClientFor = Callable[[str], Client]


@pytest.fixture
def season(app: Flask) -> Flask:
    with app.app_context():
        people()
        season_rules()
        with writing():
            start_at(datetime(2025, 2, 10, 9, 0, tzinfo=UTC))
        db.session.remove()
    return app


def stored(app: Flask, year: int, number: int, pot: str = "samhandling") -> tuple[RuleVersion, Rules]:
    with app.app_context():
        found = queries.version_at(pot, year, number)
        assert found is not None
        rules = queries.rules_of(found.id)
        db.session.remove()
    return found, rules


def copied(client: Client, app: Flask, pot: str = "samhandling") -> str:
    """A draft for 2026 copied from 2025; gives its address."""
    source, _rules = stored(app, 2025, 1, pot)
    page = client.see(f"/regelverk/{pot}/utkast").press("Lag utkastet", year="2026", source=str(source.id))
    assert page.status == 200
    return page.address.removesuffix("/rediger")


def test_a_copy_saved_unchanged_is_the_same_rules(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    address = copied(officer, season)
    page = officer.see(address + "/rediger").press("Lagre utkastet")
    assert "Utkastet er lagret." in page.text
    assert stored(season, 2026, 1)[1] == stored(season, 2025, 1)[1]


def test_texts_weights_dates_and_rows_are_edited(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    address = copied(officer, season)
    form = officer.see(address + "/rediger").form("Lagre utkastet").fields()
    new = max(int(name.split("-")[1]) for name in form if name.startswith("criteria-"))
    officer.see(address + "/rediger").press(
        "Lagre utkastet",
        **{
            "title_nb": "Samhandling 2026",
            "criteria-0-weight": "30",
            "criteria-1-nb": "",
            "criteria-1-nn": "",
            f"criteria-{new}-nb": "Klima",
            f"criteria-{new}-nn": "Klima",
            f"criteria-{new}-weight": "5",
            f"criteria-{new}-answered_in": "3, budsjett",
            "instalments-0-percent": "75",
            "instalments-1-percent": "25",
            "reports-0-due_on": "16.09.2026",
            "reports-0-cutoff_on": "31.08.2026",
            "auditor_from_ore": "250 000",
        },
    )
    rules, before = stored(season, 2026, 1)[1], stored(season, 2025, 1)[1]
    assert rules.title.nb == "Samhandling 2026"
    assert [c.words.nb for c in rules.criteria][-1] == "Klima"
    assert before.criteria[1] not in rules.criteria
    assert rules.criteria[0].weight == 30
    assert rules.criteria[-1].code not in {c.code for c in before.criteria}
    third = [q.code for s in rules.sections for q in s.questions][2]
    assert rules.criteria[-1].answered_in == (third, THE_BUDGET)
    assert [i.percent for i in rules.instalments] == [75, 25]
    nowhere = officer.see(address + "/rediger").press("Lagre utkastet", **{"criteria-0-answered_in": "3, 99"})
    assert nowhere.status == 422 and "Spørsmål «99» finnes ikke." in nowhere.text
    assert rules.reports[0].due_on.day == 16
    assert rules.auditor_from_ore == 25_000_000


def test_questions_stay_in_their_part_when_another_is_taken_away_and_one_is_new(
    season: Flask, client_for: ClientFor
) -> None:
    """The number of a part is its row's on the page, blank or not: nobody sees any other."""
    officer = client_for("officer1")
    address = copied(officer, season)
    before = stored(season, 2026, 1)[1].sections
    page = officer.see(address + "/rediger")
    form = page.form("Lagre utkastet").fields()
    asked = {name: [value] for name, (value, *_) in form.items() if re.fullmatch(r"questions-\d+-section", name)}
    moved = {name: "1" for name, value in asked.items() if value == ["2"]}
    new = {f"sections-{len(before)}-nb": "En ny del", f"sections-{len(before)}-nn": "Ein ny del"}
    page = page.press("Lagre utkastet", **{"sections-1-nb": "", "sections-1-nn": ""}, **moved, **new)
    assert "Utkastet er lagret." in page.text
    after = {each.words.nb: [q.code for q in each.questions] for each in stored(season, 2026, 1)[1].sections}
    first, second, *rest = before
    codes = {each.words.nb: [q.code for q in each.questions] for each in rest}
    both = [q.code for each in (first, second) for q in each.questions]
    assert after == {first.words.nb: both, **codes, "En ny del": []}


def test_a_question_in_a_part_that_is_taken_away_is_told(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    page = officer.see(copied(officer, season) + "/rediger")
    page = page.press("Lagre utkastet", **{"sections-1-nb": "", "sections-1-nn": ""})
    assert page.status == 422 and "Et spørsmål står i en del som ikke finnes." in page.text


def test_a_choice_keeps_its_code_whatever_signs_are_in_its_words(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    address = copied(officer, season)
    page = officer.see(address + "/rediger")
    form = page.form("Lagre utkastet").fields()
    name = next(name for name, value in form.items() if re.fullmatch(r"questions-\d+-choices", name) and value[0])
    words = "Ja; delvis = litt | Ja; delvis = litt\nNei | Nei\nNei | Nei"
    saved: list[list[str]] = []
    for _ in range(2):
        page = officer.see(address + "/rediger").press("Lagre utkastet", **{name: words})
        assert "Utkastet er lagret." in page.text
        asked = [q for each in stored(season, 2026, 1)[1].sections for q in each.questions]
        saved.append(next([c.code for c in q.choices] for q in asked if len(q.choices) == 3))
    assert saved[0] == saved[1] and len({*saved[0]}) == 3


@pytest.mark.parametrize(
    ("rows", "field", "typed", "other"),
    [
        ("instalments", "on", "01.06.2026", "percent"),
        ("instalments", "trigger", "acceptance", "percent"),
        ("reports", "due_on", "01.06.2026", "kind"),
    ],
)
def test_half_a_row_is_not_left_out_in_silence(
    season: Flask, client_for: ClientFor, rows: str, field: str, typed: str, other: str
) -> None:
    officer = client_for("officer1")
    page = officer.see(copied(officer, season) + "/rediger")
    form = page.form("Lagre utkastet").fields()
    last = max(int(name.split("-")[1]) for name in form if name.startswith(f"{rows}-"))
    page = page.press("Lagre utkastet", **{f"{rows}-{last}-{field}": typed})
    assert page.status == 422
    assert page.form("Lagre utkastet").fields()[f"{rows}-{last}-{field}"] == [typed]
    assert f'id="{rows}-{last}-{other}-error"' in page.response.get_data(as_text=True)


def test_wrong_input_is_told_and_everything_typed_stays(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    address = copied(officer, season)
    page = officer.see(address + "/rediger").press(
        "Lagre utkastet",
        **{"criteria-0-weight": "mye", "accept_days": "-3", "title_nb": "", "purpose_nb": "Nytt formål"},
    )
    assert page.status == 422
    leads = {words: to for words, to in page.links().items() if to.startswith("#") and to != "#innhold"}
    assert next(to for words, to in leads.items() if words.startswith("Kriterier og vekter 1, Vekt: ")) == (
        "#criteria-0-weight"
    )
    assert set(leads.values()) == {"#title_nb", "#criteria-0-weight", "#accept_days"}
    assert "3 svar må rettes" in page.text
    again = page.form("Lagre utkastet").fields()
    assert again["criteria-0-weight"] == ["mye"]
    assert again["purpose_nb"] == ["Nytt formål"]
    assert stored(season, 2026, 1)[0].version == 1


def test_a_second_press_makes_no_second_draft(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    form = officer.see("/regelverk/samhandling/utkast").form("Lag utkastet")
    data = form.filled({"year": "2026"})
    first, second = (officer.send("/regelverk/samhandling/utkast", data) for _ in range(2))
    assert first.address == second.address


def test_rules_go_from_draft_to_public(season: Flask, client_for: ClientFor, client: Client) -> None:
    officer, decider = client_for("officer1"), client_for("decider")
    address = copied(officer, season)
    page = officer.see(address)
    assert "Godkjenn regelverket" not in page.links()
    assert "Kan åpnes av: leder med BDM." in page.text
    assert client.see("/ordninger/regelverk/samhandling/2026").status == 404
    early = decider.see(address + "/godkjenn")
    assert "må være fra 1. januar 2026 til 31. desember 2031" in early.text, "the days of the round it was copied from"
    assert "Godkjenn regelverket" not in early.buttons()
    days = {"reports-0-cutoff_on": "31.08.2026", "reports-0-due_on": "15.09.2026"}
    days |= {"reports-1-cutoff_on": "31.12.2026", "reports-1-due_on": "01.04.2027"}
    officer.see(address + "/rediger").press("Lagre utkastet", **days)
    assert "Skriv hva" in decider.see(address + "/godkjenn").press("Godkjenn regelverket").text
    decider.see(address + "/godkjenn").press("Godkjenn regelverket", basis="Tildelingsbrev 2026")
    back = decider.see(address + "/send-tilbake").press("Send tilbake", cause="Vektene må sjekkes")
    assert "sendt tilbake" in back.text
    decider.see(address + "/godkjenn").press("Godkjenn regelverket", basis="Tildelingsbrev 2026")
    done = officer.see(address + "/publiser").press("Publiser regelverket")
    assert "Regelverket er publisert." in done.text
    assert "Bare utkast kan endres" in officer.see(address + "/rediger").text
    assert client.see("/ordninger/regelverk/samhandling/2026").status == 200


def test_an_officer_who_posts_an_approval_is_told_who_may(season: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    address = copied(officer, season)
    page = officer.send(address + "/godkjenn", {"version": "1", "basis": "Jeg selv"})
    assert page.status == 403
    assert "Kan åpnes av: leder med BDM." in page.text


def test_a_stale_draft_is_refused(season: Flask, client_for: ClientFor) -> None:
    first, second = client_for("officer1"), client_for("officer2")
    address = copied(first, season)
    seen = second.see(address + "/rediger")
    first.see(address + "/rediger").press("Lagre utkastet")
    assert seen.press("Lagre utkastet").status == 409


def test_a_call_is_written_and_announced(season: Flask, client_for: ClientFor, client: Client) -> None:
    officer = client_for("officer1")
    page = officer.see("/regelverk/samhandling/2025/1/ny-utlysning")
    wrong = page.press(
        "Lagre utlysningen",
        title_nb="Ny runde",
        title_nn="Ny runde",
        opens_on="2.1.2030",
        deadline_on="2.2.2025",
        answer_by_on="1.1.2025",
    )
    assert wrong.status == 422
    assert "Datoen kan ikke være etter 31.12.2026." in wrong.text
    call = wrong.press(
        "Lagre utlysningen",
        opens_on="02.01.2025",
        deadline_on="01.03.2025",
        answer_by_on="01.05.2025",
        budget_reservation="y",
    )
    assert call.status == 200
    assert "Ny runde" not in client.see("/ordninger").text
    officer.see(call.address + "/kunngjor").press("Kunngjør utlysningen")
    shown = client.see(client.see("/ordninger").links()["Ny runde"])
    assert "Åpen for søknader til 1. mars 2025 kl. 23.59 (om 19 dager)." in shown.text
    assert "Med forbehold om Stortingets budsjettvedtak." in shown.text
    assert "Start søknad" in shown.links()


def test_rules_of_compensation_show_nothing_that_only_grants_have(season: Flask, client_for: ClientFor) -> None:
    officer, only_grants = client_for("officer1"), ("Søknader fra hver søker", "Dager til å akseptere", "Revisor må")
    grants = officer.see("/regelverk/samhandling/2025/1")
    compensation = officer.see("/regelverk/gp/2025/1")
    for words in only_grants:
        assert words in grants.text and words not in compensation.text
    assert "Lag utlysning" in grants.text and "Lag utlysning" not in compensation.text
    assert "Rettslig form" in compensation.text
    assert "engangsbeløp" in compensation.text, "what a unit is, decides what is counted as patients"


def test_an_older_version_leads_to_the_newer_that_is_published(season: Flask, client_for: ClientFor) -> None:
    officer, name = client_for("officer1"), "nyere regelverk"
    address = copied(officer, season)
    assert name not in officer.see("/regelverk/samhandling/2025/1").text, "a draft is no newer rules"
    with season.app_context():
        newer, writer, approver = stored(season, 2026, 1)[0].id, acting("officer1"), acting("decider")
        with writing():
            found = db.session.get_one(RuleVersion, newer)
            found.status, found.approval_basis = RulesStatus.PUBLISHED, "Fullmakt"
            found.approved_by, found.approved_at = approver.id, found.drafted_at
            found.published_by, found.published_at = writer.id, found.drafted_at
    old = officer.see("/regelverk/samhandling/2025/1")
    assert address in next(href for words, href in old.links().items() if name in words)
    assert name not in officer.see(address).text


def test_recipients_do_not_see_the_workshop(season: Flask, client_for: ClientFor) -> None:
    assert client_for("bergen").see("/regelverk").status == 403
    assert client_for("auditor").see("/regelverk/samhandling/utkast").status == 403
    assert client_for("auditor").see("/regelverk").status == 200
    assert client_for("auditor").see("/regelverk/samhandling/2099/1").status == 404
