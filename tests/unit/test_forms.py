"""Forms: what is typed is read or comes back with what to do, in the reader's Norwegian."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import wtforms
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, session
from flask_babel import Babel
from wtforms.fields import EmailField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, NumberRange

from app.values.bounds import Days
from app.values.deadlines import ArrivalBasis
from forms import base, fields
from forms.messages import BOKMAL
from tests.unit.test_identity import _national_id

TRANSLATIONS = Path(__file__).parents[2].joinpath("app", "translations")
FNR = next(filter(None, (_national_id(15, 8, 76, serial) for serial in range(100))))


class Wish(base.CreatingForm):
    """One field of each kind."""

    amount = fields.KronerField("Beløp", least_ore=100, most_ore=100_000_00)
    frame = fields.KronerField("Ramme", most_ore=100_000_000_00)
    orgnr = fields.OrgnrField("Organisasjonsnummer")
    account = fields.AccountField("Konto")
    hpr = fields.HprField("HPR")
    on = fields.LocalDateField("Dato", days=Days(date(2025, 1, 1), date(2025, 12, 31)))
    score = fields.ScoreField("Poeng")
    units = fields.WholeNumberField("Enheter", highest=1000)
    title = fields.PlainText("Tittel", [base.Required()], longest=20)
    text = fields.MultilineText("Tekst", longest=40)


class Change(base.VersionedForm):
    """A change of something that has a version."""

    amount = fields.KronerField("Beløp", [base.Required()], most_ore=100_000_00)


class Answer(base.BaseForm):
    """A choice among worded codes."""

    basis = fields.WordedField("Grunnlag", [base.Required()], words=ArrivalBasis, blank="Nøytral")


class Plain(base.BaseForm):
    """Fields as WTForms brings them."""

    count = IntegerField("Antall", [NumberRange(1, 5)])
    name = StringField("Navn", [Length(2, 4)])
    kind = SelectField("Slag", choices=[SelectChoice("a", "A")])
    mail = EmailField("E-post", [base.Required()])


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms' nynorsk, compiled."""
    folder = tmp_path_factory.mktemp("translations")
    compiled = folder.joinpath("nn", "LC_MESSAGES", "messages.mo")
    compiled.parent.mkdir(parents=True)
    merged = Catalog(locale="nn")
    for room in ("values", "forms"):
        for message in read_po(io.BytesIO(TRANSLATIONS.joinpath("nn", f"{room}.po").read_bytes()), locale="nn"):
            if message.id:
                merged.add(message.id, message.string)
    with compiled.open("wb") as out:
        write_mo(out, merged)
    return folder


@pytest.fixture
def app(translated: Path) -> Flask:
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="only-for-tests",
        WTF_CSRF_ENABLED=False,
        READER="nb",
        BABEL_TRANSLATION_DIRECTORIES=str(translated),
    )
    Babel(app, locale_selector=lambda: app.config["READER"])
    return app


def post(app: Flask, form: type[base.BaseForm], **typed: str) -> Any:
    """The form as it is after a POST; a creating form brings its token unless told otherwise."""
    if issubclass(form, base.CreatingForm):
        typed.setdefault("once", "t" * 32)
    with app.test_request_context(method="POST", data=typed):
        posted = form()
        posted.validate()
        return posted


def test_what_is_typed_becomes_typed_values(app: Flask) -> None:
    form = post(
        app,
        Wish,
        amount="1 250,50",
        frame="30 000 000 kr",
        orgnr="933 649 768",
        account="8601.11.17947",
        hpr=" 0123 ",
        on="15.02.2025",
        score="4,5",
        units="1 000",
        title="  Legemiddelliste ",
        text="En\r\n\r\n  to",
    )
    assert form.errors == {}
    assert (form.amount.data, form.frame.data) == (125050, 3_000_000_000)
    assert (form.orgnr.data, form.account.data, form.hpr.data) == ("933649768", "86011117947", "123")
    assert (form.on.data, form.score.data, form.units.data) == (date(2025, 2, 15), 450, 1000)
    assert (form.title.data, form.text.data) == ("Legemiddelliste", "En\n\n  to")


