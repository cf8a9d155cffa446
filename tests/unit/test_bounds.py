"""No date and no sum a person can type is without bounds: every such field of every form is named here and tried.

A new LocalDateField or KronerField is missed by name until it stands in a table with what an office really types.
"""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from app.applications.domain import Partner
from app.assessments.domain import Cut
from app.compensation.domain import Period, Terms
from app.reports.domain import AccountsLine
from app.rules.domain import Answer, CostType, Question, ReportKind, Rules, Section, Words
from app.values.bounds import MOST_GRANT_ORE
from app.values.dates import format_short
from app.values.language import Language
from forms import (
    agreements,
    applications,
    areas,
    assessments,
    awards,
    budget,
    calls,
    closing,
    compensation,
    from_rules,
    helfo,
    payouts,
    people,
    repaying,
    reports,
    rule_regulation,
    rules,
)
from tests.architecture.source import parsed, python_files
from tests.sample_rules import RULES

TODAY = date(2025, 2, 10)
WORDS = Words("Beløp", "Beløp")
ASKED = Question("sum", WORDS, answer=Answer.MONEY)
LISTED = Partner(1, None, "Demo kommune", "933649768")
Form = Any
Make = Callable[[], Form]


def told(form: Form, *limits: object) -> Form:
    form.limit(*limits)
    return form


def step(kind: type[rule_regulation.StepForm]) -> Make:
    return lambda: told(kind(), 2025)


def authority() -> Form:
    form = people.AuthorityForm()
    form.today = TODAY
    form.offer([])
    return form


def agreement() -> Form:
    form = compensation.AgreementForm()
    form.pot.choices, form.area.choices = [("gp", "GP")], [("area", "Area")]
    return told(form, [Terms("gp", 2025, 30_000_00)], TODAY)


def on_agreement(kind: type[agreements.OnForm]) -> Make:
    return lambda: told(kind(), Period(date(2025, 1, 1), date(2025, 12, 31)))


def helfo_paid() -> Form:
    return told(helfo.HelfoPaidForm(), date(2025, 1, 20), TODAY)


def asked_for() -> Form:
    return told(agreements.RegisterForm(), [Terms("gp", 2025, 30_000_00)], [("area", "Area")], TODAY)


def report() -> Form:
    asking = Rules(WORDS, WORDS, WORDS, report_questions=(ASKED,))
    made = reports.report_form([AccountsLine(1, "Lønn", 100_00)], asking, ReportKind.YEAR, "nb")
    return told(made(), date(2025, 12, 31), date(2026, 4, 1))


def _offered(form: Form) -> Form:
    form.offer([])
    return form


def on(*days: str) -> list[date]:
    return [date.fromisoformat(day) for day in days]


