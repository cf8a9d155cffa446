"""Forms of the payout pages: ticked lines with the versions seen, reasons, days and call-back notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.fields import BooleanField, Field, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from app.cases.domain import Impartiality
from app.values.bounds import Days, pay_days
from app.values.language import N_
from forms.base import BaseForm, CreatingForm, Required, VersionedForm
from forms.cases import WHY, WITH_EXCEPTIONS
from forms.fields import AccountField, LocalDateField, MultilineText, PlainText


class TickedField(Field):
    """Ticked lines, each sent as «address.version»: `data` maps the address to the version the person saw."""

    data: dict[str, int]
    # A number that is longer is none of ours.
    digits = 9

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the ticks; anything that is not ours is refused."""
        self.data = {}
        for value in valuelist:
            address, dot, version = value.rpartition(".")
            if not (dot and address and version.isascii() and version.isdigit() and len(version) <= self.digits):
                raise ValueError(self.gettext(N_("Åpne siden på nytt og velg linjene en gang til.")))
            self.data[address] = int(version)

    def process_data(self, value: Any) -> None:
        """Nothing is ticked by the form itself."""
        self.data = value or {}


class ShownField(TickedField):
    """What the page showed of lines, each sent as «address.øre»: `data` maps the address to the sum in øre."""

    digits = 15


class TickedForm(BaseForm):
    """One or many lines."""

    line = TickedField(N_("Linjer"))

    @property
    def ticked(self) -> dict[str, int]:
        """Address → version seen."""
        return dict(self.line.data)


class LinesForm(TickedForm):
    """What came of lines: all that wait on the list, by one tick of their sum, or some of them."""

    seen = TickedField(N_("Linjer"), widget=HiddenInput())
    whole = BooleanField(N_("Hvilke linjer?"))

    @property
    def ticked(self) -> dict[str, int]:
        """Address → version seen."""
        return dict(self.seen.data) if self.whole.data else dict(self.line.data)

    def validate_whole(self, field: BooleanField) -> None:
        """Nothing is told of lines that nobody has pointed out."""
        del field
        if not self.line.errors and not self.ticked:
            raise ValidationError(N_("Velg minst én linje."))


class SendBackForm(TickedForm):
    """Back to be attested anew."""

    reason = PlainText(N_("Hvorfor sendes den tilbake?"), [Required()], longest=400, printed=False)


class RejectForm(LinesForm):
    """What the bank answered."""

    reason = PlainText(N_("Hva svarte banken?"), [Required()], longest=400, printed=False)


class CheckForm(VersionedForm):
    """A second person's look at the bank's answer."""

    answer = RadioField(
        N_("Hva viser svaret fra banken?"),
        choices=[
            SelectChoice("rejected", N_("Banken avviste betalingen. Beløpet skal betales på nytt.")),
            SelectChoice("not_rejected", N_("Avvisningen stemmer ikke. Linjen skal vente på utfallet.")),
        ],
        validators=[Required(N_("Velg et svar."))],
    )
    note = PlainText(N_("Hva har du sett på?"), [Required()], longest=400, printed=False)

    def facts(self) -> tuple[bool, str]:
        """Whether the rejection stands, and what was looked at."""
        return self.answer.data == "rejected", str(self.note.data)


class PaidForm(LinesForm):
    """The day finance booked the lines."""

    paid_on = LocalDateField(N_("Bokført dato"), [Required()], days=None)

    def limit(self, locked_on: date, today: date) -> None:
        """Booked after the list was locked, and not ahead."""
        self.paid_on.days = Days(locked_on, today)


@dataclass(frozen=True)
class HandOver:
    """Which lines, at which versions, the bank day, and the øre that were shown as set off in them."""

    versions: dict[str, int]
    pay_on: date
    set_off: dict[str, int]


class HandOverForm(LinesForm, CreatingForm):
    """Lock the lines in a list: chosen on the page of the queue, and each named by the page that confirms."""

    seen = TickedField(N_("Linjer"))
    shown = ShownField(N_("Motregnes"))
    pay_on = LocalDateField(
        N_("Betalingsdag"), [Required()], days=None, description=N_("En bankdag i dag eller senere.")
    )

    def limit(self, today: date) -> None:
        """Today or soon."""
        self.pay_on.days = pay_days(today)

    def facts(self) -> HandOver:
        """What to hand over."""
        assert isinstance(self.pay_on.data, date)
        return HandOver(self.ticked, self.pay_on.data, dict(self.shown.data))


class ControlForm(BaseForm):
    """The note of a call-back."""

    note = MultilineText(
        N_("Hvem ringte du, på hvilket nummer, og hva svarte de?"),
        [Required()],
        description=N_("Ring et nummer du finner selv, ikke det som står i meldingen om nytt kontonummer."),
        longest=1000,
        printed=False,
    )


class NewAccountForm(CreatingForm):
    """Another number from the recipient, after the acceptance or the agreement."""

    account = AccountField(
        N_("Nytt kontonummer"),
        [Required()],
        description=N_("Elleve siffer. Nummeret gjelder alt vi skal betale dere fra nå av."),
    )


class ImpartialForm(BaseForm):
    """Impartial in all the cases shown, but for the ticked (domain J.1.4). `asked` says which cases were shown."""

    asked = SelectMultipleField(N_("Saker"), validate_choice=False)
    exceptions = SelectMultipleField(N_("Saker der jeg er inhabil eller i tvil"), validate_choice=False)
    answer = RadioField(
        N_("For dem jeg har krysset av"),
        choices=[SelectChoice(each.value, each.word) for each in (Impartiality.PARTIAL, Impartiality.IN_DOUBT)],
        default=Impartiality.PARTIAL.value,
    )
    reason = PlainText(N_("Hvorfor"), [WITH_EXCEPTIONS], description=WHY, longest=400, printed=False)

    def offer(self, cases: Sequence[tuple[str, str]]) -> None:
        """The cases to answer for, as (number, words)."""
        self.asked.data = [number for number, _ in cases]
        self.exceptions.choices = [SelectChoice(number, words) for number, words in cases]

    def facts(self) -> tuple[list[str], dict[str, Impartiality], str]:
        """The cases shown, the answer for each exception by case number, and the reason."""
        answer = Impartiality(self.answer.data)
        ticked = dict.fromkeys(self.exceptions.data or [], answer)
        return list(self.asked.data or []), ticked, self.reason.data or ""
