"""From what a decision rests on to the frozen facts of its letter. The only file of the room that knows `letters`."""

import json
import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from flask import current_app

import letters
from app.access.models import User
from app.assessments.domain import grade
from app.assessments.models import Outcome, Recommendation
from app.assessments.queries import too_little_left
from app.awards.domain import Piece, PlannedInstalment, accept_by, as_told, payment_plan
from app.awards.queries.decision_basis import DecisionBasis
from app.config import Settings
from app.dispatch.composing import why_not_letter as why_not_letter  # said beside the facts it judges
from app.dispatch.words import title_in
from app.rules.domain import ReportRule, Rules, Trigger, Words
from app.values.clock import local_date
from app.values.dates import format_date
from app.values.identity import mask_account
from app.values.language import Choice, Language, choose_language
from letters.decision import Decision as DecisionFacts
from letters.facts import Complaint, Consideration, Head, Person, Reasons, Recipient, Sender
from letters.facts import LetterFacts as LetterFacts  # for those who only pass them on
from letters.grant import Grant, Instalment, ReportDue
from letters.grant import ReportKind as LetterReport
from letters.grant import Trigger as LetterTrigger
from letters.law import LawRegime
from letters.partial_award import Cut

OVERALL = Words("Samlet vurdering", "Samla vurdering")
DESPITE = Words("Hvorfor vi likevel innvilger", "Kvifor vi likevel innvilgar")
RULES = Words("Regelverket for %s", "Regelverket for %s")
PURPOSE = Words("Formålet med ordningen er: %s", "Formålet med ordninga er: %s")
HOLDS_SIGNED = Words("måloppnåelse og signert regnskap per %s", "måloppnåing og signert rekneskap per %s")
HOLDS = Words("måloppnåelse og regnskap per %s", "måloppnåing og rekneskap per %s")
WHOLE = Words("Prosjektet i alt", "Prosjektet i alt")
OPEN_LINE = "…………………………"
WHO_DECIDES = Words("den som vedtar", "den som vedtek")
_TRIGGERS = {
    Trigger.ACCEPTANCE: LetterTrigger.ACCEPT,
    Trigger.DATE: LetterTrigger.DATE,
    Trigger.REPORT_APPROVED: LetterTrigger.REPORT_APPROVED,
}

_KINDS = {
    Outcome.GRANT: letters.AwardFacts.KIND,
    Outcome.GRANT_PART: letters.PartialAwardFacts.KIND,
    Outcome.REFUSE: letters.RefusalFacts.KIND,
}

# Where each piece of a letter stands in its facts.
_PIECES: Mapping[Piece, tuple[str, ...]] = {
    Piece.RECIPIENT: ("head.recipient",),
    Piece.LANGUAGE: ("head.language",),
    Piece.DATED: ("head.dated_on", "grant.accept_by"),
    Piece.AMOUNT: ("kind", "grant.amount_ore", "decision.applied_ore"),
    Piece.CUTS: ("cuts", "own_ore"),
    Piece.PURPOSE: ("grant.purpose",),
    Piece.CONDITIONS: ("grant.conditions",),
    Piece.PLAN: ("grant.payment_plan",),
    Piece.ACCOUNT: ("grant.account_masked",),
    Piece.REPORTS: ("grant.reports", "grant.auditor"),
    Piece.REASONS: ("decision.reasons",),
    Piece.FRAME: ("frame_ore", "frame_used"),
}


def language_of(basis: DecisionBasis) -> Choice:
    """The recipient's language decision, else the application's language (språklova § 15; domain D.7)."""
    return choose_language(basis.case.party.language_decision, Language(basis.application.language))


