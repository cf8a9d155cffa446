"""A letter that lacks a mandatory element cannot be made (domain C.2 and D.4)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from app.values.language import Language
from letters import KINDS, Element, Incomplete, Letter, compose, missing, render
from letters.blocks import Paragraph, plain
from letters.claim_answer import Answer
from letters.facts import Head, LetterFacts, Person
from letters.markup import items
from letters.rendering import _clauses, _used
from tests.letter_samples import SAMPLES

# What may be empty, each with its reason. The list may only shrink.
MAY_BE_EMPTY = {
    "sender.orgnr": "stands in the foot where there is one",
    "sender.unit": "not every authority has units",
    "sender.address": "stands in the foot where there is one",
    "sender.phone": "the case handler's contact is the one that counts",
    "sender.email": "as above",
    "sender.web": "as above",
    "recipient.address": "letters go digitally, by organisation number",
    "recipient.attention": "only when the letter is to someone there",
    "case_handler.title": "a title is demanded of the decider (2025 act § 59)",
    "case_handler.phone": "phone or e-mail, tested below",
    "case_handler.email": "phone or e-mail, tested below",
    "head.your_ref": "not every recipient has one",
    "head.archive_case_no": "known only after archiving",
    "head.attachments": "not every letter has any",
    "head.copies_to": "as above",
    "head.clauses": "edited paragraphs",
    "decided_by.phone": "one writes to the case handler",
    "decided_by.email": "as above",
    "complaint.why_not": "only where there is no complaint",
    "agreement_answer.reason": "only where it is refused, tested below",
    "receipt.received": "an application may come without attachments",
    "decision.applied_ore": "a full award names the granted amount; the others are tested below",
}


def removals(facts: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The facts again and again, each time with one field emptied, and that field's name."""
    for field in fields(facts):
        value = getattr(facts, field.name)
        where = f"{name}.{field.name}"
        if is_dataclass(value):
            for inner, changed in removals(value, field.name):
                yield inner, replace(facts, **{field.name: changed})
        elif isinstance(value, str) and type(value) is str:
            yield where, replace(facts, **{field.name: "  "})
        elif isinstance(value, tuple):
            yield where, replace(facts, **{field.name: ()})
        elif value is not None and not isinstance(value, (bool, str)) and field.name not in ("text_version", "number"):
            yield where, replace(facts, **{field.name: None})


def removed(kind: str) -> list[tuple[str, LetterFacts]]:
    return list(removals(SAMPLES[kind](Language.NB), kind))


ALL_REMOVALS = [(kind, where) for kind in SAMPLES for where, _ in removed(kind) if where not in MAY_BE_EMPTY]


@pytest.mark.parametrize(("kind", "where"), ALL_REMOVALS)
def test_a_letter_without_one_of_its_facts_cannot_be_made(kind: str, where: str) -> None:
    facts = dict(removed(kind))[where]
    assert missing(facts)
    with pytest.raises(Incomplete) as refused:
        compose(facts)
    assert refused.value.missing == tuple(missing(facts))
    with pytest.raises(Incomplete):
        render(facts)


CLAUSES = [
    (kind, str(element), language)
    for kind in SAMPLES
    for language in Language
    for element in SAMPLES[kind](language).clauses()
]


@pytest.mark.parametrize(("kind", "clause", "language"), CLAUSES)
def test_a_letter_whose_standard_paragraph_is_emptied_cannot_be_made(
    kind: str, clause: str, language: Language
) -> None:
    facts = SAMPLES[kind](language)
    emptied = replace(facts, head=replace(facts.head, clauses=((clause, "  "),)))
    assert clause in missing(emptied)
    with pytest.raises(Incomplete):
        render(emptied)


@pytest.mark.parametrize(
    ("kind", "clause", "words"),
    [
        ("award", "decision_text", "Dere får penger fra {scheme} {year}, {applied_on}, {project}."),
        ("award", "complaint_deadline_rule", "Fristen er kort."),
        ("award", "payment_plan", "Vi betaler til {account}."),
        ("refusal", "frame", "Det var ikke nok penger."),
    ],
)
def test_an_edited_paragraph_that_no_longer_says_what_it_must_stops_the_letter(
    kind: str, clause: str, words: str
) -> None:
    facts = SAMPLES[kind](Language.NB)
    edited = replace(facts, head=replace(facts.head, clauses=((clause, words),)))
    assert clause in missing(edited)


def test_an_edited_paragraph_with_all_its_values_replaces_the_file() -> None:
    facts = SAMPLES["award"](Language.NB)
    words = "Klag innen **tre uker**, sier {law_complaint_deadline}."
    edited = replace(facts, head=replace(facts.head, clauses=(("complaint_deadline_rule", words),)))
    assert missing(edited) == []
    assert "Klag innen " in str(compose(edited)) and "Fristen er tre uker" not in str(compose(edited))


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_sample_is_complete(kind: str) -> None:
    for language in Language:
        assert missing(SAMPLES[kind](language)) == []


def test_every_kind_of_letter_has_a_sample() -> None:
    assert set(KINDS) == set(SAMPLES)


def _reached_by(head: Head, *, phone: str, sender_phone: str) -> Head:
    handler, sender = replace(head.case_handler, phone=phone), replace(head.sender, phone=sender_phone)
    return replace(head, case_handler=handler, sender=sender)


def _words(letter: Letter) -> str:
    return "\n".join(plain(block.spans) for block in letter.blocks if isinstance(block, Paragraph))


