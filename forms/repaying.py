"""Forms of money to come back. Beside the others of payouts, which rooms below it use too."""

from datetime import date

from app.payouts.domain import CameBack, Owed
from app.values.bounds import MOST_GRANT_ORE, Days
from app.values.language import N_
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import KronerField, LocalDateField, MultilineText, PlainText


class OwedForm(CreatingForm):
    """A claim for money back that is decided."""

    amount = KronerField(N_("Beløp som skal betales tilbake"), [Required()], least_ore=1, most_ore=MOST_GRANT_ORE)
    decided_on = LocalDateField(N_("Dato for vedtaket"), [Required()], days=None)
    reference = PlainText(
        N_("Vedtaket i arkivet"),
        [Required()],
        description=N_("Arkivsaksnummer eller dokumentnummer."),
        longest=60,
        printed=False,
    )
    reason = MultilineText(N_("Hvorfor skal det betales tilbake?"), [Required()], longest=1000, printed=False)

    def limit(self, first_paid_on: date, today: date) -> None:
        """Nothing is claimed back before it was paid, nor ahead."""
        self.decided_on.days = Days(first_paid_on, today)

    def facts(self) -> Owed:
        """What is claimed, from a form that validated."""
        assert self.amount.data is not None and self.decided_on.data is not None
        return Owed(self.amount.data, self.decided_on.data, self.reference.data or "", self.reason.data or "")


class RefuseDebtForm(VersionedForm):
    """Why it is not confirmed."""

    reason = MultilineText(N_("Hvorfor kan kravet ikke bekreftes?"), [Required()], longest=1000, printed=False)


class BackForm(VersionedForm):
    """Money that has come back."""

    amount = KronerField(N_("Innbetalt beløp"), [Required()], least_ore=1, most_ore=MOST_GRANT_ORE)
    came_on = LocalDateField(N_("Bokført dato"), [Required()], days=None)
    voucher = PlainText(N_("Bilagsnummer"), [Required()], longest=40, printed=False)

    def limit(self, decided_on: date, today: date) -> None:
        """Nothing comes back before it was claimed, nor ahead."""
        self.came_on.days = Days(decided_on, today)

    def facts(self) -> CameBack:
        """What has come, from a form that validated."""
        assert self.amount.data is not None and self.came_on.data is not None
        return CameBack(self.amount.data, self.came_on.data, self.voucher.data or "")
