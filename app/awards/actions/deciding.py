"""The decision: judged anew under the lock, on exactly the letter the decider read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from app.access.domain import Actor
from app.access.models import User
from app.assessments.models import Outcome
from app.awards import letter_facts, payables, queries
from app.awards.domain import Piece, Seen, accept_by, changed, not_sendable, payment_plan
from app.awards.judgement import beyond_the_case, step_of
from app.awards.letter_facts import LetterFacts
from app.awards.models import Award, Decision, Instalment
from app.awards.queries import DecisionBasis
from app.budget import actions as budget
from app.budget import queries as frames
from app.cases import queries as cases
from app.cases.actions import find_by, public_id
from app.cases.models import Case
from app.cases.workflow import CASE, Step
from app.db import db
from app.dispatch.actions import queue_letter
from app.dispatch.words import say
from app.flow import Refused, Stale, advance, why_not
from app.rules.domain import ReportKind, Rules
from app.values.clock import local_date, local_moment
from app.values.language import N_
from app.values.money import format_amount

SENT_AT = time(9, 0)


class Changed(Stale):
    """The letter is no longer the one the decider read; `pieces` says what differs (empty: the case itself moved)."""

    def __init__(self, case_id: int, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self.case_id, self.pieces = case_id, list(pieces)


def decide(case_id: int, seen: Seen, *, by: Actor, at: datetime) -> Decision:
    """Decide as recommended: status, frame, award, payment plan and letter in one go.

    Raises Changed when the letter differs from what was seen, Refused with every reason, or Stale.
    """
    case = cases.locked(case_id)
    basis = queries.basis(case_id)
    if basis is None:
        raise Refused(why_not(CASE, Step.GRANT, cases.standing(case, by), by))
    sent_on = seen.send_on or local_date(at)
    facts = letter_facts.facts_of(basis, db.session.get_one(User, by.id), sent_on)
    _same_letter(case, facts, seen)
    _advance(basis, facts, seen.send_on, by, at)
    decision = _decision(basis, facts, by, at)
    if basis.recommendation.outcome is not Outcome.REFUSE:
        _award(basis, decision, sent_on, by, at)
    _queue(case, decision, facts, seen.send_on, by, at)
    return decision


def decide_all(seen: Mapping[int, Seen], *, by: Actor, at: datetime) -> list[Decision]:
    """Decide many cases, all or none (the caller's transaction is undone on any error). Cases are taken by their key,
    so that two deciders cannot wait for each other in a ring. Raises as `decide` does.
    """
    return [decide(case_id, seen[case_id], by=by, at=at) for case_id in sorted(seen)]


def _same_letter(case: Case, facts: LetterFacts, seen: Seen) -> None:
    if letter_facts.letter_hash(facts) != seen.letter_hash:
        raise Changed(case.id, changed(seen.pieces, letter_facts.pieces(facts)))
    if case.version != seen.version:
        raise Changed(case.id, [])


def _advance(basis: DecisionBasis, facts: LetterFacts, send_on: date | None, by: Actor, at: datetime) -> None:
    case, proposal, today = basis.case, basis.recommendation, local_date(at)
    frame = frames.locked(basis.frame.id) if basis.frame else None
    due_on = accept_by(send_on or today, basis.rules) if proposal.amount_ore else None
    waits = not_sendable(send_on, today, letter_facts.send_within_days())
    advance(
        case,
        CASE,
        step_of(basis),
        by=by,
        at=at,
        standing=cases.standing(case, by),
        also=[*waits, *beyond_the_case(basis, frame, by, today), *letter_facts.why_not_letter(facts)],
        facts={"amount_ore": proposal.amount_ore, "letter_hash": letter_facts.letter_hash(facts)},
        stamp={"decided_by": by.id, "granted_ore": proposal.amount_ore, "due_on": due_on},
    )
    proposal.closed_at = at
    find_by(case.id, granted=format_amount(proposal.amount_ore) if proposal.amount_ore else "")


def _decision(basis: DecisionBasis, facts: LetterFacts, by: Actor, at: datetime) -> Decision:
    proposal, choice = basis.recommendation, letter_facts.language_of(basis)
    decision = Decision(
        case_id=basis.case.id,
        recommendation_id=proposal.id,
        rule_version_id=basis.case.rule_version_id,
        outcome=proposal.outcome,
        amount_ore=proposal.amount_ore,
        recommended_by=proposal.recommended_by,
        decided_by=by.id,
        decided_at=at,
        letter=facts.KIND,
        letter_facts=letter_facts.stored(facts),
        letter_hash=letter_facts.letter_hash(facts),
        text_version=facts.head.text_version,
        law_regime=facts.head.law_regime.value,
        language=choice.language.value,
        language_rule=choice.rule.value,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _award(basis: DecisionBasis, decision: Decision, sent_on: date, by: Actor, at: datetime) -> None:
    case, frame = basis.case, basis.frame
    assert frame is not None  # a grant without a frame is refused above
    award = Award(
        public_id=public_id(),
        decision_id=decision.id,
        case_id=case.id,
        party_id=case.party_id,
        amount_ore=decision.amount_ore,
        partial=decision.outcome is Outcome.GRANT_PART,
        accept_by_on=accept_by(sent_on, basis.rules),
        demo_fields=list(case.demo_fields),
    )
    db.session.add(award)
    db.session.flush()
    parts = _instalments(award, basis.rules)
    db.session.add_all(parts)
    db.session.flush()
    budget.commit(frame.id, case.id, award.amount_ore, queries.letter_key(decision.id), by=by, at=at)
    payables.add(award, decision, case, parts)


def _instalments(award: Award, rules: Rules) -> list[Instalment]:
    return [
        Instalment(
            award_id=award.id,
            nr=part.nr,
            of=part.of,
            amount_ore=part.amount_ore,
            trigger=part.trigger,
            due_on=part.due_on,
            report=ReportKind(part.report) if part.report else None,
        )
        for part in payment_plan(award.amount_ore, rules)
    ]


def _queue(case: Case, decision: Decision, facts: LetterFacts, send_on: date | None, by: Actor, at: datetime) -> None:
    """The letter goes at once, or at nine on the chosen day."""
    later = local_moment(send_on, SENT_AT) if send_on else None
    queue_letter(
        key=queries.letter_key(decision.id),
        case=case,
        kind="decision",
        letter=decision.letter,
        facts=decision.letter_facts,
        language=decision.language,
        subject=say(decision.language, N_("Vedtak i sak %(number)s: %(title)s"), number=case.number, title=case.title),
        body=say(
            decision.language,
            N_("Vi har gjort vedtak i saken. Brevet ligger på siden deres, og som vedlegg her."),
        ),
        at=at,
        by=by,
        not_before=later if later and later > at else None,
    )
