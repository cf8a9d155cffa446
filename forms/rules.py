"""Forms of rules. The rows of a draft are in rule_rows and rule_questions; here they become frozen rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext
from wtforms.fields import BooleanField, FieldList, FormField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from app.parties.domain import Kind
from app.rules.domain import PARTS, Rules, Words
from app.values.bounds import MOST_GRANT_ORE, draft_days, rules_years
from app.values.language import N_
from forms.base import CreatingForm, Required, VersionedForm
from forms.fields import KronerField, MultilineText, PlainText, ScoreField, WholeNumberField
from forms.rule_compensation import CompensationFields, compensation_data
from forms.rule_questions import AskedRow, QuestionRow, asked_rows, codes_of, numbers_of
from forms.rule_rows import (
    ConditionRow,
    CriterionRow,
    InstalmentRow,
    PriceRow,
    ReportRow,
    RequirementRow,
    WordsRow,
    read_rows,
    row_data,
)

# Blank rows at the end of each list, for what is new.
BLANK = 2


class StartDraftForm(CreatingForm):
    """A new draft: a copy of an earlier version, or empty."""

    year = WholeNumberField(N_("År"), [Required()], highest=date.max.year)
    source = SelectField(N_("Begynn med"), [Required()], coerce=int)

    years: range

    def limit(self, today: date) -> None:
        """Years that rules may be drafted for."""
        self.years = rules_years(today)

    def validate_year(self, field: WholeNumberField) -> None:
        """No mistyped year."""
        if field.data is not None and field.data not in self.years:
            words = gettext(N_("Skriv et år fra %(first)d til %(last)d."), first=self.years[0], last=self.years[-1])
            raise ValidationError(words)

    def offer(self, versions: list[tuple[int, str]]) -> None:
        """The versions to copy from, newest first, and an empty draft (key 0)."""
        choices = [SelectChoice(key, words) for key, words in versions]
        self.source.choices = [*choices, SelectChoice(0, N_("Tomt utkast"))]


class DraftForm(CompensationFields, VersionedForm):
    """A whole rule version as plain text fields and repeated rows. A row without words is taken away."""

    title_nb = PlainText(N_("Navn (bokmål)"), [Required()])
    title_nn = PlainText(N_("Navn (nynorsk)"), [Required()])
    purpose_nb = MultilineText(N_("Formål (bokmål)"), [Required()])
    purpose_nn = MultilineText(N_("Formål (nynorsk)"), [Required()])
    legal_basis_nb = MultilineText(N_("Hjemmel (bokmål)"), [Required()], longest=1000)
    legal_basis_nn = MultilineText(N_("Hjemmel (nynorsk)"), [Required()], longest=1000)
    who_may_apply = SelectMultipleField(
        N_("Hvem som kan søke"), choices=[SelectChoice(kind.value, kind.word) for kind in Kind]
    )
    not_covered_nb = MultilineText(N_("Hva det ikke gis tilskudd til (bokmål)"), longest=2000)
    not_covered_nn = MultilineText(N_("Hva det ikke gis tilskudd til (nynorsk)"), longest=2000)
    sections = FieldList(FormField(WordsRow), N_("Deler av søknaden"))
    questions = FieldList(FormField(AskedRow), N_("Spørsmål i søknaden"))
    requirements = FieldList(FormField(RequirementRow), N_("Formelle krav"))
    criteria = FieldList(FormField(CriterionRow), N_("Kriterier og vekter"))
    cost_types = FieldList(FormField(WordsRow), N_("Kostnadstyper i budsjettet"))
    conditions = FieldList(FormField(ConditionRow), N_("Vilkår"))
    instalments = FieldList(FormField(InstalmentRow), N_("Utbetaling i rater"))
    reports = FieldList(FormField(ReportRow), N_("Rapporter og frister"))
    report_questions = FieldList(FormField(QuestionRow), N_("Spørsmål i rapporten"))
    indicators = FieldList(FormField(QuestionRow), N_("Indikatorer"))
    unit_prices = FieldList(FormField(PriceRow), N_("Satser"))
    one_application = BooleanField(N_("Hver søker kan bare ha én søknad på en utlysning"))
    accept_days = WholeNumberField(N_("Dager til å akseptere"), [Required()], lowest=1, highest=365)
    auditor_from_ore = KronerField(N_("Revisor må bekrefte regnskapet fra"), [Required()], most_ore=MOST_GRANT_ORE)
    signed_accounts = BooleanField(
        N_("Signert regnskap skal følge årsrapporten og sluttrapporten"),
        description=N_("Vedtaksbrevet sier det, og rapporten kan ikke leveres uten."),
    )
    deviation_percent = WholeNumberField(N_("Avvik som må forklares (prosent)"), [Required()], lowest=0, highest=100)
    review_days = WholeNumberField(
        N_("Dager til å kontrollere en rapport"),
        [Required()],
        lowest=1,
        highest=365,
        description=N_("Fra rapporten er levert til kontrollen skal være ferdig hos oss."),
    )
    cap_ore = KronerField(
        N_("Høyeste beløp for hver avtale"),
        description=N_("Bare for kompensasjon."),
        least_ore=1,
        most_ore=MOST_GRANT_ORE,
    )
    lowest_score = ScoreField(
        N_("Innvilgelse under denne poengsummen må begrunnes"),
        description=N_("Et tomt felt betyr at regelverket ikke setter noen grense."),
    )
    complaint_body_nb = PlainText(N_("Klageinstans (bokmål)"), [Required()])
    complaint_body_nn = PlainText(N_("Klageinstans (nynorsk)"), [Required()])
    settings_not_published = SelectMultipleField(
        N_("Deler som er innstillinger her, og ikke publisert av Helsedirektoratet"),
        choices=[SelectChoice(code, words) for code, words in PARTS.items()],
    )

    @classmethod
    def shown(cls, rules: Rules, version: int) -> "DraftForm":
        """The form as it is first shown, with blank rows at the end of each list."""
        form = cls(data={**_plain(rules), **_listed(rules), "version": version})
        for rows in form.lists():
            for _ in range(BLANK):
                rows.append_entry()
        return form

    def limit(self, year: int) -> None:
        """The days of a draft for this year; whether they are the year's own is judged when it is approved."""
        self.limit_days(year)
        days = draft_days(year)
        for row in self.instalments.entries:
            row.form.on.days = days
        for row in self.reports.entries:
            row.form.cutoff_on.days = row.form.due_on.days = days

    def lists(self) -> list[FieldList]:
        """The repeated rows, in the order of the page."""
        return [field for field in self if isinstance(field, FieldList)]

    def validate_sections(self, field: FieldList) -> None:
        """Every question stands in a part that is there."""
        there = {number for number, row in enumerate(field.entries, 1) if not row.form.is_blank}
        if any((row.form.section.data or 1) not in there for row in self.questions.entries if not row.form.is_blank):
            raise ValidationError(
                field.gettext(N_("Et spørsmål står i en del som ikke finnes. Sjekk tallet for delen."))
            )

    def validate_requirements(self, field: FieldList) -> None:
        """The questions a requirement refers to are there."""
        self._refers(field)

    def validate_criteria(self, field: FieldList) -> None:
        """The same of a criterion."""
        self._refers(field)

    def _refers(self, field: FieldList) -> None:
        there = {number: "" for number, row in enumerate(self.questions.entries, 1) if not row.form.is_blank}
        try:
            for row in field.entries:
                codes_of(row.form.answered_in.data, there)
        except ValueError as unknown:
            text = N_("Spørsmål «%(number)s» finnes ikke. Skriv numre fra spørsmålene i søknaden.")
            raise ValidationError(field.gettext(text) % {"number": unknown}) from unknown

    def facts(self, base: Rules) -> Rules:
        """The rules as typed; `base` gives what has no field."""
        asked = list(asked_rows(self.questions))
        codes = {number: question.code for number, _, question in asked}
        return replace(
            base,
            title=self._words("title"),
            purpose=self._words("purpose"),
            legal_basis=self._words("legal_basis"),
            not_covered=self._words("not_covered"),
            complaint_body=self._words("complaint_body"),
            who_may_apply=tuple(self.who_may_apply.data or ()),
            sections=tuple(
                replace(row.form.read("s"), questions=tuple(q for _, at, q in asked if at == number))
                for number, row in enumerate(self.sections.entries, 1)
                if not row.form.is_blank
            ),
            requirements=_answered(self.requirements, "r", codes),
            criteria=_answered(self.criteria, "k", codes),
            cost_types=read_rows(self.cost_types, "c", cost=True),
            conditions=read_rows(self.conditions, ""),
            instalments=read_rows(self.instalments, ""),
            reports=read_rows(self.reports, ""),
            report_questions=read_rows(self.report_questions, "q"),
            indicators=read_rows(self.indicators, "i"),
            unit_prices=read_rows(self.unit_prices, "p"),
            accept_days=self.accept_days.data or 0,
            auditor_from_ore=self.auditor_from_ore.data or 0,
            one_application=bool(self.one_application.data),
            signed_accounts=bool(self.signed_accounts.data),
            deviation_percent=self.deviation_percent.data or 0,
            review_days=self.review_days.data or 0,
            cap_ore=self.cap_ore.data,
            lowest_score=self.lowest_score.data,
            settings_not_published=tuple(self.settings_not_published.data or ()),
            **self.compensation_facts(),
        )

    def _words(self, name: str) -> Words:
        return Words(self[f"{name}_nb"].data, self[f"{name}_nn"].data)


