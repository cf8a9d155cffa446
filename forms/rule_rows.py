"""The repeated rows of a draft's form: one row a question, criterion, instalment and so on.

A row keeps its code, so that answers keep their question; a new row gets a code nobody has had.
"""

import re
import secrets
from dataclasses import fields
from typing import Any

from wtforms import Form
from wtforms.fields import BooleanField, FieldList, HiddenField
from wtforms.validators import ValidationError

from app.rules.domain import (
    CostType,
    Criterion,
    InstalmentRule,
    Known,
    Question,
    ReportKind,
    ReportRule,
    Requirement,
    Section,
    Trigger,
    UnitKind,
    UnitPrice,
    Words,
)
from app.values.bounds import MOST_UNIT_PRICE_ORE, MOST_UNITS
from app.values.language import N_
from forms.fields import KronerField, LocalDateField, MultilineText, PlainText, WholeNumberField, WordedField
from forms.messages import REQUIRED, Messages

CODE = re.compile(r"[a-z0-9_]{1,40}")
_CHOICE = " | "
ANSWERED_IN = N_("Svarene står i spørsmål")
ANSWERED_HOW = N_("Numrene til spørsmålene i søknaden, med komma mellom. Skriv «budsjett» for budsjettet.")


class RuleRowForm(Form):
    """A row of a list; says its errors in Norwegian like every form here."""

    class Meta:
        """WTForms' own catalogues have no nynorsk."""

        def get_translations(self, form: Form) -> Messages:
            """Our words."""
            del form
            return Messages()

    @property
    def is_blank(self) -> bool:
        """Whether nothing that counts was typed: the row is then left out."""
        raise NotImplementedError

    def read(self, prefix: str) -> Any:
        """The row as a frozen fact."""
        raise NotImplementedError


class WordsRow(RuleRowForm):
    """A code and its words in both forms."""

    code = HiddenField()
    nb = PlainText(N_("Bokmål"), longest=300)
    nn = PlainText(N_("Nynorsk"), longest=300)

    @property
    def is_blank(self) -> bool:
        """No words."""
        return not (self.nb.data or self.nn.data)

    @property
    def words(self) -> Words:
        """Both forms."""
        return Words(self.nb.data or "", self.nn.data or "")

    def coded(self, prefix: str) -> str:
        """The row's code, or a new one."""
        kept = str(self.code.data or "")
        return kept if CODE.fullmatch(kept) else f"{prefix}_{secrets.token_hex(4)}"

    def read(self, prefix: str) -> Any:
        """A part of the application, its questions not yet in it."""
        return Section(self.coded(prefix), self.words, ())


class RequirementRow(WordsRow):
    """A formal requirement."""

    point = PlainText(N_("Punkt i regelverket"), longest=20)
    known = WordedField(N_("Programmet viser saksbehandleren"), words=Known, blank=N_("Ingenting"))
    answered_in = PlainText(ANSWERED_IN, description=ANSWERED_HOW, longest=100)

    def read(self, prefix: str) -> Requirement:
        """As the rules have it."""
        known = self.known.data if isinstance(self.known.data, Known) else None
        return Requirement(self.coded(prefix), self.words, self.point.data or "", known)


class CriterionRow(WordsRow):
    """A criterion; the weight is a whole number, the scale runs from 0."""

    weight = WholeNumberField(N_("Vekt"), lowest=1, highest=1000)
    top = WholeNumberField(N_("Høyeste poeng"), lowest=1, highest=10, default=5)
    answered_in = PlainText(ANSWERED_IN, description=ANSWERED_HOW, longest=100)

    def read(self, prefix: str) -> Criterion:
        """As the rules have it."""
        return Criterion(self.coded(prefix), self.words, self.weight.data or 0, self.top.data or 5)

    def validate_weight(self, field: WholeNumberField) -> None:
        """A criterion that counts nothing is none."""
        _demand(self, field)


class PriceRow(WordsRow):
    """A unit price."""

    unit_price_ore = KronerField(N_("Sats"), most_ore=MOST_UNIT_PRICE_ORE)
    max_units = WholeNumberField(N_("Høyeste antall"), lowest=1, highest=MOST_UNITS)
    max_per_period = WholeNumberField(N_("Høyeste antall i ett krav"), lowest=1, highest=MOST_UNITS)
    kind = WordedField(N_("Slags sats"), words=UnitKind)
    documented = BooleanField(N_("Kravet må ha vedlegg"))
    one_nb = PlainText(N_("Én enhet heter (bokmål)"), longest=60)
    one_nn = PlainText(N_("Én enhet heter (nynorsk)"), longest=60)
    many_nb = PlainText(N_("Flere enheter heter (bokmål)"), longest=60)
    many_nn = PlainText(N_("Flere enheter heter (nynorsk)"), longest=60)

    def read(self, prefix: str) -> UnitPrice:
        """As the rules have it."""
        return UnitPrice(
            self.coded(prefix),
            self.words,
            self.unit_price_ore.data or 0,
            self.max_units.data or 1,
            Words(self.one_nb.data or "", self.one_nn.data or ""),
            Words(self.many_nb.data or "", self.many_nn.data or ""),
            self.kind.data if isinstance(self.kind.data, UnitKind) else UnitKind.PER_PATIENT,
            self.max_per_period.data,
            bool(self.documented.data),
        )

    def validate_unit_price_ore(self, field: KronerField) -> None:
        """No price, no row."""
        _demand(self, field)