MAKE: dict[str, Make] = {
    "claim": lambda: told(compensation.claim_form((), "nb")(), Period(date(2025, 1, 1), date(2025, 12, 31))),
    "project": lambda: told(applications.ProjectForm(), 2025),
    "partners": lambda: applications.partners_form((LISTED,), TODAY)(),
    "change": lambda: told(budget.ChangeForm(), 2025, TODAY),
    "check": lambda: _offered(told(areas.CheckForm(), TODAY)),
    "contact": lambda: told(areas.ContactForm(), TODAY),
    "call": lambda: told(calls.NewCallForm(), 2025),
    "draft": lambda: told(rules.DraftForm(), 2025),
    "sheet": lambda: assessments.sheet_form(RULES, [Cut(1, 500_000_00, 500_000_00)])(),
    "budget": lambda: applications.budget_form((CostType("c", WORDS),), 1, Language.NB)(),
    "questions": lambda: from_rules.section_form(0, Section("s", WORDS, (ASKED,)), Language.NB)(),
}
# Where the field is made: how its form is made and told, its name there, and days somebody really types on 10.2.2025.
DATES: dict[str, tuple[Make, tuple[str, ...], list[date]]] = {
    "applications.ProjectForm.starts_on": (
        MAKE["project"],
        ("starts_on",),
        on("2022-08-01", "2025-03-01", "2026-01-15"),
    ),
    "applications.ProjectForm.ends_on": (MAKE["project"], ("ends_on",), on("2025-12-31", "2029-06-30")),
    "applications.PartnersForm.new_intent": (MAKE["partners"], ("new_intent",), on("2024-11-20", "2025-02-10")),
    "applications.partners_form": (
        MAKE["partners"],
        ("new_intent", "intent_933649768"),
        on("2023-05-02", "2025-02-10"),
    ),
    "awards.DecideForm.send_on": (lambda: told(awards.DecideForm(), TODAY, 14), ("send_on",), on("2025-02-24")),
    "rule_rows.InstalmentRow.on": (MAKE["draft"], ("instalments-0-on",), on("2025-01-01", "2026-04-01")),
    "rule_rows.ReportRow.cutoff_on": (MAKE["draft"], ("reports-0-cutoff_on",), on("2025-08-31", "2027-12-31")),
    "rule_rows.ReportRow.due_on": (MAKE["draft"], ("reports-0-due_on",), on("2025-09-15", "2028-04-01")),
    "calls.CallFields.opens_on": (MAKE["call"], ("opens_on",), on("2024-10-15", "2025-02-01")),
    "calls.CallFields.deadline_on": (MAKE["call"], ("deadline_on",), on("2024-12-01", "2025-03-14")),
    "calls.CallFields.answer_by_on": (MAKE["call"], ("answer_by_on",), on("2025-05-01", "2026-02-01")),
    "assessments.AskForm.due_on": (lambda: told(assessments.AskForm(), TODAY), ("due_on",), on("2025-02-11")),
    "reports.AskForm.by_on": (lambda: told(reports.AskForm(), TODAY), ("by_on",), on("2025-02-24")),
    "reports.ReportForm.auditor_by_on": (report, ("auditor_by_on",), on("2026-05-01", "2026-12-31")),
    "areas.CheckForm.checked_on": (MAKE["check"], ("checked_on",), on("2024-12-19", "2025-02-10")),
    "areas.CheckForm.next_on": (MAKE["check"], ("next_on",), on("2025-03-01", "2025-12-31")),
    "closing.ClosedForm.on": (lambda: told(closing.ClosedForm(), TODAY), ("on",), on("2025-02-10")),
    "areas.ContactForm.on": (MAKE["contact"], ("on",), on("2025-02-10")),
    "budget.ChangeForm.document_on": (MAKE["change"], ("document_on",), on("2025-01-06", "2025-02-10")),
    "budget.ChangeForm.clearance_on": (MAKE["change"], ("clearance_on",), on("2024-12-19", "2025-02-10")),
    "people.AuthorityForm.from_on": (authority, ("from_on",), on("2024-01-01", "2025-02-10")),
    "people.AuthorityForm.to_on": (authority, ("to_on",), on("2025-12-31", "2026-12-31")),
    "payouts.PaidForm.paid_on": (
        lambda: told(payouts.PaidForm(), date(2025, 2, 5), TODAY),
        ("paid_on",),
        on("2025-02-05", "2025-02-10"),
    ),
    "payouts.HandOverForm.pay_on": (lambda: told(payouts.HandOverForm(), TODAY), ("pay_on",), on("2025-02-11")),
    "repaying.OwedForm.decided_on": (
        lambda: told(repaying.OwedForm(), date(2024, 6, 3), TODAY),
        ("decided_on",),
        on("2024-06-03", "2025-02-10"),
    ),
    "repaying.BackForm.came_on": (
        lambda: told(repaying.BackForm(), date(2024, 12, 2), TODAY),
        ("came_on",),
        on("2024-12-02", "2025-02-10"),
    ),
    "compensation.AgreementForm.from_on": (agreement, ("from_on",), on("2025-01-01", "2025-12-01")),
    "compensation.AgreementForm.to_on": (agreement, ("to_on",), on("2025-12-31", "2026-12-31")),
    "compensation.AgreementForm.signed_on": (agreement, ("signed_on",), on("2024-11-28", "2025-02-10")),
    "compensation.PeriodForm.from_on": (MAKE["claim"], ("from_on",), on("2025-01-01")),
    "compensation.PeriodForm.to_on": (MAKE["claim"], ("to_on",), on("2025-01-31")),
    "agreements.AskedForm.from_on": (asked_for, ("from_on",), on("2025-01-01", "2025-12-01")),
    "agreements.AskedForm.to_on": (asked_for, ("to_on",), on("2025-12-31", "2026-12-31")),
    "agreements.OnForm.on": (on_agreement(agreements.OnForm), ("on",), on("2025-02-01")),
    "agreements.PauseForm.on": (on_agreement(agreements.PauseForm), ("on",), on("2025-02-01")),
    "agreements.ResumeForm.on": (on_agreement(agreements.ResumeForm), ("on",), on("2025-06-01")),
    "agreements.MoveForm.on": (on_agreement(agreements.MoveForm), ("on",), on("2025-06-01")),
    "agreements.EndForm.on": (on_agreement(agreements.EndForm), ("on",), on("2025-11-30")),
    "helfo.HelfoPaidForm.paid_on": (helfo_paid, ("paid_on",), on("2025-02-01")),
    "rule_regulation.StepForm.on": (step(rule_regulation.StepForm), ("on",), on("2025-02-01")),
    "rule_regulation.HearingForm.on": (step(rule_regulation.HearingForm), ("on",), on("2025-02-01")),
    "rule_regulation.HearingForm.until_on": (step(rule_regulation.HearingForm), ("until_on",), on("2025-05-01")),
    "rule_regulation.HeardForm.on": (step(rule_regulation.HeardForm), ("on",), on("2025-05-10")),
    "rule_regulation.NoHearingForm.on": (step(rule_regulation.NoHearingForm), ("on",), on("2025-02-01")),
    "rule_regulation.GazettedForm.on": (step(rule_regulation.GazettedForm), ("on",), on("2025-06-01")),
    "rule_compensation.CompensationFields.in_force_on": (MAKE["draft"], ("in_force_on",), on("2025-12-01")),
    "rule_compensation.CompensationFields.claims_until": (MAKE["draft"], ("claims_until",), on("2026-01-20")),
}