class ApproveForm(VersionedForm):
    """What the approval builds on."""

    basis = PlainText(
        N_("Hva bygger godkjenningen på?"),
        [Required(N_("Skriv hva godkjenningen bygger på: departementets vedtak eller fullmaktens referanse."))],
        description=N_("Departementets vedtak med dato, eller fullmaktens referanse."),
        longest=300,
        printed=False,
    )


class SendBackForm(VersionedForm):
    """Why rules go back."""

    cause = MultilineText(
        N_("Hvorfor sendes regelverket tilbake?"),
        [Required(N_("Skriv hvorfor regelverket sendes tilbake."))],
        longest=1000,
        printed=False,
    )


class ConfirmForm(VersionedForm):
    """Only the version that was seen."""


def _plain(rules: Rules) -> dict[str, Any]:
    both = ("title", "purpose", "legal_basis", "not_covered", "complaint_body")
    data: dict[str, Any] = {
        f"{name}_{form}": getattr(getattr(rules, name), form) for name in both for form in ("nb", "nn")
    }
    ticks, limits = ("one_application", "signed_accounts"), ("accept_days", "auditor_from_ore", "deviation_percent")
    for name in (*ticks, *limits, "review_days", "cap_ore", "lowest_score"):
        data[name] = getattr(rules, name)
    data |= compensation_data(rules)
    data["who_may_apply"] = list(rules.who_may_apply)
    data["settings_not_published"] = list(rules.settings_not_published)
    return data


def _answered(rows: FieldList, prefix: str, asked: Mapping[int, str]) -> Any:
    """The rows that say something, each with the questions it refers to."""
    return tuple(
        replace(row.form.read(prefix), answered_in=codes_of(row.form.answered_in.data, asked))
        for row in rows.entries
        if not row.form.is_blank
    )


def _listed(rules: Rules) -> dict[str, Any]:
    names = ("sections", "requirements", "criteria", "cost_types", "conditions", "instalments", "reports")
    data: dict[str, Any] = {
        name: [row_data(row) for row in getattr(rules, name)]
        for name in (*names, "report_questions", "indicators", "unit_prices")
    }
    asked = [question.code for section in rules.sections for question in section.questions]
    for name in ("requirements", "criteria"):
        for row, fact in zip(data[name], getattr(rules, name), strict=True):
            row["answered_in"] = numbers_of(fact.answered_in, asked)
    data["questions"] = [
        {**row_data(question), "section": number}
        for number, section in enumerate(rules.sections, 1)
        for question in section.questions
    ]
    return data
