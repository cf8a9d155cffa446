"""The pages of an order, by the area's coordinator: the template, a file, what it would do, mending, the result."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from app.orders import running
from tests import factories, order_rows
from tests.client import Client
from tests.order_rows import text_of

Q1, Q2 = "01.01.2025;31.03.2025", "01.04.2025;30.06.2025"


@pytest.fixture
def work(gp_house: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """All that waits is worked on, in July."""
    monkeypatch.setattr(running, "now", lambda: order_rows.PLACED)

    def run() -> None:
        with gp_house.app_context():
            while running.run_next():
                pass

    return run


def test_from_the_template_to_the_result(
    gp_house: Flask, client_for: Callable[[str], Client], work: Callable[[], None]
) -> None:
    with gp_house.app_context():
        factories.agreement()
    client = client_for("area-nordland")
    template = client.get("/bestillinger/mal/gp-claims.csv").get_data().decode("utf-8-sig")
    assert template.startswith("HPR-nummer;Periode fra;Periode til;")
    assert client.get("/bestillinger/mal/gp-claims.xlsx").get_data().startswith(b"PK")
    data = text_of([f"1234567;{Q1};1;150", f"1234567;{Q2};;x"])
    page = client.see("/bestillinger/ny/gp-claims").press("Last opp og prøv", file=(io.BytesIO(data), "krav.csv"))
    assert "Leser filen" in page.text
    assert "Stans" in page.buttons()
    work()
    page = client.see(page.address)
    assert "1 krav blir laget" in page.text
    assert "Skriv et helt tall" in page.text
    assert "Importen er satt i gang." in page.press("Gjennomfør importen").text
    work()
    page = client.see(page.address)
    mend = client.see(page.links()["Rett rad 3"])
    assert "Trykk «Prøv igjen»" in mend.press("Rett raden", cell_patient="4").text
    client.see(page.address).press("Prøv igjen")
    work()
    client.see(page.address).press("Gjennomfør importen")
    work()
    result = client.get(f"{page.address}/resultat.csv").get_data().decode("utf-8-sig").splitlines()
    assert [line.split(";")[-2] for line in result[1:]] == ["Gjennomført", "Gjennomført"]
    claim = client.see(client.see(f"{page.address}?utfall=made").links()["3"])
    assert "Importert fra filen krav.csv, rad 3." in claim.text


def test_a_file_with_a_national_identity_number_is_refused_at_the_field(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    data = text_of([f"13097248022;{Q1};1;"])
    page = client_for("area-nordland").see("/bestillinger/ny/gp-claims")
    page = page.press("Last opp og prøv", file=(io.BytesIO(data), "krav.csv"))
    assert page.status == 422
    assert "Rad 2 har et tall som ser ut som et fødselsnummer." in page.text


def test_another_areas_order_is_not_found(gp_house: Flask, client_for: Callable[[str], Client]) -> None:
    with gp_house.app_context():
        order_rows.second_area()
        address = f"/bestillinger/{order_rows.place(text_of([f'1234567;{Q1};1;'])).public_id}"
    assert client_for("area-bergen").get(address).status_code == 404
    assert client_for("officer1").get(address).status_code == 200
    assert client_for("gp1").get(address).status_code == 403