def test_blank_is_nothing_and_only_the_required_is_missed(app: Flask) -> None:
    form = post(app, Wish, amount=" ", on="", title="  ", text="")
    assert form.errors == {"title": ["Fyll ut dette."]}
    assert form.amount.data is None
    assert form.on.data is None
    assert form.text.data == ""


@pytest.mark.parametrize(
    ("field", "typed", "nb"),
    [
        ("amount", "mye", "Skriv beløpet med tall, for eksempel 1 250 000,50."),
        ("amount", "-5", "Beløpet kan ikke være negativt. Skriv det uten minustegn."),
        ("amount", "0,99", "Beløpet må være minst 1\u00a0kr."),
        ("amount", "100 000,01", "Beløpet kan ikke være høyere enn 100\u00a0000\u00a0kr."),
        ("orgnr", "933649769", "Organisasjonsnummeret finnes ikke. Sjekk at alle sifrene er riktige."),
        ("account", "123", "Et kontonummer har elleve siffer. Du skrev 3."),
        ("hpr", "x", "Skriv HPR-nummeret med ett til ni siffer."),
        ("on", "15/2", "Skriv datoen med dag, måned og år, for eksempel 14.02.2025."),
        ("on", "31.12.2024", "Datoen kan ikke være før 01.01.2025."),
        ("on", "01.01.2026", "Datoen kan ikke være etter 31.12.2025."),
        ("units", "1001", "Skriv et tall fra 0 til 1\u00a0000."),
        ("score", "4.5", "Skriv poengene med tall og komma, for eksempel 2,50."),
        ("units", "-1", "Skriv et tall fra 0 til 1\u00a0000."),
        ("title", "x" * 23, "Teksten er 3 tegn for lang. Skriv høyst 20 tegn, medregnet mellomrom."),
        (
            "text",
            f"Ringte {FNR}.",
            "Ikke skriv fødselsnummer. Ta bort de elleve sifrene. "
            "Er det et kontonummer, skriv det slik: 8601 11 17947.",
        ),
    ],
)
def test_what_cannot_be_read_stays_in_the_field_with_what_to_do(app: Flask, field: str, typed: str, nb: str) -> None:
    form = post(app, Wish, **{"title": "Tittel", field: typed})
    assert form.errors == {field: [nb]}
    assert not form[field].data
    assert typed in str(form[field]())


def test_markup_and_control_signs_come_back_harmless(app: Flask) -> None:
    form = post(app, Wish, title='"><script>\x00alert(1)</script>', text="</textarea><b>\x07x")
    for field in (form.title, form.text):
        shown = str(field())
        assert "<script>" not in shown
        assert "<b>" not in shown
        assert "\x00" not in shown
        assert "\x07" not in shown
    assert form.text.data == "</textarea><b>x"


def test_stored_values_are_shown_in_their_usual_form(app: Flask) -> None:
    with app.test_request_context():
        form = Wish(amount=125050, orgnr="933649768", account="86011117947", on=date(2025, 2, 5), score=0, title="Å")
        for field, shown in (
            ("amount", "1\u00a0250,50"),
            ("orgnr", "933\u00a0649\u00a0768"),
            ("account", "8601\u00a011\u00a017947"),
            ("on", "05.02.2025"),
            ("score", "0,00"),
            ("title", "Å"),
            ("hpr", ""),
        ):
            assert f'value="{shown}"' in str(form[field]())


def test_required_keeps_the_reason_and_takes_nought_for_an_answer(app: Flask) -> None:
    assert post(app, Change, version="1", amount="mye").errors == {
        "amount": ["Skriv beløpet med tall, for eksempel 1 250 000,50."]
    }
    assert post(app, Change, version="1", amount="0").errors == {}
    assert post(app, Change, version="1").errors == {"amount": ["Fyll ut dette."]}