def facts_of(basis: DecisionBasis, decider: User | None, on: date) -> LetterFacts:
    """The facts of the letter dated and sent on this local date; `why_not_letter` tells what it still misses.

    `decider` signs it; None leaves the line open, for a draft that nobody who reads it may sign.
    """
    language = language_of(basis).language
    head = _head(basis, language, on, letters.version_on(_KINDS[basis.recommendation.outcome], on))
    decision = _decision(basis, decider, language)
    frame_ore = basis.frame.frame_ore if basis.frame else None
    if basis.recommendation.outcome is Outcome.REFUSE:
        return letters.RefusalFacts(head, decision, frame_ore, frame_used=_too_little_left(basis))
    grant = _grant(basis, language, on)
    if basis.recommendation.outcome is Outcome.GRANT:
        return letters.AwardFacts(head, decision, grant)
    (cuts, own_ore), short = _cuts(basis, language), _too_little_left(basis)
    return letters.PartialAwardFacts(head, decision, grant, cuts, frame_ore, frame_used=short, own_ore=own_ore)


def _too_little_left(basis: DecisionBasis) -> bool:
    """A fact of the round: whether the frame did not hold all of this application after those ranked before it."""
    return basis.frame is not None and too_little_left(basis.case, basis.frame, basis.rules)


def stored(facts: LetterFacts) -> dict[str, Any]:
    """The facts as the JSON object that is frozen with the decision."""
    data: dict[str, Any] = json.loads(letters.to_json(facts))
    return data


def letter_hash(facts: LetterFacts) -> str:
    """What the decider's page carries, and what is sealed in the record."""
    return letters.facts_hash(facts)


def preview(facts: LetterFacts) -> letters.Letter:
    """The letter's blocks for the page, marked as a draft when nobody signs it. Raises letters.LetterError."""
    letter = letters.compose(facts)
    return letters.draft(letter) if any(signer.name == OPEN_LINE for signer in facts.signers) else letter


def pdf(facts: LetterFacts) -> bytes:
    """The same as PDF. Raises letters.LetterError."""
    return letters.print_letter(preview(facts))


def pieces(facts: LetterFacts) -> dict[Piece, str]:
    """A short hash of each part of the letter, to tell a decider what changed since they read it."""
    data = stored(facts)
    found = {piece: _short([_at(data, path) for path in paths]) for piece, paths in _PIECES.items()}
    return {**found, Piece.REST: _short(_without(data))}


def _without(data: dict[str, Any]) -> Any:
    """What no named piece covers."""
    paths = {path for each in _PIECES.values() for path in each}
    flat = {f"{k}.{n}": v for k, part in data.items() if isinstance(part, dict) for n, v in part.items()}
    alone = {k: v for k, v in data.items() if not isinstance(v, dict)}
    return {path: value for path, value in (flat | alone).items() if path not in paths}


