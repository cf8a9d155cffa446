"""From the first word of an application to a decision that has been sent."""

import sqlalchemy as sa

from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from tests.client import Page
from tests.journeys import people
from tests.journeys.people import House, body
from tests.journeys.round_opens import by_label

NBSP = "\u00a0"


def case_status(house: House, number: str) -> Status:
    """Where the case stands."""
    return house.ask(lambda: db.session.scalars(sa.select(Case.status).where(Case.number == number)).one())


def applied(house: House, call: str) -> tuple[str, str]:
    """The writer writes section by section and cannot sign; the signer signs, twice by mistake.

    Gives the case's number and its address at the recipient.
    """
    house.at("2024-12-20")
    writer = house.person("bergen-writer")
    page = writer.see(house.see("bergen-writer", "/vaar-side").links()["Samhandling 2025"])
    page = page.press("Start søknad")
    tasks = page.address
    page = _sections(house, page)
    closed = writer.see(tasks + "/signer")
    assert "Kan åpnes av: kan signere" in closed.text and "Signer og send inn" not in closed.buttons()
    assert "Turid Demo" in page.text
    page = page.press("Send til signering")
    assert "Varsel er sendt til Turid Demo" in page.text
    assert writer.send(tasks + "/signer", {"once": "x" * 24, "version": "9"}).status == 409
    house.both_languages("bergen-writer", ["/vaar-side", tasks, tasks + "/del/prosjekt", tasks + "/forhandsvis"])
    signing = house.see("bergen", tasks + "/signer")
    form = signing.form("Signer og send inn").filled({})
    first, second = (house.person("bergen").send(tasks + "/signer", form) for _ in range(2))
    assert (first.status, second.status, first.address) == (200, 200, second.address)
    assert first.h1 == "Søknaden er sendt inn"
    numbers = house.ask(lambda: list(db.session.scalars(sa.select(Case.number))))
    assert len(numbers) == 1 and numbers[0] and numbers[0] in first.text, numbers
    mine = house.see("bergen", first.links()["Følg saken"]).address
    return numbers[0], mine


def _sections(house: House, page: Page) -> Page:
    """Every part of the application, in the order of the page."""
    client = page.client
    tasks = page.address
    page = client.see(page.links()["Kontaktperson og konto"])
    page = page.press(
        "Lagre og fortsett",
        name="Eli Demo",
        phone="22 33 44 55",
        account_no="1234 56 00009",
        email="eli@bergen.example.no",
    )
    page = page.press(
        "Lagre og fortsett",
        title="Felles medisinliste",
        purpose="Færre feil i medisinlister.",
        starts_on="01.03.2025",
        ends_on="31.12.2025",
    )
    for words, answer in (("Beskriv prosjektet", "Vi lærer opp legene."), ("Hva kan gå galt?", "Lite.")):
        page = page.press("Lagre og fortsett", **{by_label(page, "", words): answer})
    page = page.press("Lagre og fortsett", applied="1 400 000", **_lines(page))
    page = page.press("Lagre og gå til oversikten", new="312 999 005", new_intent="10.12.2024")
    assert page.address == tasks, page.address
    return page


def _lines(page: Page) -> dict[str, str]:
    kinds = [o.get("value") for s in page.root.iter("select") if s.get("name") == "cost_0" for o in s.iter("option")]  # type: ignore[union-attr]
    assert len(kinds) == 3
    return {
        "cost_0": str(kinds[1]),
        "text_0": "Prosjektleder",
        "amount_0": "1 000 000",
        "cost_1": str(kinds[2]),
        "text_1": "Kurs",
        "amount_1": "400 000",
    }


def handled(house: House, number: str, mine: str) -> None:
    """Registered and distributed by the lead; assessed by the officer after a question; recommended in part."""
    case = f"/saker/{number}"
    house.at("2025-01-16")
    people.allocated(house)
    page = house.see("lead", case).press(f"Registrer søknaden – {number}")
    assert page.address == case and case_status(house, number) is Status.REGISTERED
    page = house.see("lead", case + "/fordel")
    page = page.press("Fordel saken", officer=option(page, "officer", "Kari Demo"))
    assert "Saken er fordelt." in page.text
    page = house.see("officer1", case)
    assert not any("Start vurderingen" in words for words in page.buttons()) and "Du må først svare på om du er habil" in page.text
    page = house.see("officer1", case + "/habilitet").press("Lagre svaret", answer="impartial")
    page = house.see("officer1", case).press(f"Start vurderingen – {case[7:]}")
    assert case_status(house, number) is Status.ASSESSING
    _asked_and_answered(house, case, mine)
    _assessed(house, case)
    page = house.see("officer1", case + "/innstilling").press("Lag innstilling")
    assert case_status(house, number) is Status.RECOMMENDED, page.text
    house.both_languages("officer1", ["/saker", case, case + "/vurdering", case + "/innstilling", "/fordeling"])


