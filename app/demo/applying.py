"""Filling in and sending a demo application, as a municipality's signer does."""

from datetime import datetime, timedelta
from typing import Any

from app.access.domain import Actor
from app.applications import actions
from app.applications import queries as applications
from app.applications.domain import Answers, Budget, Contact, Partner, Partners, Project
from app.cases import queries as cases
from app.demo import answers
from app.demo.stories import Told
from app.parties.models import Party
from app.rules import queries as rules_queries
from app.rules.models import Call
from app.values.clock import local_date

_FIRST_NAMES = (
    "Aslaug", "Birger", "Camilla", "Dagfinn", "Elin", "Frode", "Guro", "Henning", "Ingunn", "Jostein", "Kjersti",
    "Lasse", "Mona", "Njål", "Oddrun", "Pål", "Ragnhild", "Sverre", "Tone", "Ulrik", "Vigdis", "Yngve", "Åshild",
)  # fmt: skip
_TITLES = ("prosjektleder", "fagutviklingssykepleier", "kommuneoverlege", "rådgiver", "digitaliseringsrådgiver")


def draft(
    call: Call, parties: dict[str, Party], told: Told, *, by: Actor, at: datetime, demo_fields: tuple[str, ...]
) -> int:
    """A draft with every section filled in; gives the case's key."""
    case_id = begin(call, parties, told, by=by, at=at, demo_fields=demo_fields)
    rules = rules_queries.rules_of(cases.locked(case_id).rule_version_id)
    _save(case_id, _contact(told), by, at)
    _save(case_id, Budget(told.applied_ore, told.own_ore, answers.budget(told, rules.cost_types)), by, at)
    if told.partners:
        intent_on = local_date(at) - timedelta(days=5)
        partners = tuple(Partner(parties[orgnr].id, intent_on) for orgnr in told.partners)
        _save(case_id, Partners(partners), by, at)
    for section in rules.sections:
        given = ((q.code, answers.answer(q, told)) for q in section.questions)
        _save(case_id, Answers(section.code, tuple((code, value) for code, value in given if value != "")), by, at)
    return case_id


def begin(
    call: Call, parties: dict[str, Party], told: Told, *, by: Actor, at: datetime, demo_fields: tuple[str, ...]
) -> int:
    """A draft with nothing but the project filled in; gives the case's key."""
    party = parties[told.orgnr]
    case = actions.start_draft(call, party, by=by, at=at, language=told.language, demo_fields=demo_fields)
    _save(case.id, Project(told.title, told.purpose, told.starts_on, told.ends_on), by, at)
    return case.id


def send(case_id: int, *, by: Actor, at: datetime) -> None:
    """Sign and send the draft in."""
    found = applications.read(cases.locked(case_id))
    actions.sign_and_submit(case_id, version=found.application.version, by=by, at=at)


def reply(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Answer the officer's questions."""
    actions.answer_request(case_id, told.answered, version=cases.locked(case_id).version, by=by, at=at)


def withdraw(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Take the application back."""
    actions.withdraw(case_id, told.why, version=cases.locked(case_id).version, by=by, at=at)


def _contact(told: Told) -> Contact:
    """An invented person at the applicant's."""
    first = _FIRST_NAMES[told.nr % len(_FIRST_NAMES)]
    title = _TITLES[told.nr % len(_TITLES)]
    return Contact(f"{first} Demo", title, f"{told.orgnr}@example.invalid", "00 00 00 00", told.account)


def _save(case_id: int, facts: Any, by: Actor, at: datetime) -> None:
    actions.save_section(case_id, facts, version=0, by=by, at=at)
