"""From an empty draft of rules to a sent application, through pages alone."""

from tests.client import Page
from tests.journeys.people import House

RULES = "/regelverk/samhandling/2025/1"


def both(name: str, bokmaal: str, nynorsk: str) -> dict[str, str]:
    """A text in both forms, as the draft's form names them."""
    return {f"{name}_nb": bokmaal, f"{name}_nn": nynorsk}


def row(place: str, bokmaal: str, nynorsk: str, **more: str) -> dict[str, str]:
    """A row of the draft's form."""
    return {f"{place}-nb": bokmaal, f"{place}-nn": nynorsk} | {f"{place}-{key}": text for key, text in more.items()}


# An empty draft shows two blank rows in each list: this fits in one save.
DRAFT: dict[str, object] = {
    **both("title", "Samhandling 2025", "Samhandling 2025"),
    **both(
        "purpose", "Tilskuddet skal gi færre feil i medisinlister.", "Tilskotet skal gi færre feil i medisinlister."
    ),
    **both("legal_basis", "Budsjettvedtaket, kapittel 701 post 21.", "Budsjettvedtaket, kapittel 701 post 21."),
    **both("not_covered", "Ordinær drift.", "Ordinær drift."),
    **both("complaint_body", "Helse- og omsorgsdepartementet", "Helse- og omsorgsdepartementet"),
    "who_may_apply": ["municipality", "county"],
    **row("sections-0", "Tiltaket", "Tiltaket"),
    **row("sections-1", "Plan og risiko", "Plan og risiko"),
    **row("questions-0", "Beskriv prosjektet", "Beskriv prosjektet", section="1", required="y"),
    **row("questions-1", "Hva kan gå galt?", "Kva kan gå gale?", section="2", required="y"),
    **row("requirements-0", "Søkeren er en kommune", "Søkjaren er ein kommune", point="2.1"),
    **row("requirements-1", "Søknaden er forankret i ledelsen", "Søknaden er forankra i leiinga", point="2.3"),
    **row("criteria-0", "Relevans for formålet", "Relevans for formålet", weight="60"),
    **row("criteria-1", "Forventet nytte", "Forventa nytte", weight="40"),
    **row("cost_types-0", "Lønn", "Løn"),
    **row("cost_types-1", "Opplæring", "Opplæring"),
    **row("conditions-0", "Dere rapporterer innen fristen.", "De rapporterer innan fristen."),
    "instalments-0-percent": "60",
    "instalments-0-trigger": "acceptance",
    "instalments-1-percent": "40",
    "instalments-1-trigger": "report_approved",
    "instalments-1-report": "status",
    "reports-0-kind": "status",
    "reports-0-cutoff_on": "31.08.2025",
    "reports-0-due_on": "15.09.2025",
    "reports-1-kind": "year",
    "reports-1-cutoff_on": "31.12.2025",
    "reports-1-due_on": "01.04.2026",
    **row("report_questions-0", "Hva har dere gjort?", "Kva har de gjort?", required="y"),
    **row("indicators-0", "Antall opplærte ansatte", "Talet på opplærte tilsette", answer="number"),
    "accept_days": "21",
    "auditor_from_ore": "5 000 000",
    "deviation_percent": "10",
}


def rules_published(house: House) -> None:
    """Drafted by the officer, approved by the decider with what it builds on, published by the officer."""
    assert "Skriv nytt regelverk" in house.see("officer1", "/regelverk").links()
    page = house.see("officer1", "/regelverk/samhandling/utkast").press("Lag utkastet", year="2025", source="0")
    assert page.address == RULES + "/rediger"
    page = page.press("Lagre utkastet", **DRAFT)
    assert "Utkastet er lagret." in page.text, page.text
    assert "Publiser regelverket" not in page.links()
    assert house.person("officer1").send(RULES + "/godkjenn", {"version": "2", "basis": "Jeg"}).status == 403
    page = house.see("decider", RULES + "/godkjenn")
    assert page.press("Godkjenn regelverket").status == 422
    page = page.press("Godkjenn regelverket", basis="Departementets fullmakt 12. november 2024")
    assert "Regelverket er godkjent." in page.text
    assert house.person("public").see("/ordninger/regelverk/samhandling/2025").status == 404
    page = house.see("officer1", RULES)
    page = house.see("officer1", page.links()["Publiser regelverket"]).press("Publiser regelverket")
    assert "Regelverket er publisert." in page.text
    house.both_languages("officer1", ["/regelverk", RULES])


def call_announced(house: House) -> str:
    """The call is written and announced; gives the address of its public page."""
    page = house.see("officer1", RULES + "/ny-utlysning").press(
        "Lagre utlysningen",
        title_nb="Samhandling 2025",
        title_nn="Samhandling for 2025",
        intro_nb="Bedre medisinlister.",
        intro_nn="Betre medisinlister.",
        opens_on="01.12.2024",
        deadline_on="15.01.2025",
        answer_by_on="15.02.2025",
        budget_reservation="y",
    )
    assert page.status == 200
    assert "Samhandling 2025" not in house.see("public", "/ordninger").links()
    page = house.see("officer1", page.links()["Kunngjør utlysningen"]).press("Kunngjør utlysningen")
    assert page.status == 200
    house.at("2024-12-02")
    public = house.see("public", "/ordninger")
    shown = house.see("public", public.links()["Samhandling 2025"])
    assert "Åpen for søknader til 15. januar 2025 kl. 23.59 (om 44 dager)." in shown.text
    assert "Med forbehold om Stortingets budsjettvedtak." in shown.text
    house.both_languages("public", ["/", "/ordninger", shown.address, "/ordninger/regelverk/samhandling/2025"])
    # Applying asks for a log-in, and nothing else does.
    asked = house.person("public").see(shown.links()["Start søknad"])
    assert asked.address == "/logg-inn"
    return shown.address


def by_label(page: Page, button: str, words: str) -> str:
    """The name of the field whose label has these words: rules give their questions codes nobody knows."""
    assert page.root is not None
    for label in page.root.iter("label"):
        if words in "".join(label.itertext()):
            wanted = label.get("for")
            for element in page.root.iter():
                if element.get("id") == wanted:
                    return str(element.get("name"))
    raise LookupError(words)