def _asked_and_answered(house: House, case: str, mine: str) -> None:
    page = house.see("officer1", case + "/sporsmal")
    page = page.press("Send til søkeren", questions="Hvor mange leger deltar?", due_on="24.01.2025")
    assert page.address == case
    assert case_status(house, case.rsplit("/", 1)[1]) is Status.AWAITING_APPLICANT
    house.work()
    page = house.see("bergen-writer", mine)
    assert "Hvor mange leger deltar?" in body(page)
    page = house.see("bergen-writer", page.links()["Svar på spørsmålene"]).press("Send svaret", answer="Førti leger.")
    assert page.status == 200
    # A question sends the case back to «Registrert» until the officer starts again.
    assert case_status(house, case.rsplit("/", 1)[1]) is Status.REGISTERED
    house.see("officer1", case).press(f"Start vurderingen – {case[7:]}")
    assert "Førti leger." in body(house.see("officer1", case + "/vurdering"))


def _assessed(house: House, case: str) -> None:
    """Both requirements met, both criteria scored, the courses cut by 200 000 kroner."""
    page = house.see("officer1", case + "/vurdering")
    names = page.form("Ferdig vurdert").element
    found = {e.get("name") or "" for e in names.iter() if e.get("name")}
    typed = {name: "yes" for name in found if name.startswith("met_")}
    typed |= {name: "4" for name in found if name.startswith("points_")}
    typed |= {name: "Godt begrunnet." for name in found if name.startswith("why_")}
    typed |= {"cut_2": "200 000", "cutwhy_2": "Dyrere enn i lignende prosjekter."}
    page = page.press("Ferdig vurdert", **typed)
    assert page.status == 200 and "Søknaden er ferdig vurdert." in page.text, page.text


def option(page: Page, name: str, words: str) -> str:
    """The value of the choice with these words."""
    assert page.root is not None
    for select in page.root.iter("select"):
        if select.get("name") == name:
            for each in select.iter("option"):
                if words in "".join(each.itertext()):
                    return each.get("value") or ""
    for radio in page.root.iter("label"):
        if words in "".join(radio.itertext()):
            wanted = radio.get("for")
            return next(e.get("value") or "" for e in page.root.iter("input") if e.get("id") == wanted)
    raise LookupError(words)


def sent_back_and_decided(house: House, number: str) -> None:
    """The decider sends back with a cause, gets it again, meets a letter that changed, and decides what was read."""
    case = f"/saker/{number}"
    one = case + "/vedtak"
    assert "Vedta" not in house.see("officer1", one).buttons()
    assert house.person("officer1").send(one, {"version": "1"}).status == 403
    house.see("decider", case + "/habilitet").press("Lagre svaret", answer="impartial")
    page = house.see("decider", case + "/send-tilbake")
    page.press("Send tilbake", cause="amount", words="Se på kursene en gang til.")
    assert case_status(house, number) is Status.ASSESSING
    assert "Se på kursene en gang til." in body(house.see("officer1", case + "/innstilling"))
    house.see("officer1", case + "/innstilling").press("Lag innstilling", own_conditions="Dere deler erfaringene.")
    read = house.see("decider", one)
    assert f"Du vedtar tilskudd på 1{NBSP}200{NBSP}000{NBSP}kr til Bergen kommune." in body(read)
    pdf = house.person("decider").get(one + "/brev.pdf")
    assert pdf.data.startswith(b"%PDF")
    # While the decider reads, the officer takes it back and words it otherwise.
    taken = house.see("officer1", case).press(f"Trekk innstillingen tilbake – {number}")
    assert taken.status == 200
    house.see("officer1", case + "/innstilling").press("Lag innstilling", purpose="Ferre feil på sjukeheimane.")
    stale = read.press("Vedta")
    assert stale.status == 409 and "Noe er endret" in stale.text and "formålet" in stale.text
    assert case_status(house, number) is Status.RECOMMENDED
    done = stale.press("Vedta")
    assert done.status == 200 and "Vedtaket er gjort" in done.text
    assert case_status(house, number) is Status.PARTLY_GRANTED
    assert "Bergen kommune" not in house.see("public", "/tilskudd?aar=2025").text
    house.work()
    assert "Bergen kommune" in house.see("public", "/tilskudd?aar=2025").text
    assert "Bergen kommune" in house.person("public").get("/tilskudd.csv?aar=2025").get_data(as_text=True)
    house.both_languages("decider", ["/vedtak", one])
    house.both_languages("public", ["/tilskudd"])
