"""Forms of what Helfo pays."""

import re
from datetime import date

from wtforms.fields import HiddenField

from app.compensation.domain import HelfoPaid
from app.values.bounds import MOST_GRANT_ORE, Days
from app.values.language import N_
from forms.base import BaseForm, Required
from forms.fields import KronerField, LocalDateField, MultilineText, PlainText

_ROUND_A_CODE = re.compile(r"[,;'’\"]")


class ExportForm(BaseForm):
    """One button for the claims a page showed; `control` tells which those were."""

    control = HiddenField()


class HelfoPaidForm(BaseForm):
    """What Helfo's receipt says."""

    paid_on = LocalDateField(N_("Dagen Helfo betalte"), [Required()], days=None)
    sum = KronerField(
        N_("Beløpet Helfo har betalt"),
        [Required()],
        description=N_("Skriv det som står i kvitteringen. Det blir sammenlignet med kravene i filen."),
        least_ore=1,
        most_ore=MOST_GRANT_ORE,
    )
    reference = PlainText(
        N_("Referansen fra Helfo"),
        [Required()],
        description=N_("Mottakerne får se den."),
        longest=100,
        printed=False,
    )
    not_paid = MultilineText(
        N_("Krav Helfo ikke har betalt"),
        description=N_("Skriv koden i kolonnen «Krav», én på hver linje. La feltet stå tomt når alt er betalt."),
        longest=4000,
        printed=False,
    )

    def limit(self, made_on: date, today: date) -> None:
        """After the file was made, and not ahead."""
        self.paid_on.days = Days(made_on, today)

    def facts(self) -> HelfoPaid:
        """What was typed."""
        assert isinstance(self.paid_on.data, date) and self.sum.data is not None
        # Our file marks a code that begins with a hyphen (app/spreadsheet.py), and a spreadsheet shows the mark.
        codes = tuple(dict.fromkeys(_ROUND_A_CODE.sub(" ", str(self.not_paid.data)).split()))
        return HelfoPaid(self.paid_on.data, self.sum.data, str(self.reference.data), codes)
