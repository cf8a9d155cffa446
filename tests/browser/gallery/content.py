"""Made-up content of the gallery."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from typing import Any

from wtforms import BooleanField, FileField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.values.language import Worded
from forms.base import BaseForm


class State(Worded):
    DRAFT = "draft", "Kladd"
    SUBMITTED = "submitted", "Sendt inn"
    WAITING = "waiting", "Venter på svar fra søker"
    GRANTED = "granted", "Innvilget"
    REFUSED = "refused", "Avslått"


def spans(text: str) -> list[Thing]:
    return [Thing(text=text, strong=False, href=None)]


class ExampleForm(BaseForm):
    name = StringField(
        "Kontaktperson", [InputRequired("Skriv navnet på kontaktpersonen.")], description="Den vi kan ringe."
    )
    orgnr = StringField("Organisasjonsnummer", [InputRequired("Skriv organisasjonsnummeret, ni siffer.")])
    purpose = TextAreaField("Formål", [InputRequired()], description="Hva skal dere få til, og for hvem?")
    amount = StringField("Søknadsbeløp", [InputRequired()])
    period = StringField("Startdato", [InputRequired()])
    kind = SelectField(
        "Område",
        [InputRequired()],
        choices=[SelectChoice("a", "Pasientens legemiddelliste"), SelectChoice("b", "Samhandling")],
    )
    scale = RadioField(
        "Oppfyller søknaden kravet?",
        [InputRequired("Velg ett av svarene.")],
        choices=[SelectChoice("y", "Oppfylt"), SelectChoice("n", "Ikke oppfylt"), SelectChoice("m", "Må avklares")],
    )
    partners = SelectMultipleField(
        "Samarbeidsparter", choices=[SelectChoice("1", "Demovik kommune"), SelectChoice("2", "Prøvnes kommune")]
    )
    plan = FileField("Prosjektplan", description="PDF, inntil 20 MB.")
    declared = BooleanField("Vi bekrefter at opplysningene er riktige", [InputRequired("Kryss av for å bekrefte.")])

    def validate_amount(self, field: Any) -> None:
        raise ValidationError("Skriv beløpet i kroner, for eksempel 1 250 000,50.")

    def validate_period(self, field: Any) -> None:
        raise ValidationError("Den datoen finnes ikke. Sjekk dag og måned.")


def case(number: str, party: str, state: State, ore: int, due: date, task: str) -> Thing:
    return Thing(number=number, party=party, state=state, ore=ore, due_on=due, task=task)


AT = datetime(2025, 2, 7, 12, 30, tzinfo=UTC)
CONTENT: dict[str, Any] = {
    "State": State,
    "rows": [
        case("T25-0123", "Demovik kommune", State.SUBMITTED, 320_000_000, date(2025, 2, 7), "Vurder søknad"),
        case("T25-0124", "Herøy kommune (Nordland)", State.WAITING, 1_250_050, date(2025, 2, 12), "Svar på klage"),
        case(
            "T25-0131",
            "Prøvnes og Lillefjord interkommunale samarbeidsråd",
            State.GRANTED,
            1_840_000_000,
            date(2025, 3, 15),
            "Kontroller rapport",
        ),
    ],
    "reasons": [
        Thing(text="Rapporten for %(year)s er ikke godkjent.", facts={"year": 2024}, who="Kari Demo"),
    ],
    "more_reasons": [
        Thing(text="Rapporten for %(year)s er ikke godkjent.", facts={"year": 2024}, who="Kari Demo"),
        Thing(text="Beløpet er over grensen på %(limit_ore)s.", facts={"limit_ore": 500_000_000}, who="leder med BDM"),
    ],
    "events": [
        Thing(
            kind="letter",
            words="Vedtaksbrev sendt til Demovik kommune",
            at=AT,
            who="Helsedirektoratet",
            href="/",
            text="",
        ),
        Thing(
            kind="note",
            words="Telefonnotat",
            at=AT,
            who="Kari Demo",
            href=None,
            text="Snakket med Per.\nHan sender budsjettet <b>i dag</b>.",
        ),
        Thing(kind="step", words="Søknaden er registrert", at=AT, who="Kari Demo", href=None, text=""),
    ],
    "letter": Thing(
        language="nb",
        blocks=[
            Thing(
                block="letterhead",
                sender="Helsedirektoratet",
                unit="Avdeling for tilskudd",
                notice="Demodata",
                recipient=("Demovik kommune", "Rådhusgata 1", "9999 Demovik"),
                references=(("Vår ref.", "T25-0123"), ("Dato", "14. februar 2025")),
            ),
            Thing(block="heading", level=1, spans=spans("Dere får tilskudd")),
            Thing(
                block="paragraph",
                spans=[
                    *spans("Vi viser til søknaden deres av 10. januar 2025. "),
                    Thing(text="Dere får 2 500 000 kr.", strong=True, href=None),
                ],
            ),
            Thing(block="heading", level=2, spans=spans("Vilkår")),
            Thing(
                block="bullets",
                items=[spans("Bruk pengene i 2025."), spans("Send rapport innen 31. mars 2026.")],
            ),
            Thing(
                block="table",
                caption="Utbetaling",
                total=("Sum", "2 500 000 kr"),
                columns=(Thing(heading="Rate", money=False), Thing(heading="Beløp", money=True)),
                rows=(("Rate 1 av 2", "1 500 000 kr"), ("Rate 2 av 2", "1 000 000 kr")),
            ),
            Thing(
                block="table",
                caption="Hva dere får penger til",
                total=("Sum", "2\u00a0500\u00a0000\u00a0kr", "1\u00a0250\u00a0000\u00a0kr"),
                columns=(
                    Thing(heading="Kostnad", money=False),
                    Thing(heading="Søknadsbeløp", money=True),
                    Thing(heading="Innvilget beløp", money=True),
                    Thing(heading="Utbetalingstidspunkt", money=False),
                ),
                rows=(
                    (
                        "Opplæringsvirksomhet",
                        "1\u00a0500\u00a0000\u00a0kr",
                        "750\u00a0000\u00a0kr",
                        "når statusrapporten er godkjent",
                    ),
                    (
                        "Prosjektledelse",
                        "1\u00a0000\u00a0000\u00a0kr",
                        "500\u00a0000\u00a0kr",
                        "etter 1. september 2025",
                    ),
                ),
            ),
            Thing(
                block="signature",
                greeting="Med vennlig hilsen",
                signers=(("Lise Leder", "avdelingsdirektør"),),
                note="Brevet er godkjent elektronisk og sendes uten signatur.",
            ),
        ],
    ),
}
