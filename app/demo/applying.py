"""Filling in and sending a demo application, as a municipality's signer does."""

from datetime import date, datetime
from typing import Any

from app.access.domain import Actor
from app.applications import actions
from app.applications import queries as applications
from app.applications.domain import Answers, Budget, Contact, CostLine, Partner, Partners, Project
from app.cases import queries as cases
from app.demo.stories import Told
from app.parties.models import Party
from app.rules import queries as rules_queries
from app.rules.domain import Answer, Question, Rules
from app.rules.models import Call
from app.values.language import Language
from app.values.money import split_percent

# Shares of the budget by kind of cost, in the order of the rules.
SHARES = (45, 25, 20, 10)
_TEXT = {
    Language.NB: "Vi tar i bruk løsningen i hele kommunen sammen med fastlegene. (Demotekst)",
    Language.NN: "Vi tek i bruk løysinga i heile kommunen saman med fastlegane. (Demotekst)",
}


def draft(call: Call, party: Party, told: Told, *, by: Actor, at: datetime, demo_fields: tuple[str, ...]) -> int:
    """A draft with every section filled in, but for a story that stops half-way; gives the case's key."""
    case = actions.start_draft(call, party, by=by, at=at, language=told.language, demo_fields=demo_fields)
    rules = rules_queries.rules_of(case.rule_version_id)
    _save(case.id, Project(told.title, told.purpose, date(told.year, 1, 1), date(told.year, 12, 31)), by, at)
    if told.half_written:
        return case.id
    contact = Contact(by.name, "prosjektleder", f"{by.username}@example.invalid", "00 00 00 00", told.account)
    _save(case.id, contact, by, at)
    _save(case.id, Budget(told.applied_ore, 0, _lines(rules, told.applied_ore)), by, at)
    if told.partners:
        _save(case.id, Partners(tuple(Partner(key) for key in told.partners)), by, at)
    for section in rules.sections:
        values = tuple((q.code, _answer(q, told)) for q in section.questions)
        _save(case.id, Answers(section.code, values), by, at)
    return case.id


def send(case_id: int, *, by: Actor, at: datetime) -> None:
    """Sign and send the draft in."""
    found = applications.read(cases.locked(case_id))
    actions.sign_and_submit(case_id, version=found.application.version, by=by, at=at)


def _save(case_id: int, facts: Any, by: Actor, at: datetime) -> None:
    actions.save_section(case_id, facts, version=0, by=by, at=at)


def _lines(rules: Rules, applied_ore: int) -> tuple[CostLine, ...]:
    shares = SHARES[: len(rules.cost_types)]
    percents = [*shares[:-1], 100 - sum(shares[:-1])]
    amounts = split_percent(applied_ore, percents)
    return tuple(
        CostLine(cost.code, cost.words.nb, amount)
        for cost, amount in zip(rules.cost_types, amounts, strict=False)
        if amount
    )


def _answer(question: Question, told: Told) -> str | int:
    if question.answer is Answer.YES_NO:
        return "yes" if told.continued else "no"
    if question.answer is Answer.NUMBER:
        return 12
    if question.answer is Answer.MONEY:
        return 120_000_00 if told.continued else 0
    if question.answer is Answer.CHOICE:
        return told.area if told.area in {c.code for c in question.choices} else question.choices[0].code
    return _TEXT[told.language][: question.max_length]


def withdraw(case_id: int, *, by: Actor, at: datetime) -> None:
    """Take the application back."""
    reason = "Vi har ikke folk nok til å gjennomføre det i år. (Demo)"
    actions.withdraw(case_id, reason, version=cases.locked(case_id).version, by=by, at=at)
