"""What the directorate does with a demo application: register, declare, assess, recommend."""

from datetime import date, datetime

from app.access.domain import Actor
from app.access.models import User
from app.assessments import actions
from app.assessments.domain import Cut, Judged, Met, Proposal, Scored, Sheet, outcome_of
from app.assessments.queries import budget_of
from app.cases import actions as cases
from app.cases import queries
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.demo.stories import Told
from app.rules import queries as rules_queries
from app.values.language import Language

# One sentence for each criterion, in the order of the demo's rules, and one for the whole.
_WHY = {
    Language.NB: (
        "Tiltaket gjelder løsninger som ordningen skal få i bruk.",
        "Målene er konkrete, og dere viser hvordan de skal måles.",
        "Fastlegene er med fra starten, og rollene er fordelt.",
        "Planen har datoer og navngitte ansvarlige.",
        "Ledelsen har satt av tid og folk.",
        "Kostnadene er forklart og står i forhold til tiltaket.",
    ),
    Language.NN: (
        "Tiltaket gjeld løysingar som ordninga skal få i bruk.",
        "Måla er konkrete, og de viser korleis dei skal målast.",
        "Fastlegane er med frå starten, og rollene er fordelte.",
        "Planen har datoar og namngjevne ansvarlege.",
        "Leiinga har sett av tid og folk.",
        "Kostnadene er forklarte og står i forhold til tiltaket.",
    ),
}
_WHOLE = {
    Language.NB: "Tiltaket er godt forberedt og kan gi erfaringer som andre kommuner har nytte av.",
    Language.NN: "Tiltaket er godt førebudd og kan gje erfaringar som andre kommunar har nytte av.",
}
_CUT = {
    Language.NB: "Vi dekker ikke alle kostnadene til leverandør.",
    Language.NN: "Vi dekkjer ikkje alle kostnadene til leverandør.",
}
_WEAK = {
    Language.NB: (
        "Tiltaket gjelder i hovedsak ordinær drift.",
        "Søknaden sier ikke hva som skal være oppnådd når prosjektet er ferdig.",
        "Søknaden nevner ikke fastleger eller andre som skal bruke løsningen.",
        "Planen mangler datoer og ansvarlige.",
        "Søknaden viser ikke hvordan ledelsen skal følge opp.",
        "Flere av kostnadene er ikke forklart.",
    ),
    Language.NN: (
        "Tiltaket gjeld i hovudsak ordinær drift.",
        "Søknaden seier ikkje kva som skal vere oppnådd når prosjektet er ferdig.",
        "Søknaden nemner ikkje fastlegar eller andre som skal bruke løysinga.",
        "Planen manglar datoar og ansvarlege.",
        "Søknaden viser ikkje korleis leiinga skal følgje opp.",
        "Fleire av kostnadene er ikkje forklarte.",
    ),
}
_WEAK_WHOLE = {
    Language.NB: "Søknaden viser ikke hvordan tiltaket skal føre til varig bruk.",
    Language.NN: "Søknaden viser ikkje korleis tiltaket skal føre til varig bruk.",
}
_FACTS = {
    Language.NB: "Søknaden kom inn i rett tid og oppfyller de formelle kravene.",
    Language.NN: "Søknaden kom inn i rett tid og oppfyller dei formelle krava.",
}


def register(case_id: int, officer: User, *, by: Actor, at: datetime) -> None:
    """Register the application and give it to an officer."""
    cases.register(case_id, officer, by=by, at=at, version=_now(case_id).version)


def declare(case_id: int, *, by: Actor, at: datetime) -> None:
    """Declare oneself impartial."""
    cases.declare(_now(case_id), Impartiality.IMPARTIAL, "", by=by, at=at)


def start(case_id: int, *, by: Actor, at: datetime) -> None:
    """Begin the assessment."""
    actions.start(case_id, by=by, at=at, version=_now(case_id).version)


def ask(case_id: int, questions: str, due_on: date, *, by: Actor, at: datetime) -> None:
    """Ask the applicant for what is missing."""
    actions.ask_applicant(case_id, questions, due_on, by=by, at=at, version=_now(case_id).version)


def assess(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Fill in the whole sheet and finish it."""
    sheet = _sheet(case_id, told)
    saved = actions.save_assessment(case_id, sheet, by=by, at=at, version=0)
    actions.finish(case_id, by=by, at=at, version=saved.version)


def recommend(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Propose the decision the story ends with."""
    case, language = _now(case_id), told.language
    refused = told.granted_ore == 0
    proposal = Proposal(
        outcome_of(told.granted_ore, told.applied_ore),
        told.granted_ore,
        "" if refused else told.purpose,
        _FACTS[language],
        (_WEAK_WHOLE if refused else _WHOLE)[language],
        () if refused else rules_queries.rules_of(case.rule_version_id).conditions_in(language),
    )
    actions.recommend(case_id, proposal, by=by, at=at, version=case.version)


def _now(case_id: int) -> Case:
    return queries.locked(case_id)


def _sheet(case_id: int, told: Told) -> Sheet:
    rules = rules_queries.rules_of(_now(case_id).rule_version_id)
    good = told.granted_ore > 0
    said = (_WHY if good else _WEAK)[told.language]
    scores = {c.code: Scored((c.top - n % 2) if good else 1, said[n % len(said)]) for n, c in enumerate(rules.criteria)}
    return Sheet(
        {r.code: Judged(Met.YES) for r in rules.requirements},
        scores,
        _cuts(case_id, told),
        "Demovurdering.",
    )


def _cuts(case_id: int, told: Told) -> tuple[Cut, ...]:
    """The proposal by line: what is cut is taken from the last lines first. A refusal leaves the lines alone."""
    left = told.applied_ore - told.granted_ore if told.granted_ore else 0
    cuts = []
    for line in reversed(budget_of(case_id)):
        taken = min(left, line.amount_ore)
        left -= taken
        why = _CUT[told.language] if taken else ""
        cuts.append(Cut(line.position, line.amount_ore, line.amount_ore - taken, why))
    return tuple(reversed(cuts))