def _at(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _short(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def _head(basis: DecisionBasis, language: Language, on: date, text_version: int) -> Head:
    case, settings = basis.case, _settings()
    party, officer = case.party, basis.officer
    return Head(
        language=language,
        case_no=case.number or "",
        our_ref=case.number or "",
        dated_on=on,
        sender=_sender(settings, case.unit),
        recipient=Recipient(
            name=party.name,
            orgnr=party.orgnr,
            address=(f"{party.postcode} {party.post_town}".strip(),),
            attention=basis.application.contact_name,
        ),
        case_handler=person(officer, language) if officer else Person("", ""),
        archive_case_no=case.archive_no or "",
        law_regime=LawRegime.FVL1967,
        text_version=text_version,
        demo=settings.demo or party.invented,
    )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def send_within_days() -> int:
    """How long a decided letter may wait before it is sent."""
    return _settings().send_within_days


def _sender(settings: Settings, unit: str) -> Sender:
    return Sender(
        name=settings.authority,
        orgnr=settings.authority_orgnr,
        unit=unit,
        address=(),
        phone=settings.contact_phone,
        email=settings.contact_email,
        web="",
    )


def person(user: User, language: Language) -> Person:
    """One of the authority's people as a letter in this language names them."""
    return Person(user.name, title_in(language, user.title), user.phone, user.email)


def _decision(basis: DecisionBasis, decider: User | None, language: Language) -> DecisionFacts:
    case, rules = basis.case, basis.rules
    return DecisionFacts(
        scheme_name=basis.pot.name_nn if language is Language.NN else basis.pot.name_nb,
        scheme_year=case.year,
        project_title=case.title,
        applied_on=local_date(case.submitted_at) if case.submitted_at else None,
        applied_ore=case.applied_ore,
        legal_basis=rules.legal_basis.in_(language).strip().removesuffix("."),  # stands inside a sentence
        reasons=_reasons(basis, language),
        complaint=Complaint(rules.complaint_body.in_(language)),
        decided_by=person(decider, language) if decider else Person(OPEN_LINE, WHO_DECIDES.in_(language)),
    )


def _reasons(basis: DecisionBasis, language: Language) -> Reasons:
    rules, proposal = basis.rules, basis.recommendation
    points = {score.criterion: (score.points, score.reason) for score in basis.scores if score.points is not None}
    considered = [
        Consideration(each.words.in_(language), f"{grade(each, scored[0]).in_(language)}. {scored[1]}")
        for each in rules.criteria
        if (scored := points.get(each.code)) is not None
    ]
    named = [RULES.in_(language) % rules.title.in_(language)]
    if purpose := rules.purpose.in_(language).strip():
        named.append(PURPOSE.in_(language) % purpose)
    return Reasons(
        rules=tuple(named),
        facts=proposal.facts,
        considerations=(
            *considered,
            Consideration(OVERALL.in_(language), proposal.reasons),
            *_despite(proposal, language),
        ),
    )


def _despite(proposal: Recommendation, language: Language) -> list[Consideration]:
    return [Consideration(DESPITE.in_(language), proposal.despite)] if proposal.despite else []


def _grant(basis: DecisionBasis, language: Language, on: date) -> Grant:
    rules, proposal = basis.rules, basis.recommendation
    chapter, _, post = re.sub(r"[\s./]+", ".", basis.pot.chapter_post).partition(".")
    account = basis.application.account_no
    return Grant(
        chapter=chapter,
        post=post,
        amount_ore=proposal.amount_ore,
        starts_on=basis.application.starts_on,
        ends_on=basis.application.ends_on,
        purpose=proposal.purpose,
        # Those the officer chose from the rules are among them. Nothing is added to what the decider reads as proposed:
        # a proposal without any, whenever it was made, gives no letter (Grant.absent), and goes back to the officer.
        conditions=tuple(proposal.conditions),
        payment_plan=tuple(_instalment(part) for part in payment_plan(proposal.amount_ore, rules)),
        account_masked=mask_account(account) if account else "",
        accept_by=accept_by(on, rules),
        reports=tuple(_report(each, rules, language) for each in as_told(rules, on).reports),
        auditor=rules.needs_auditor(proposal.amount_ore),
    )


def _instalment(part: PlannedInstalment) -> Instalment:
    report = LetterReport(part.report.value) if part.report else None
    return Instalment(part.nr, part.amount_ore, _TRIGGERS[part.trigger], part.due_on, report)


def _report(rule: ReportRule, rules: Rules, language: Language) -> ReportDue:
    words = HOLDS_SIGNED if rules.needs_accounts(rule.kind) else HOLDS
    holds = words.in_(language) % format_date(rule.cutoff_on, language)
    return ReportDue(LetterReport(rule.kind.value), rule.due_on, holds)


def _cuts(basis: DecisionBasis, language: Language) -> tuple[tuple[Cut, ...], int]:
    """Line by line, and the recipient's own money in them (øre), when that adds up; else the project as one line."""
    applied, granted = basis.case.applied_ore, basis.recommendation.amount_ore
    names = {each.code: each.words.in_(language) for each in basis.rules.cost_types}
    granted_of = basis.proposed
    lines = tuple(
        Cut(
            line.text or names.get(line.cost_code, line.cost_code),
            line.amount_ore,
            granted_of.get(line.position, 0),
        )
        for line in basis.lines
    )
    own = sum(cut.applied_ore for cut in lines) - applied
    if not lines or own < 0 or sum(cut.granted_ore for cut in lines) != granted:
        return (Cut(WHOLE.in_(language), applied, granted),), 0
    return lines, own
