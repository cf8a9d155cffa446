"""The fields of a draft that only compensation has: from when it holds, what it is in law, control, and who pays."""

from typing import Any

from wtforms.fields import BooleanField

from app.rules.domain import ControlRule, LegalForm, PaidThrough, Rules
from app.values.bounds import MOST_GRANT_ORE, draft_days
from app.values.language import N_
from forms.base import Required
from forms.fields import KronerField, LocalDateField, WholeNumberField, WordedField

_SAME = ("in_force_on", "legal_form", "change_clause", "claims_until", "smallest_count", "paid_through")
_CONTROL = ("control_limit_ore", "sample_percent", "outlier_times")


class CompensationFields:
    """Beside the fields of DraftForm; grants use the first of them too."""

    in_force_on = LocalDateField(
        N_("Gjelder fra"), description=N_("Et tomt felt betyr fra 1. januar i regelverkets år."), days=None
    )
    legal_form = WordedField(
        N_("Rettslig form"),
        words=LegalForm,
        description=N_("En forskrift gjelder for alle avtaler fra dagen den trer i kraft."),
    )
    change_clause = BooleanField(
        N_("Avtalene har en klausul om at satsene kan endres"),
        description=N_("Uten klausulen beholder en avtale satsene den ble inngått med."),
    )
    claims_until = LocalDateField(
        N_("Siste dag for årets krav"), description=N_("Krav etter dagen avgjøres av en saksbehandler."), days=None
    )
    control_limit_ore = KronerField(
        N_("Krav godkjennes automatisk opp til"),
        description=N_("Et tomt felt betyr at en saksbehandler ser på hvert krav."),
        least_ore=1,
        most_ore=MOST_GRANT_ORE,
    )
    sample_percent = WholeNumberField(N_("Stikkprøver (prosent)"), [Required()], lowest=0, highest=100)
    outlier_times = WholeNumberField(
        N_("Uvanlig høyt krav: så mange ganger det midterste kravet i området"), [Required()], lowest=2, highest=100
    )
    smallest_count = WholeNumberField(
        N_("Minste antall som vises i tall om få personer"), [Required()], lowest=1, highest=100
    )
    paid_through = WordedField(N_("Hvem som betaler ut"), words=PaidThrough)

    def limit_days(self, year: int) -> None:
        """The days of a draft for this year."""
        self.in_force_on.days = self.claims_until.days = draft_days(year)

    def without_compensation(self) -> None:
        """Rules of a grant have none of it but the day they hold from."""
        form: Any = self
        for name in (*_SAME[1:], *_CONTROL):
            del form[name]

    def compensation_facts(self) -> dict[str, Any]:
        """What was typed, by the names the rules have for it."""
        form: Any = self
        facts = {name: form[name].data for name in _SAME if name in form}
        if "sample_percent" in form:
            facts["control"] = ControlRule(*(form[name].data for name in _CONTROL))
        return facts


def compensation_data(rules: Rules) -> dict[str, Any]:
    """The same of these rules, by the names of the fields."""
    control = rules.control
    data = {name: getattr(rules, name) for name in _SAME}
    return data | dict(zip(_CONTROL, (control.limit_ore, control.sample_percent, control.outlier_times), strict=True))