def test_worded_codes_are_chosen_by_their_words(app: Flask) -> None:
    form = post(app, Answer, basis="receipt")
    assert form.errors == {}
    assert form.basis.data is ArrivalBasis.RECEIPT
    assert '<option selected value="receipt">Kvittering fra mottakeren</option>' in str(form.basis())
    assert post(app, Answer, basis="").errors == {"basis": ["Fyll ut dette."]}
    assert post(app, Answer, basis="gjetning").errors == {"basis": ["Velg ett av svarene i listen."]}
    app.config["READER"] = "nn"
    assert ">Kvittering frå mottakaren<" in str(post(app, Answer, basis="").basis())


def test_the_token_is_random_and_stays_when_the_form_comes_back(app: Flask) -> None:
    with app.test_request_context():
        first, second = Wish(), Wish()
    assert first.token != second.token
    assert len(first.token) == 32
    again = post(app, Wish, once=first.token, title="")
    assert again.errors
    assert again.token == first.token
    assert f'value="{first.token}"' in str(again.once())


@pytest.mark.parametrize("token", ["", "x", "<b>" * 10, "t" * 65])
def test_a_token_that_is_not_ours_is_replaced_and_the_form_sent_again(app: Flask, token: str) -> None:
    form = post(app, Wish, once=token, title="Tittel")
    assert list(form.errors) == ["once"]
    assert form.token != token
    assert post(app, Wish, once=form.token, title="Tittel").errors == {}


def test_the_version_seen_is_a_whole_number(app: Flask) -> None:
    assert post(app, Change, version="7", amount="1").seen_version == 7
    with app.test_request_context():
        assert 'value="3"' in str(Change(version=3).version())
    for version in ("", "-1", "x", "9" * 30):
        form = post(app, Change, version=version, amount="1")
        assert list(form.errors) == ["version"]
        with pytest.raises(ValueError, match="version"):
            _ = form.seen_version


def test_wtforms_own_messages_are_norwegian(app: Flask) -> None:
    assert post(app, Plain, count="x", name="x", kind="b", mail=" ").errors == {
        "count": ["Skriv et helt tall, for eksempel 12.", "Tallet må være mellom 1 og 5."],
        "name": ["Skriv mellom 2 og 4 tegn."],
        "kind": ["Velg ett av svarene i listen."],
        "mail": ["Fyll ut dette."],
    }


def test_a_nynorsk_reader_gets_nynorsk(app: Flask) -> None:
    app.config["READER"] = "nn"
    form = post(app, Plain, count="9", name="x", kind="b", mail="")
    assert form.name.errors == ["Skriv mellom 2 og 4 teikn."]
    assert form.kind.errors == ["Vel eitt av svara i lista."]
    wish = post(app, Wish, amount="-5", title="x" * 23, account="123")
    assert wish.amount.errors == ["Beløpet kan ikkje vere negativt. Skriv det utan minusteikn."]
    assert wish.title.errors == ["Teksten er 3 teikn for lang. Skriv høgst 20 teikn, medrekna mellomrom."]
    assert wish.account.errors == ["Eit kontonummer har elleve siffer. Du skreiv 3."]


def test_a_page_that_is_too_old_says_so(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for token in ("", "foreign"):
        with app.test_request_context(method="POST", data={"csrf_token": token, "amount": "1", "version": "1"}):
            session["csrf_token"] = "another"
            form = Change()
            assert not form.validate()
            assert form.csrf_token.errors[0].startswith("Siden har stått åpen for lenge.")


def test_every_message_wtforms_can_give_has_its_bokmal() -> None:
    """Reads the library's sources, so that a new release with a new message fails here."""
    folder = Path(str(wtforms.__file__)).parent
    sources = [*folder.glob("*.py"), *folder.glob("fields/*.py"), *folder.glob("csrf/*.py")]
    call = re.compile(r"\bn?gettext\(\s*((?:\"[^\"]*\"\s*,?\s*)+)")
    english = {
        words
        for source in sources
        for found in call.finditer(source.read_text(encoding="utf-8"))
        for words in re.findall(r"\"([^\"]*)\"", found.group(1))
    }
    assert len(english) > 30
    assert english - BOKMAL.keys() == set()


def test_the_places_for_facts_are_the_same_in_bokmal() -> None:
    place = re.compile(r"%\((\w+)\)")
    for english, bokmal in BOKMAL.items():
        assert set(place.findall(bokmal)) <= set(place.findall(english)), english
