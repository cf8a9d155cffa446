"""Verbs on schemes, rule versions and calls."""

import secrets
from datetime import datetime
from typing import Any, TypeVar

from app.access.domain import Actor
from app.audit import record
from app.db import db
from app.flow import Reason, Refused, Stale, advance, inherit_hands, record_hand
from app.rules import queries
from app.rules.domain import CallFacts, RegulationStep, Rules, Told, Words, to_data
from app.rules.judgement import (
    not_approvable,
    not_changeable,
    not_in_force,
    not_in_time,
    not_of_year,
    not_publishable,
    not_tellable,
    not_told,
    not_told_so,
    not_written,
)
from app.rules.models import Call, Pot, RegulationNote, RuleVersion, Scheme, Track
from app.rules.workflow import CALL, RULES, CallStep, RulesStatus, RulesStep
from app.values.clock import local_date
from app.values.language import N_

T = TypeVar("T", RuleVersion, Call)


def add_scheme(
    code: str, track: Track, name: Words, *, by: Actor | None, at: datetime, purpose: Words | None = None
) -> Scheme:
    """A new scheme."""
    said = purpose or Words("", "")
    scheme = Scheme(code=code, track=track, name_nb=name.nb, name_nn=name.nn, purpose_nb=said.nb, purpose_nn=said.nn)
    db.session.add(scheme)
    db.session.flush()
    record("system", "rules.scheme_added", {"code": code}, by=by, at=at)
    return scheme


def add_pot(scheme: Scheme, code: str, name: Words, chapter_post: str, *, by: Actor | None, at: datetime) -> Pot:
    """A new purse of a scheme."""
    pot = Pot(scheme_id=scheme.id, code=code, name_nb=name.nb, name_nn=name.nn, chapter_post=chapter_post)
    db.session.add(pot)
    db.session.flush()
    record(f"pot:{pot.id}", "rules.pot_added", {"code": code}, by=by, at=at)
    return pot


def draft_rules(
    pot: Pot,
    year: int,
    rules: Rules,
    *,
    by: Actor,
    at: datetime,
    demo: bool = False,
    source: RuleVersion | None = None,
) -> RuleVersion:
    """The next version for the year, as a draft. Raises Refused.

    `source`: what `rules` were copied from. Whoever wrote a version that was never published has written its copy too.
    """
    _refuse(not_written(by) + not_of_year(year, local_date(at)))
    drafted = RuleVersion(
        pot_id=pot.id,
        year=year,
        number=queries.last_number(pot.id, year) + 1,
        content=to_data(rules),
        in_force_on=rules.in_force_on,
        drafted_by=by.id,
        drafted_at=at,
        demo=demo,
    )
    db.session.add(drafted)
    db.session.flush()
    if source is not None and source.status is not RulesStatus.PUBLISHED:
        inherit_hands(RULES.name, drafted.id, {RULES.name: [source.id]}, case_id=None, at=at, only=("drafted",))
    record_hand(RULES.name, drafted.id, "drafted", case_id=None, by=by, at=at)
    record(drafted.stream, "rules.drafted", {"year": year, "number": drafted.number}, by=by, at=at)
    return drafted


def change_draft(seen: RuleVersion, rules: Rules, *, by: Actor, at: datetime, version: int) -> None:
    """New content of a draft. Everybody who ever changed it is its writer, for four eyes. Raises Stale or Refused."""
    draft = _fresh(queries.locked_version(seen.id), version)
    _refuse(not_changeable(draft, by))
    record_hand(RULES.name, draft.id, "drafted", case_id=None, by=by, at=at)
    draft.content, draft.in_force_on = to_data(rules), rules.in_force_on
    draft.drafted_by, draft.drafted_at = by.id, at
    draft.version += 1
    db.session.flush()
    record(draft.stream, "rules.changed", {"year": draft.year, "number": draft.number}, by=by, at=at)


def tell_step(seen: RuleVersion, told: Told, *, by: Actor, at: datetime, version: int) -> None:
    """Register a step of a regulation; told again, the newer counts. Raises Stale or Refused."""
    rules = _fresh(queries.locked_version(seen.id), version)
    _refuse(not_tellable(rules, told.step, by) + not_told_so(rules, told, _steps(rules), local_date(at)))
    note = RegulationNote(
        rule_version_id=rules.id,
        step=told.step,
        on_day=told.on,
        until_on=told.until_on,
        reference=told.reference,
        words=told.words,
        told_by=by.id,
        told_at=at,
    )
    db.session.add(note)
    if told.step is not RegulationStep.GAZETTED:
        record_hand(RULES.name, rules.id, "drafted", case_id=None, by=by, at=at)
    rules.version += 1
    db.session.flush()
    facts = {"step": told.step.value, "on": told.on.isoformat(), "reference": told.reference, "words": told.words}
    record(rules.stream, "rules.told", facts, by=by, at=at)


