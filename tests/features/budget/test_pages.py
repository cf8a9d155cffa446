"""The page of frames, a change proposed on it by one, and settled by another."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.budget import queries
from app.db import clock, db, writing
from tests import factories
from tests.client import Client, Page

ClientFor = Callable[[str], Client]


@pytest.fixture
def house(app: Flask) -> Flask:
    """A frame of 30 million in 2025."""
    with app.app_context():
        factories.people()
        with writing():
            clock.start_at(factories.AT)
        factories.frame()
        db.session.remove()
    return app


def asked(client: Client) -> Page:
    page = client.see("/rammer/2025")
    return client.see(next(href for words, href in page.links().items() if words.startswith("Foreslå endring")))


def plain(page: Page) -> str:
    """Its words with plain blanks."""
    return " ".join(page.text.split())


TOLD = {
    "kind": "raise",
    "amount": "1 000 000",
    "document": "Tillegg nr. 1, 25/12-3",
    "document_on": "06.01.2025",
    "reason": "Flere enn ventet.",
}


def test_from_the_proposal_to_the_changed_frame(house: Flask, client_for: ClientFor) -> None:
    page = asked(client_for("lead"))
    proposed = page.press("Foreslå endringen", **TOLD)
    assert proposed.status == 200 and "Rammen endres når en annen har bekreftet den" in proposed.text
    assert "Bekreft endringen" not in proposed.buttons(), "not by who proposed it"
    again = page.press("Foreslå endringen", **TOLD)
    assert again.address == proposed.address, "a second press leads to the first"
    boss = client_for("decider")
    home = boss.see("/mine-oppgaver")
    change = boss.see(home.links()["Bekreft endring av rammen"])
    assert "Rammen blir 31 000 000 kr" in plain(change)
    assert "Rammen er endret" in change.press("Bekreft endringen").text
    assert change.press("Bekreft endringen").status == 409
    assert change.press("Avslå endringen", reason="Nei.").status == 409
    frames = boss.see("/rammer")
    assert "31 000 000 kr" in plain(frames) and "Tillegg nr. 1, 25/12-3" in frames.text
    with house.app_context():
        assert [row.frame.frame_ore for row in queries.rows_of(2025)] == [31_000_000_00]


def test_a_refusal_needs_its_reason_and_is_read_by_who_proposed(house: Flask, client_for: ClientFor) -> None:
    change = asked(client_for("lead")).press("Foreslå endringen", **TOLD)
    boss = client_for("decider").see(change.address)
    assert boss.press("Avslå endringen").status == 422
    assert boss.press("Avslå endringen", reason="Feil beløp i brevet.").status == 200
    assert "Feil beløp i brevet." in client_for("lead").see(change.address).response.get_data(as_text=True)


def test_while_one_waits_the_form_is_closed(house: Flask, client_for: ClientFor) -> None:
    before = asked(client_for("finance1"))
    asked(client_for("lead")).press("Foreslå endringen", **TOLD)
    late = before.press("Foreslå endringen", **TOLD)
    assert late.status == 409 and "Den må bekreftes eller avslås først" in late.text
    assert "Foreslå endringen" not in asked(client_for("finance1")).buttons()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": "-5"}, "amount"),
        ({"amount": "1e9"}, "amount"),
        ({"document_on": "01.01.2031"}, "document_on"),
        ({"kind": "carry_over"}, "from_year"),
        ({"kind": "carry_over", "from_year": "2024"}, "clearance"),
        ({"kind": "cut", "amount": "30 000 000,01"}, "amount"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    house: Flask, client_for: ClientFor, typed: dict[str, str], field: str
) -> None:
    page = asked(client_for("lead")).press("Foreslå endringen", **{**TOLD, **typed})
    assert page.status in (409, 422)
    assert f'id="{field}-error"' in page.response.get_data(as_text=True)


@pytest.mark.parametrize("who", ["officer1", "auditor", "archivist"])
def test_who_works_with_cases_reads_the_frames_and_proposes_nothing(
    house: Flask, client_for: ClientFor, who: str
) -> None:
    page = client_for(who).see("/rammer")
    assert page.status == 200 and not any(words.startswith("Foreslå") for words in page.links())
    assert client_for(who).get("/rammer/2025/samhandling/endre").status_code == 403


def test_an_unknown_year_or_frame_is_not_found(house: Flask, client_for: ClientFor) -> None:
    lead = client_for("lead")
    for path in ("/rammer/1999", "/rammer/2025/finnes-ikke/endre", "/rammer/endringer/99"):
        assert lead.get(path).status_code == 404, path
