"""A call under simple rules, drafts and applications on it: the ground most tests stand on."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from app.applications import actions, queries
from app.applications.domain import Answers, Budget, Contact, CostLine, Project
from app.cases.models import Case
from app.db import db, writing
from app.rules import actions as rules_actions
from app.rules import queries as rules_queries
from app.rules.domain import (
    Answer,
    CallFacts,
    Choice,
    CostType,
    Criterion,
    InstalmentRule,
    Question,
    ReportKind,
    ReportRule,
    Requirement,
    Rules,
    Section,
    Trigger,
    Words,
)
from app.rules.models import Call, Pot, Track
from app.values.language import Language
from tests import factories

# The call is open from 1 November 2024 to 15 January 2025; answers by 15 February.
DEADLINE = date(2025, 1, 15)
PREPARED = datetime(2024, 11, 1, 9, 0, tzinfo=UTC)
SUBMITTED = datetime(2025, 1, 10, 9, 0, tzinfo=UTC)
ACCOUNT = "12345600009"


def said(nb: str, nn: str = "") -> Words:
    return Words(nb, nn or nb)


RULES = Rules(
    title=said("Regelverk for digital samhandling 2025"),
    purpose=said("Prøve ut og ta i bruk digitale samhandlingsløsninger.", "Prøve ut og ta i bruk digitale løysingar."),
    legal_basis=said("Kapittel 701 post 21"),
    who_may_apply=("municipality", "county"),
    sections=(
        Section(
            "tiltak",
            said("Tiltaket"),
            (
                Question("plan", said("Hvordan skal dere gå fram?", "Korleis skal de gå fram?"), max_length=500),
                Question("pilot", said("Er dette en utprøving?", "Er dette ei utprøving?"), answer=Answer.YES_NO),
                Question("gps", said("Hvor mange fastleger?", "Kor mange fastlegar?"), answer=Answer.NUMBER),
                Question(
                    "area",
                    said("Område"),
                    answer=Answer.CHOICE,
                    required=False,
                    choices=(Choice("pll", said("Legemiddelliste")), Choice("pps", said("Prøvesvar", "Prøvesvar"))),
                ),
            ),
        ),
    ),
    requirements=(Requirement("municipality", said("Søkeren er en kommune", "Søkjaren er ein kommune"), "2"),),
    criteria=(Criterion("benefit", said("Nytte"), 2), Criterion("plan", said("Gjennomføring"), 1)),
    cost_types=(CostType("salary", said("Lønn", "Løn")), CostType("supplier", said("Leverandør"))),
    conditions=(said("Tilskuddet skal brukes til formålet.", "Tilskotet skal brukast til formålet."),),
    instalments=(
        InstalmentRule(60, Trigger.ACCEPTANCE),
        InstalmentRule(40, Trigger.REPORT_APPROVED, report=ReportKind.STATUS),
    ),
    reports=(
        ReportRule(ReportKind.STATUS, date(2025, 8, 31), date(2025, 10, 1)),
        ReportRule(ReportKind.YEAR, date(2025, 12, 31), date(2026, 3, 1)),
    ),
    report_questions=(Question("status", said("Hva er gjort?", "Kva er gjort?")),),
)


def pot(code: str = "samhandling", at: datetime = PREPARED) -> Pot:
    """The pot of this code under HTO; made at the first call. Inside writing()."""
    found = rules_queries.pot_by_code(code)
    if found is not None:
        return found
    hto = said("Helseteknologiordningen", "Helseteknologiordninga")
    scheme = rules_queries.scheme_by_code("hto") or rules_actions.add_scheme("hto", Track.GRANT, hto, by=None, at=at)
    name = said("Digital samhandling")
    return rules_actions.add_pot(scheme, code, name, "kap. 701 post 21", by=None, at=at)


def published_call(
    rules: Rules = RULES,
    *,
    code: str = "samhandling",
    year: int = 2025,
    opens_on: date = date(2024, 11, 1),
    deadline_on: date = DEADLINE,
    answer_by_on: date = date(2025, 2, 15),
    at: datetime = PREPARED,
) -> Call:
    """A published call under rules written by officer1, approved by decider, published by lead. Needs people()."""
    officer, decider, lead = (factories.acting(name) for name in ("officer1", "decider", "lead"))
    with writing():
        version = rules_actions.draft_rules(pot(code, at), year, rules, by=officer, at=at)
        rules_actions.approve(version, "Fullmakt (demo)", by=decider, at=at, version=version.version)
        rules_actions.publish(version, by=lead, at=at, version=version.version)
        facts = CallFacts(
            said("Digital samhandling 2025"), said("Søk nå.", "Søk no."), opens_on, deadline_on, answer_by_on
        )
        call = rules_actions.draft_call(version, facts, by=officer, at=at)
        rules_actions.publish_call(call, by=lead, at=at, version=call.version)
        key = call.id
    return call_of(key)


def call_of(call_id: int) -> Call:
    """The call with its pot and scheme."""
    found = rules_queries.call(call_id)
    assert found is not None
    return found


def an_open_call() -> Call:
    """The newest call, made when there is none."""
    newest = db.session.scalar(sa.select(sa.func.max(Call.id)))
    return call_of(newest) if newest else published_call()


def draft(
    username: str = "demovik",
    call: Call | None = None,
    *,
    applied_ore: int = 2_500_000_00,
    own_funding_ore: int = 500_000_00,
    title: str = "Legemiddelliste i hele kommunen",
    complete: bool = True,
    language: Language = Language.NB,
    at: datetime = SUBMITTED,
) -> Case:
    """A draft by this person for their first organisation, filled in unless told otherwise."""
    by = factories.acting(username)
    found = call or an_open_call()
    from app.parties.queries import get

    with writing():
        case = actions.start_draft(found, get(min(by.party_ids)), by=by, at=at, language=language)
        if complete:
            rules = rules_queries.rules_of(case.rule_version_id)
            cost = rules.cost_types[0].code if rules.cost_types else "other"
            lines = (CostLine(cost, "Prosjektleder", applied_ore), CostLine(cost, "Egen innsats", own_funding_ore))
            budget = Budget(applied_ore, own_funding_ore, tuple(line for line in lines if line.amount_ore))
            project = Project(title, "Færre feil i legemiddellistene.", date(2025, 3, 1), date(2025, 12, 31))
            contact = Contact("Eli Demo", "rådgiver", "eli@example.invalid", "00 00 00 00", ACCOUNT)
            for facts in (contact, project, *answers(rules), budget):
                actions.save_section(case.id, facts, version=0, by=by, at=at)
    return case


def answers(rules: Rules) -> list[Answers]:
    """An answer to every question of the rules."""
    return [Answers(section.code, tuple((q.code, _answer(q)) for q in section.questions)) for section in rules.sections]


def _answer(question: Question) -> str | int:
    if question.answer is Answer.NUMBER:
        return 12
    if question.answer is Answer.MONEY:
        return 150_000_00
    if question.answer is Answer.YES_NO:
        return "yes"
    return question.choices[0].code if question.choices else "Vi prøver ut, måler og tar i bruk."


def submitted(username: str = "demovik", call: Call | None = None, *, at: datetime = SUBMITTED, **facts: Any) -> Case:
    """An application that is sent in. `facts` as of draft()."""
    case = draft(username, call, at=at, **facts)
    version = queries.by_case(case.id).version
    with writing():
        return actions.sign_and_submit(case.id, version=version, by=factories.acting(username), at=at)
