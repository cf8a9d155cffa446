"""From a registered application to a decision that has been sent."""

import sqlalchemy as sa

from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from tests.journeys.people import House, body, option

NBSP = "\u00a0"


def case_status(house: House, number: str) -> Status:
    """Where the case stands."""
    return house.ask(lambda: db.session.scalars(sa.select(Case.status).where(Case.number == number)).one())


def handled(house: House, number: str, mine: str) -> None:
    """Registered and distributed by the lead; assessed by the officer after a question; recommended in part."""
    case = f"/saker/{number}"
    started(house, number)
    _asked_and_answered(house, case, mine)
    assessed(house, case, cut_2="200 000", cutwhy_2="Dyrere enn i lignende prosjekter.")
    page = house.see("officer1", case + "/innstilling").press("Lag innstilling")
    assert case_status(house, number) is Status.RECOMMENDED, page.text
    house.both_languages("officer1", ["/saker", case, case + "/vurdering", case + "/innstilling", "/fordeling"])


def started(house: House, number: str) -> None:
    """Registered and given to the officer by the lead; the officer declares, and starts."""
    case = f"/saker/{number}"
    page = house.see("lead", case).press(f"Registrer søknaden – {number}")
    assert page.address == case and case_status(house, number) is Status.REGISTERED
    page = house.see("lead", case + "/fordel")
    page = page.press("Fordel saken", officer=option(page, "officer", "Kari Demo"))
    assert "Saken er fordelt." in page.text
    page = house.see("officer1", case)
    assert not any("Start vurderingen" in words for words in page.buttons())
    assert "Du må først svare på om du er habil" in page.text
    house.see("officer1", case + "/habilitet").press("Lagre svaret", answer="impartial")
    house.see("officer1", case).press(f"Start vurderingen – {number}")
    assert case_status(house, number) is Status.ASSESSING


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


def assessed(house: House, case: str, **typed: str) -> None:
    """Both requirements met, both criteria scored, and what is `typed` of cuts."""
    page = house.see("officer1", case + "/vurdering")
    found = {e.get("name") or "" for e in page.form("Ferdig vurdert").element.iter() if e.get("name")}
    typed |= {name: "yes" for name in found if name.startswith("met_")}
    typed |= {name: "4" for name in found if name.startswith("points_")}
    typed |= {name: "Godt begrunnet." for name in found if name.startswith("why_")}
    page = page.press("Ferdig vurdert", **typed)
    assert page.status == 200 and "Søknaden er ferdig vurdert." in page.text, page.text


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