SUMS: dict[str, tuple[Make, str]] = {
    "applications.BudgetForm.applied": (MAKE["budget"], "applied"),
    "applications.BudgetForm.own_funding": (MAKE["budget"], "own_funding"),
    "applications.budget_form": (MAKE["budget"], "amount_0"),
    "assessments.sheet_form": (MAKE["sheet"], "cut_1"),
    "awards.accept_form": (lambda: awards.accept_form([("c", "Lønn", "Lønn")], 500_00, partial=True)(), "line_0"),
    "budget.ChangeForm.amount": (MAKE["change"], "amount"),
    "compensation.AgreementForm.cap": (agreement, "cap"),
    "from_rules._field": (MAKE["questions"], "q_sum"),
    "helfo.HelfoPaidForm.sum": (helfo_paid, "sum"),
    "people.AuthorityForm.limit_ore": (authority, "limit_ore"),
    "repaying.BackForm.amount": (lambda: told(repaying.BackForm(), TODAY, TODAY), "amount"),
    "repaying.OwedForm.amount": (lambda: told(repaying.OwedForm(), TODAY, TODAY), "amount"),
    "reports.ReportForm.expected_used": (report, "expected_used"),
    "reports._field": (report, "q_sum"),
    "reports.report_form": (report, "used_1"),
    "rule_compensation.CompensationFields.control_limit_ore": (MAKE["draft"], "control_limit_ore"),
    "rule_rows.PriceRow.unit_price_ore": (MAKE["draft"], "unit_prices-0-unit_price_ore"),
    "rules.DraftForm.auditor_from_ore": (MAKE["draft"], "auditor_from_ore"),
    "rules.DraftForm.cap_ore": (MAKE["draft"], "cap_ore"),
}
# What must be typed beside it before it is judged.
BESIDE = {"people.AuthorityForm.to_on": {"from_on": format_short(TODAY)}}


@pytest.fixture(scope="module")
def app() -> Flask:
    made = Flask(__name__)
    made.config.update(SECRET_KEY="only-for-tests", WTF_CSRF_ENABLED=False)
    Babel(made, locale_selector=lambda: "nb")
    return made


def made_in_forms(*kinds: str) -> set[str]:
    """«module.Class.field» of each field made in a class, «module.function» of those a function makes."""
    return {name for path in python_files("forms") for name in _made(parsed(path), path.stem, set(kinds))}


def _made(tree: ast.Module, module: str, kinds: set[str]) -> Iterator[str]:
    for top in tree.body:
        inner = top.body if isinstance(top, ast.ClassDef) else [top]
        for node in inner:
            if any(_calls(each, kinds) for each in ast.walk(node)):
                names = [top.name] if isinstance(top, ast.ClassDef | ast.FunctionDef) else []
                names += [node.targets[0].id] if isinstance(node, ast.Assign) else []  # type: ignore[attr-defined]
                yield ".".join([module, *names])


def _calls(node: ast.AST, kinds: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds


def errors_of(app: Flask, make: Make, name: str, typed: str, beside: dict[str, str] | None = None) -> list[object]:
    """What stands at the field after this was typed in it and little else."""
    with app.test_request_context(method="POST", data={name: typed, **(beside or {})}):
        form = make()
        form.validate()
        rows, _, rest = name.partition("-")
        field = form[rows].entries[0].form[rest.partition("-")[2]] if rest else form[name]
        return list(field.errors)


def test_every_date_and_every_sum_is_named() -> None:
    assert made_in_forms("LocalDateField") == set(DATES)
    assert made_in_forms("KronerField") == set(SUMS)


def test_a_field_made_anywhere_is_seen() -> None:
    tree = ast.parse("class A:\n    x = LocalDateField('x')\ndef f():\n    return {'y': LocalDateField('y')}")
    assert list(_made(tree, "m", {"LocalDateField"})) == ["m.A.x", "m.f"]


@pytest.mark.parametrize("where", DATES)
def test_a_date_has_bounds_that_hold_what_an_office_types(app: Flask, where: str) -> None:
    make, names, typed = DATES[where]
    beside = BESIDE.get(where)
    for name in names:
        for slip in (date(1900, 1, 1), date(2015, 2, 10), date(2052, 2, 10), date(2199, 12, 31)):
            assert errors_of(app, make, name, format_short(slip), beside), f"{name} takes {slip}"
        for day in typed:
            assert not errors_of(app, make, name, format_short(day), beside), f"{name} refuses {day}"


@pytest.mark.parametrize("where", SUMS)
def test_a_sum_has_a_highest(app: Flask, where: str) -> None:
    make, name = SUMS[where]
    assert errors_of(app, make, name, f"{MOST_GRANT_ORE // 100 + 1}")
    assert not errors_of(app, make, name, "100")


def test_a_form_that_was_not_told_is_a_fault_of_ours(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="was not told"):
        errors_of(app, reports.AskForm, "by_on", "15.02.2025")
