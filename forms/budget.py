"""Forms of the budget: a change of a frame, and the second person's answer."""

from datetime import date
from typing import Any

from wtforms import Form
from wtforms.fields import SelectField

from app.budget.domain import ChangeFacts, ChangeKind, carried_from
from app.values.bounds import MOST_GRANT_ORE, allocation_days
from app.values.language import N_
from forms.base import CreatingForm, Required, RequiredWhen, VersionedForm
from forms.fields import KronerField, LocalDateField, MultilineText, PlainText, WordedField


def _year(chosen: str | None) -> int | None:
    return int(chosen) if chosen and chosen.isdecimal() else None


def _is_carried(form: Form) -> bool:
    return form["kind"].data is ChangeKind.CARRY_OVER


class ChangeForm(CreatingForm):
    """What a letter says of a frame."""

    kind = WordedField(N_("Hva skal endres?"), [Required()], words=ChangeKind)
    amount = KronerField(N_("Beløp"), [Required()], least_ore=100, most_ore=MOST_GRANT_ORE)
    document = PlainText(
        N_("Dokument"),
        [Required()],
        description=N_("For eksempel «Tildelingsbrev 2025, tillegg nr. 2, 25/1234-5»."),
        printed=False,
    )
    document_on = LocalDateField(N_("Dokumentets dato"), [Required()], days=None)
    reason = MultilineText(N_("Begrunnelse"), [Required()], longest=1000, printed=False)
    from_year = SelectField(
        N_("Overføres fra"),
        [RequiredWhen(_is_carried, N_("Velg hvilket år pengene overføres fra."))],
        coerce=_year,
        description=N_("Bare når ubrukte penger overføres."),
    )
    clearance = PlainText(
        N_("Departementets samtykke"),
        [RequiredWhen(_is_carried, N_("Skriv referansen til departementets samtykke."))],
        description=N_("Referansen til brevet. Bare når ubrukte penger overføres."),
        printed=False,
    )
    clearance_on = LocalDateField(
        N_("Dato for samtykket"),
        [RequiredWhen(_is_carried, N_("Skriv datoen for departementets samtykke."))],
        days=None,
    )

    def limit(self, year: int, today: date) -> None:
        """The days and the earlier years that go with a frame of this year."""
        self.document_on.days = self.clearance_on.days = allocation_days(year, today)
        none: list[Any] = [("", self.from_year.gettext(N_("Ingen overføring")))]
        self.from_year.choices = none + [(str(each), str(each)) for each in carried_from(year)]

    def facts(self) -> ChangeFacts:
        """What the letter says; what is told of a carry-over belongs to nothing else."""
        assert isinstance(self.kind.data, ChangeKind) and self.amount.data is not None
        assert isinstance(self.document_on.data, date)
        carried = self.kind.data is ChangeKind.CARRY_OVER
        return ChangeFacts(
            kind=self.kind.data,
            amount_ore=self.amount.data,
            document=str(self.document.data),
            document_on=self.document_on.data,
            reason=str(self.reason.data),
            from_year=self.from_year.data if carried else None,
            clearance=str(self.clearance.data) if carried else "",
            clearance_on=self.clearance_on.data if carried else None,
        )


class ConfirmChangeForm(VersionedForm):
    """One button."""


class RefuseChangeForm(VersionedForm):
    """Why it cannot be confirmed."""

    reason = MultilineText(N_("Hvorfor kan endringen ikke bekreftes?"), [Required()], longest=1000, printed=False)