def test_the_case_handler_must_have_a_phone_or_an_address() -> None:
    facts = SAMPLES["award"](Language.NB)
    only_email = compose(replace(facts, head=_reached_by(facts.head, phone="", sender_phone="")))
    assert "på e-post kari.nordmann@example.org. Oppgi" in _words(only_email)
    silent = replace(facts.head.case_handler, phone="", email="")
    assert missing(replace(facts, head=replace(facts.head, case_handler=silent))) == [Element.CONTACT]


def test_a_payment_plan_that_does_not_sum_to_the_grant_stops_the_letter() -> None:
    facts: Any = SAMPLES["award"](Language.NB)
    first, *rest = facts.grant.payment_plan
    plan = (replace(first, amount_ore=first.amount_ore + 1), *rest)
    assert missing(replace(facts, grant=replace(facts.grant, payment_plan=plan))) == [Element.PAYMENT_PLAN_TOTAL]
    below_zero = (replace(first, amount_ore=-1), replace(rest[0], amount_ore=facts.grant.amount_ore + 1))
    wrong = replace(facts, grant=replace(facts.grant, payment_plan=below_zero))
    assert missing(wrong) == [Element.PAYMENT_PLAN_TOTAL]


def test_a_partial_award_must_be_less_than_was_applied_for() -> None:
    facts: Any = SAMPLES["partial_award"](Language.NB)
    full = replace(facts, decision=replace(facts.decision, applied_ore=facts.grant.amount_ore))
    assert Element.AMOUNT_BELOW_APPLIED in missing(full)


def test_partial_award_and_refusal_name_the_amount_applied_for() -> None:
    for kind in ("partial_award", "refusal"):
        facts: Any = SAMPLES[kind](Language.NB)
        assert Element.APPLIED_AMOUNT in missing(replace(facts, decision=replace(facts.decision, applied_ore=None)))


def test_nobody_having_said_whether_an_auditor_is_needed_stops_the_letter() -> None:
    facts: Any = SAMPLES["award"](Language.NB)
    assert missing(replace(facts, grant=replace(facts.grant, auditor=None))) == [Element.AUDIT_REQUIREMENT]


def test_a_scheme_without_acceptance_needs_no_deadline_for_it() -> None:
    for kind in ("award", "partial_award"):
        facts: Any = SAMPLES[kind](Language.NB)
        free = replace(facts, grant=replace(facts.grant, acceptance=False, accept_by=None))
        assert missing(free) == []
        assert "revidert budsjett" not in str(compose(free))


def test_a_scheme_without_complaint_must_say_why() -> None:
    facts: Any = SAMPLES["refusal"](Language.NB)
    none = replace(facts.decision.complaint, allowed=False)
    assert missing(replace(facts, decision=replace(facts.decision, complaint=none))) == [Element.COMPLAINT_RIGHT]
    told = replace(none, why_not="Ordningen gjelder bare kommuner.")
    letter = compose(replace(facts, decision=replace(facts.decision, complaint=told)))
    assert "Ordningen gjelder bare kommuner." in str(letter) and "tre uker" not in str(letter)


def test_an_answer_that_gives_less_than_was_asked_says_why_and_adds_up() -> None:
    claim: Any = SAMPLES["claim_answer"](Language.NB)
    assert missing(replace(claim, approved_ore=claim.approved_ore + 1)) == [Element.CUTS]
    whole = tuple(replace(line, amount_ore=0) for line in claim.lines)
    refused = replace(claim, answer=Answer.REFUSED, approved_ore=0, lines=whole)
    assert missing(refused) == [] and missing(replace(refused, reason=" ")) == [Element.REASONS_CONSIDERATIONS]
    words = "".join(plain(block.spans) for block in compose(claim).blocks if isinstance(block, Paragraph))
    assert "10\u00a0000\u00a0kr ikke med i kravet" in words
    ruled = replace(claim, decided_by=Person("", ""))
    assert missing(ruled) == [Element.DECISION_MAKER]
    approved = replace(ruled, answer=Answer.APPROVED, claimed_ore=18_000_00, reason="", by_rule=True)
    assert missing(approved) == [] and "automatisk" in str(compose(approved)) and "Helfo" not in str(compose(approved))
    assert "Helfo betaler" in str(compose(replace(approved, by_helfo=True)))
    agreed: Any = SAMPLES["agreement_answer"](Language.NB)
    assert missing(replace(agreed, agreed=False)) == [Element.REASONS_CONSIDERATIONS]
    assert missing(replace(agreed, agreed=False, prices=(), reason="Utenfor området")) == []


def test_what_is_taken_back_adds_up_and_is_no_more_than_was_approved() -> None:
    back: Any = SAMPLES["counter_answer"](Language.NB)
    for wrong in ({"taken_back_ore": 11_000_01}, {"left_ore": 14_000_01}, {"lines": ()}, {"approved_ore": 10_000_00}):
        assert missing(replace(back, **wrong)) == [Element.TAKEN_BACK], wrong
    part, whole = str(compose(back)), str(compose(replace(back, approved_ore=11_000_00, left_ore=0)))
    assert "dagene kan også kreves" in whole and "dagene kan også kreves" not in part
    assert "hele kravet tatt tilbake" in whole and "igjen av det vi godkjente" in part


def test_every_value_of_a_mandatory_clause_is_guarded() -> None:
    """A mandatory element that stood in no mandatory clause could be edited away unseen."""
    for kind in SAMPLES:
        facts = SAMPLES[kind](Language.NB)
        free = [clause for clause in _clauses(facts) if clause.name not in set(facts.clauses())]
        for clause in free:
            assert clause.name in {"next", "payment_waits", "attachments_received"}, (kind, clause.name)
            assert _used([clause]) <= {"received"}
    assert items("") == ()