class ConditionRow(RuleRowForm):
    """A condition of the letter."""

    nb = MultilineText(N_("Bokmål"), longest=1000)
    nn = MultilineText(N_("Nynorsk"), longest=1000)

    @property
    def is_blank(self) -> bool:
        """No words."""
        return not (self.nb.data or self.nn.data)

    def read(self, prefix: str) -> Words:
        """As the rules have it."""
        del prefix
        return Words(self.nb.data or "", self.nn.data or "")


class InstalmentRow(RuleRowForm):
    """A share of the award and what releases it."""

    percent = WholeNumberField(N_("Prosent"), lowest=1, highest=100)
    trigger = WordedField(N_("Betales"), words=Trigger, blank=N_("Velg"))
    on = LocalDateField(N_("Dato"), days=None)
    report = WordedField(N_("Rapport"), words=ReportKind, blank=N_("Ingen"))

    @property
    def is_blank(self) -> bool:
        """Nothing typed or chosen."""
        return _untouched(self)

    def read(self, prefix: str) -> InstalmentRule:
        """As the rules have it; only what belongs to the trigger is kept."""
        del prefix
        trigger = Trigger(self.trigger.data or Trigger.ACCEPTANCE)
        on = self.on.data if trigger is Trigger.DATE else None
        report = ReportKind(self.report.data) if self.report.data and trigger is Trigger.REPORT_APPROVED else None
        return InstalmentRule(self.percent.data or 0, trigger, on, report)

    def validate_percent(self, field: WholeNumberField) -> None:
        """A share of something."""
        _demand(self, field)

    def validate_trigger(self, field: WordedField) -> None:
        """Something releases it."""
        _demand(self, field)

    def validate_on(self, field: LocalDateField) -> None:
        """A fixed day is given."""
        if self.trigger.data is Trigger.DATE:
            _demand(self, field)

    def validate_report(self, field: WordedField) -> None:
        """The report is named."""
        if self.trigger.data is Trigger.REPORT_APPROVED:
            _demand(self, field)


class ReportRow(RuleRowForm):
    """A report owed: the state as of one day, delivered by another."""

    kind = WordedField(N_("Rapport"), words=ReportKind, blank=N_("Ingen"))
    cutoff_on = LocalDateField(N_("Status per"), days=None)
    due_on = LocalDateField(N_("Leveres innen"), days=None)

    @property
    def is_blank(self) -> bool:
        """Nothing typed or chosen."""
        return _untouched(self)

    def read(self, prefix: str) -> ReportRule:
        """As the rules have it. Raises ValueError on a row that did not validate."""
        del prefix
        if self.cutoff_on.data is None or self.due_on.data is None:
            raise ValueError("validate the form first")
        return ReportRule(ReportKind(self.kind.data or ""), self.cutoff_on.data, self.due_on.data)

    def validate_kind(self, field: WordedField) -> None:
        """Which report it is."""
        _demand(self, field)

    def validate_cutoff_on(self, field: LocalDateField) -> None:
        """Both days are given."""
        _demand(self, field)

    def validate_due_on(self, field: LocalDateField) -> None:
        """Both days are given."""
        _demand(self, field)


def read_rows(rows: FieldList, prefix: str, *, cost: bool = False) -> Any:
    """The rows that say something, as frozen facts; new ones get a code that begins with `prefix`."""
    read = tuple(row.form.read(prefix) for row in rows.entries if not row.form.is_blank)
    return tuple(CostType(one.code, one.words) for one in read) if cost else read


def row_data(fact: Any) -> dict[str, Any]:
    """A frozen fact as the data of its row."""
    if isinstance(fact, Words):
        return {"nb": fact.nb, "nn": fact.nn}
    data = {f.name: getattr(fact, f.name) for f in fields(fact)}
    if isinstance(words := data.pop("words", None), Words):
        data |= {"nb": words.nb, "nn": words.nn}
    if isinstance(fact, UnitPrice):
        data |= {"one_nb": fact.one.nb, "one_nn": fact.one.nn, "many_nb": fact.many.nb, "many_nn": fact.many.nn}
    if isinstance(fact, Question):
        data |= {
            "help_nb": fact.help.nb,
            "help_nn": fact.help.nn,
            # No choice has a line break: each is typed on a line of its own.
            "codes": "\n".join(f"{c.code}={c.words.nb}" for c in fact.choices),
        }
        data["choices"] = "\n".join(c.words.nb + _CHOICE + c.words.nn for c in fact.choices)
    return data


def _untouched(row: RuleRowForm) -> bool:
    """Whether nobody has filled in anything here; what could not be read was filled in too."""
    return all(field.data is None and not (field.errors or field.process_errors) for field in row)


def _demand(row: RuleRowForm, field: Any) -> None:
    if not row.is_blank and field.data is None and not field.errors:
        raise ValidationError(field.gettext(REQUIRED))
