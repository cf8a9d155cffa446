"""The pages of a delivery: from the list to the frozen one, its files, and what has changed since."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.client import Client, Page
from tests.features.summaries.conftest import TEXT, Counter

ClientFor = Callable[[str], Client]


def plain(page: Page) -> str:
    """All of it with plain blanks; the words of a page leave out what people wrote themselves."""
    return " ".join(page.response.get_data(as_text=True).split())


def begun(client: Client) -> Page:
    """The form of the new draft's texts."""
    listed = client.see("/leveranser")
    return client.see(listed.links()["Leveranse"]).press("Begynn på leveransen", language="nb")


def ready(client: Client) -> Page:
    page = begun(client).press("Lagre teksten", main=TEXT)
    return client.see(page.links()["Send til godkjenning"]).press("Send til godkjenning")


def approved(writer: Client, boss: Client) -> Page:
    page = boss.see(ready(writer).address)
    return boss.see(page.links()["Godkjenn leveransen"]).press("Godkjenn leveransen")


def test_from_the_list_to_the_frozen_one_and_what_has_changed_since(
    house: Flask, client_for: ClientFor, counter: Counter
) -> None:
    officer, boss = client_for("officer1"), client_for("decider")
    page = ready(officer)
    assert "I 3 områder er det godkjent 12 500 kr." in plain(page)
    assert not {"Godkjenn leveransen", "Rediger teksten"} & set(page.links()), "not by who wrote it"
    frozen = boss.see(boss.see("/mine-oppgaver").links()["Les og godkjenn leveransen"])
    assert "12 500 kr" in plain(frozen)
    frozen = frozen.press("Godkjenn leveransen")
    assert "Alle tallene er de samme nå." in frozen.text
    counter.ore = 99_00
    later = plain(officer.see(frozen.address))
    assert "I 3 områder er det godkjent 12 500 kr." in later and "99 kr" in later
    assert "Godkjent" in plain(officer.see("/leveranser")) and "28.02.2025" in plain(officer.see("/leveranser"))


def test_a_typed_figure_is_told_at_its_field_and_nothing_is_lost(house: Flask, client_for: ClientFor) -> None:
    page = begun(client_for("officer1")).press("Lagre teksten", main="Det er 12 leger. Mer tekst.")
    assert page.status == 422 and 'id="main-error"' in page.response.get_data(as_text=True)
    assert "Mer tekst." in page.response.get_data(as_text=True)


def test_figures_that_changed_meanwhile_are_shown_before_they_are_frozen(
    house: Flask, client_for: ClientFor, counter: Counter
) -> None:
    boss = client_for("decider")
    page = boss.see(boss.see(ready(client_for("officer1")).address).links()["Godkjenn leveransen"])
    counter.ore = 1_00
    answer = page.press("Godkjenn leveransen")
    assert answer.status == 409 and "Tallene er endret" in answer.text


def test_a_new_version_stands_beside_the_frozen_one(house: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    frozen = approved(officer, client_for("decider"))
    copy = officer.see(officer.see(frozen.address).links()["Lag ny versjon"]).press("Lag ny versjon")
    assert TEXT in copy.response.get_data(as_text=True)
    assert "versjon 1" in plain(officer.see(frozen.address))
    again = officer.get(frozen.address + "/ny-versjon")
    assert "nyere versjon" in again.get_data(as_text=True)


def test_its_files_hold_the_frozen_figures_and_are_the_same_bytes_each_time(
    house: Flask, client_for: ClientFor, counter: Counter
) -> None:
    officer = client_for("officer1")
    draft = ready(officer)
    first = officer.get(draft.address + "/leveranse.pdf").data
    assert first.startswith(b"%PDF")
    frozen = approved_page(client_for("decider"), draft)
    pdf, xlsx = (officer.get(f"{frozen.address}/leveranse.{suffix}").data for suffix in ("pdf", "xlsx"))
    counter.ore = 5_00
    assert officer.get(frozen.address + "/leveranse.pdf").data == pdf != first
    assert officer.get(frozen.address + "/leveranse.xlsx").data == xlsx
    book = load_workbook(BytesIO(xlsx))
    assert book.sheetnames == ["Tekst", "Tall", "Per område", "Kolonnene"]
    assert [cell.value for cell in book["Per område"][2]] == ["Nord 2025", 12500]
    assert [cell.value for cell in book["Kolonnene"][3]] == ["Per område", "Sum", "sum", "Godkjent i året."]


def approved_page(boss: Client, page: Page) -> Page:
    return boss.see(boss.see(page.address).links()["Godkjenn leveransen"]).press("Godkjenn leveransen")


@pytest.mark.parametrize("who", ["auditor", "finance1", "archivist"])
def test_who_reads_cases_reads_deliveries_and_changes_nothing(house: Flask, client_for: ClientFor, who: str) -> None:
    page = ready(client_for("officer1"))
    reader = client_for(who)
    seen = reader.see(page.address)
    assert seen.status == 200 and "Godkjenn leveransen" not in seen.links()
    assert reader.see("/leveranser").status == 200
    for step in ("rediger", "til-godkjenning", "godkjenn", "send-tilbake"):
        assert reader.get(f"{page.address}/{step}").status_code == 200, step


def test_what_is_not_there_is_not_found(house: Flask, client_for: ClientFor) -> None:
    officer = client_for("officer1")
    page = begun(officer)
    for path in ("/leveranser/nei", "/leveranser?aar=1999", "/leveranser/nei/2025/begynn"):
        assert officer.get(path).status_code == 404, path
    assert officer.get(page.address.replace("/rediger", "/leveranse.doc")).status_code == 404
    assert client_for("bergen").get("/leveranser").status_code == 403
