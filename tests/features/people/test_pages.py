"""The administrator's pages, the link that is used once, and changing one's own password."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access import actions as access
from app.access.models import PasswordLink, User
from app.audit.verify import faults
from app.db import clock, db, writing
from app.dispatch import actions as dispatch
from app.dispatch import channel
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.flow import Refused
from tests import factories
from tests.client import Client, Page
from tests.features.dispatch.rows import with_mail

GOOD = "fire ord om høsten ute"
FIRST, LATER = "Lag lenke for første passord", "Send lenke for nytt passord"
HOUR = timedelta(hours=1)


@pytest.fixture
def house(app: Flask) -> Flask:
    with app.app_context():
        factories.people()
        db.session.remove()
    return app


@pytest.fixture
def admin(house: Flask, client_for: Callable[[str], Client]) -> Client:
    return client_for("admin")


def link_on(page: Page) -> str:
    """The address that is shown once."""
    assert page.root is not None
    shown = [e.get("value") or "" for e in page.root.iter("input") if e.get("id") == "link"]
    return shown[0].partition("//")[2].partition("/")[2] if shown else ""


def lead_key(house: Flask) -> str:
    with house.app_context():
        return str(factories.user("lead").id)


def invited(admin: Client, **changes: object) -> Page:
    fields = {"username": "ny", "name": "Åse Ny", "email": "ase@example.invalid", "roles": ["officer"], **changes}
    return admin.see("/ny-person").press("Opprett", **fields)


def test_opening_an_account_twice_with_one_form_opens_it_once(admin: Client) -> None:
    form = admin.see("/ny-person")
    typed = {"username": "ny", "name": "Åse Ny", "email": "ase@example.invalid", "roles": ["officer"]}
    pressed = [form.press("Opprett", **typed) for _ in range(2)]
    assert [page.address for page in pressed] == ["/personer/ny", "/personer/ny"]
    assert form.press("Opprett", **typed | {"username": "nyere"}).status == 409


def test_a_new_person_chooses_a_password_by_a_link_that_works_once_and_not_for_long(
    house: Flask, admin: Client, client: Client
) -> None:
    older = "/" + link_on(invited(admin).press(FIRST))
    address = "/" + link_on(admin.see("/personer/ny").press(FIRST))
    assert client.see(older).status == 404, "a newer link voids it"
    token = address.partition("kode=")[2]
    assert link_on(admin.see("/personer/ny")) == "", "shown once"
    with house.app_context():
        kept = db.session.scalars(sa.select(PasswordLink)).one()
        assert token not in (kept.token_sha256, str(kept.user_id)) and len(kept.token_sha256) == 64
        db.session.remove()
    opened = client.see(address)
    assert "Åse Ny" in opened.text
    assert client.see(address).status == 200, "looking uses nothing up"
    for weak in ("kort", "passordpassord", "Åse Ny Åse Ny", "a" * 129, GOOD + "\0", GOOD + "\t"):
        assert opened.press("Lagre passordet", new_password=weak).status == 422
    inside = opened.press("Lagre passordet", new_password=GOOD).press("Logg inn", username="ny", password=GOOD)
    assert "Åse Ny" in inside.text
    assert client.see(address).status == 404
    with house.app_context():
        told = db.session.execute(sa.select(Outgoing.address, Outgoing.subject, Outgoing.body)).all()
        assert [(each.address, each.subject) for each in told] == [
            ("ase@example.invalid", "Du får en lenke for å velge passord"),
            ("ase@example.invalid", "Du får en lenke for å velge passord"),
            ("ase@example.invalid", "Passordet ditt er byttet"),
        ]
        assert token not in str(told), "whoever may read letters could become the person"
        db.session.remove()
    out = client.see("/").press("Logg ut")
    listed = out.text.partition("Brukere i demoen")[2]
    assert "officer1" in listed and "Åse Ny" not in listed, "the demo's password is not theirs"
    page = client.see("/" + link_on(invited(admin, username="ny2").press(FIRST)))
    with house.app_context():
        with writing():
            clock.start_at(clock.now() + timedelta(hours=72, seconds=1))
        house.extensions.pop("tilsagn-clock", None)
        assert list(faults()) == []
        db.session.remove()
    assert page.press("Lagre passordet", new_password=GOOD).status == 404, "too old"


def test_a_link_for_somebody_who_has_had_a_password_goes_to_them_and_to_nobody_else(
    house: Flask, admin: Client, client: Client, client_for: Callable[[str], Client]
) -> None:
    assert "ikke satt opp her" in admin.see("/personer/decider").text
    assert admin.post("/personer/decider/lenke").status_code == 409
    with_mail(house, "smtp://127.0.0.1:1")
    page = admin.see("/personer/decider").press(LATER)
    assert "decider@example.invalid" in page.text and link_on(page) == "" and "kode=" not in page.text
    with house.app_context():
        row = db.session.scalars(sa.select(Outgoing).where(Outgoing.kind == "password_link")).one()
        assert (row.address, "kode=" in row.body) == ("decider@example.invalid", False)
        address = re.findall(r"http\S+/(nytt-passord\?kode=\w+)", channel.message(row, clock.now()).body)[0]
        assert address.partition("=")[2] not in str(
            [vars(each) for each in db.session.scalars(sa.select(PasswordLink))]
        )
        with writing():
            row.status = Status.FAILED
        with pytest.raises(Refused, match="personens egen adresse"), writing():
            dispatch.readdress(
                row.id, row.version, "odd@example.invalid", by=factories.acting("officer1"), at=clock.now()
            )
        shown = f"/utsendelser/{row.public_id}"
        db.session.remove()
    page = client_for("officer1").see(shown)
    assert "personens egen adresse" in page.text and "Rett adressen og send på nytt" not in page.buttons()
    inside = client.see(f"/{address}").press("Lagre passordet", new_password=GOOD)
    assert "Passordet er lagret" in inside.text
    assert inside.form("Logg inn").fields()["username"] == ["decider"]
    # Another address gets none for some days, and the former is told.
    admin.see("/personer/decider/endre").press("Lagre", email="odd@example.invalid")
    assert "nylig endret" in admin.see("/personer/decider").text
    assert admin.post("/personer/decider/lenke").status_code == 409
    with house.app_context():
        told = db.session.execute(sa.select(Outgoing.address).where(Outgoing.subject == "E-postadressen din er endret"))
        assert told.scalars().all() == ["decider@example.invalid"]
        with writing() as session:
            session.execute(sa.update(User).values(email_changed_at=clock.now() - timedelta(days=3)))
        db.session.remove()
    assert "odd@example.invalid" in admin.see("/personer/decider").press(LATER).text


def test_a_person_who_is_ended_is_out_and_no_link_leads_in(
    house: Flask, admin: Client, client: Client, client_for: Callable[[str], Client]
) -> None:
    officer = client_for("officer2")
    assert "Ola Demo" in officer.see("/").text
    with house.app_context():
        with writing():
            link = "/nytt-passord?kode=" + access.make_link(factories.user("officer2"), HOUR, by=None, at=clock.now())
        db.session.remove()
    assert client.see(link).status == 200
    ended = admin.see("/personer/officer2/avslutt").press("Avslutt tilgangen")
    assert "Tilgangen er avsluttet" in ended.text
    assert client.see(link).status == 404
    assert officer.get("/saker").headers["Location"].endswith("/logg-inn")
    assert "Ola Demo" in admin.see("/personer?status=avsluttede").text
    reopened = admin.see("/personer/officer2").press("Åpne tilgangen igjen")
    assert "saksbehandler" in reopened.text
    again = client.see("/logg-inn").press("Logg inn", username="officer2", password="demo")
    assert again.status == 422, "the password of before is good for nothing"


def test_everyone_changes_their_own_password_and_is_logged_out_everywhere(
    house: Flask, client_for: Callable[[str], Client]
) -> None:
    here, there = client_for("bergen"), client_for("bergen")
    page = here.see("/passord")
    assert page.press("Bytt passord", old_password="feil", new_password=GOOD).status == 422
    assert page.press("Bytt passord", old_password="demo", new_password="bergen bergen").status == 422
    blank = page.press("Bytt passord", old_password="demo", new_password="xK9#qW2pZ" + " " * 9)
    assert "Passordet er for kort" in blank.text
    out = page.press("Bytt passord", old_password="demo", new_password="fire ord om tåke ute")
    assert there.get("/vaar-side").status_code == 303
    assert out.form("Logg inn").fields()["username"] == ["bergen"]
    # The same letters, put together otherwise (NFKC).
    inside = out.press("Logg inn", username="bergen", password="fire ord om ta\u030ake ute")
    assert "Turid Demo" in inside.text


def test_people_stand_in_norwegian_order_and_are_found(house: Flask, admin: Client) -> None:
    for username, name in (("aa", "Åse Aa"), ("oe", "Ørjan Oe"), ("ae", "Ærlig Ae")):
        invited(admin, username=username, name=name)
    text = admin.see("/personer?status=aktive").text
    places = [text.index(name) for name in ("Turid Demo", "Ærlig Ae", "Ørjan Oe", "Åse Aa")]
    assert places == sorted(places)
    found = admin.see("/personer?sok=ÅSE").text
    assert "Åse Aa" in found and "Ørjan" not in found
    assert "Ingen personer passer" in admin.see("/personer?sok=%25").text


def test_memberships_are_given_and_taken_and_what_was_typed_stays(
    house: Flask, admin: Client, client_for: Callable[[str], Client]
) -> None:
    def give(**fields: object) -> Page:
        return admin.see("/personer/demovik/tilganger/ny").press("Gi tilgang", **fields)

    assert "Bergen kommune" in give(role="writer", party="964 338 531").text
    assert "Fjordnes kommune" in give(role="signer", party="fjordnes").text
    assert "ingen organisasjon" in give(role="signer", party="Ingensted").text
    assert give(role="signer", party="").status == 422
    assert give(role="coordinator", party="").status == 422
    with house.app_context():
        from app.parties.queries import areas

        area = areas()[0].id
    assert "PLL i nord" in give(role="coordinator", area=str(area)).text
    assert give(role="writer", party="964338531").status == 409
    page = admin.see("/personer/demovik")
    before = page.text.count("Ta bort")
    assert page.press(next(b for b in page.buttons() if "Bergen" in b)).text.count("Ta bort") == before - 1
    page = invited(admin, username="officer1")
    assert page.status == 422 and "Brukernavnet er i bruk" in page.text
    assert page.form("Opprett").fields()["name"] == ["Åse Ny"]
    page = invited(admin, roles=["decider", "finance"], email="ikke en adresse")
    assert "kan ikke også være økonomi" in page.text and "navn@kommune.no" in page.text
    assert invited(admin).status == 200
    for username in ("officer1", "auditor", "bergen"):
        other = client_for(username)
        assert other.get("/personer").status_code == 403
        assert other.post("/personer/officer2/roller", data={"role": "admin"}).status_code == 403


def test_authority_is_registered_by_one_and_confirmed_by_another_on_their_pages(
    house: Flask, admin: Client, client_for: Callable[[str], Client]
) -> None:
    admin.see("/personer/lead").press("Gi rollen", role="decider")
    page = admin.see("/personer/lead")
    assert "kan ikke vedta saker" in page.text
    form = admin.see("/personer/lead/endre")
    assert form.form("Lagre").fields()["superior_id"] != [""], "the superior stands chosen"
    changed = form.press("Lagre", title="seksjonsleder")
    assert "seksjonsleder" in changed.text and "endret stilling" in changed.text
    assert "sin egen leder" in admin.see("/personer/decider/endre").press("Lagre", superior_id=lead_key(house)).text
    with house.app_context():
        head = str(factories.user("decider").id)
        today = clock.now()
    fields = {
        "giver": head, "from_on": today.strftime("%d.%m.%Y"), "to_on": "31.12.2029",
        "limit_ore": "2 000 000", "reference": "25/17",
    }  # fmt: skip
    form = admin.see("/personer/lead/fullmakter/ny")
    assert form.press("Registrer", **{**fields, "limit_ore": "20 000 000"}).status == 422
    absurd = form.press("Registrer", **{**fields, "from_on": "01.01.1900", "limit_ore": "2 000 000 000"})
    assert absurd.status == 422
    for words in ("kan gjelde fra en dag mellom", "ikke være høyere enn"):
        assert words in absurd.text
    registered = form.press("Registrer", **fields)
    assert "Venter på bekreftelse" in registered.text
    assert "selv registrert fullmakten" in admin.see("/fullmakter").text
    assert "din egen" in client_for("lead").see("/fullmakter").text
    confirmed = client_for("admin2").see("/fullmakter").press("Bekreft fullmakten")
    assert "Fullmakten er bekreftet" in confirmed.text
    button = next(b for b in confirmed.buttons() if b.startswith("Avslutt fullmakten") and "Inger" in b)
    assert "Fullmakten er avsluttet" in confirmed.press(button).text
    history = admin.see("/personer/lead").text
    assert re.search(r"Odd Demo|Eva Demo", history) and "avsluttet budsjettdisponeringsmyndigheten" in history