def approve(seen: RuleVersion, basis: str, *, by: Actor, at: datetime, version: int) -> None:
    """Approve with HOD's decision or the delegation's reference (domain J.1.5). Raises Stale or Refused."""
    draft = _fresh(queries.locked_version(seen.id), version)
    also = not_approvable(draft, _steps(draft))
    if not basis.strip():
        also.append(Reason(N_("Skriv hva godkjenningen bygger på: departementets vedtak eller fullmaktens referanse.")))
    stamp = {"approved_by": by.id, "approved_at": at, "approval_basis": basis.strip()}
    advance(draft, RULES, RulesStep.APPROVE, by=by, at=at, also=also, facts={"basis": basis.strip()}, stamp=stamp)


def send_back(seen: RuleVersion, cause: str, *, by: Actor, at: datetime, version: int) -> None:
    """Back to draft, with why. Raises Stale or Refused."""
    approved = _fresh(queries.locked_version(seen.id), version)
    also = [] if cause.strip() else [Reason(N_("Skriv hvorfor regelverket sendes tilbake."))]
    stamp = {"approved_by": None, "approved_at": None, "approval_basis": ""}
    advance(approved, RULES, RulesStep.SEND_BACK, by=by, at=at, also=also, facts={"cause": cause.strip()}, stamp=stamp)


def publish(seen: RuleVersion, *, by: Actor, at: datetime, version: int) -> None:
    """Publish; from now on nobody can change it. Raises Stale or Refused."""
    approved = _fresh(queries.locked_version(seen.id), version)
    stamp = {"published_by": by.id, "published_at": at}
    also = not_in_force(approved, local_date(at)) + not_told(approved, _steps(approved))
    advance(approved, RULES, RulesStep.PUBLISH, by=by, at=at, also=also, stamp=stamp)


def draft_call(rules: RuleVersion, facts: CallFacts, *, by: Actor, at: datetime, demo: bool = False) -> Call:
    """A call under a rule version, as a draft. Raises Refused."""
    _refuse(not_written(by) + not_in_time(facts, rules.year))
    drafted = Call(
        public_id=secrets.token_urlsafe(12),
        pot_id=rules.pot_id,
        rule_version_id=rules.id,
        year=rules.year,
        demo=demo,
        **_columns(facts),
    )
    db.session.add(drafted)
    db.session.flush()
    record(drafted.stream, "call.drafted", {"title": facts.title.nb}, by=by, at=at)
    return drafted


def change_call(seen: Call, facts: CallFacts, *, by: Actor, at: datetime, version: int) -> None:
    """New words and dates of a call that is still a draft. Raises Stale or Refused."""
    draft = _fresh(queries.locked_call(seen.id), version)
    _refuse(not_changeable(draft, by) + not_in_time(facts, draft.year))
    for name, value in _columns(facts).items():
        setattr(draft, name, value)
    draft.version += 1
    db.session.flush()
    record(draft.stream, "call.changed", {"title": facts.title.nb}, by=by, at=at)


def publish_call(seen: Call, *, by: Actor, at: datetime, version: int) -> None:
    """Announce the call; only on published rules and before its deadline. Raises Stale or Refused."""
    draft = _fresh(queries.locked_call(seen.id), version)
    stamp = {"published_by": by.id, "published_at": at}
    advance(
        draft,
        CALL,
        CallStep.PUBLISH,
        by=by,
        at=at,
        also=not_publishable(draft, at),
        facts={"title": draft.title_nb},
        stamp=stamp,
    )


def _columns(facts: CallFacts) -> dict[str, Any]:
    return {
        "title_nb": facts.title.nb,
        "title_nn": facts.title.nn,
        "intro_nb": facts.intro.nb,
        "intro_nn": facts.intro.nn,
        "opens_on": facts.opens_on,
        "deadline_on": facts.deadline_on,
        "answer_by_on": facts.answer_by_on,
        "budget_reservation": facts.budget_reservation,
    }


def _steps(version: RuleVersion) -> dict[RegulationStep, Told]:
    return queries.regulation_steps([version.id])[version.id]


def _fresh(thing: T, version: int) -> T:
    if thing.version != version:
        raise Stale
    return thing


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
