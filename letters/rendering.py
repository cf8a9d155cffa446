"""From facts to a letter: what it lacks, its blocks, its bytes. Pure: no clock, no database, no settings."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from letters import canonical, law, wording
from letters.agreement_answer import AgreementAnswerFacts
from letters.award import AwardFacts
from letters.blocks import Block, Heading, Letter, Letterhead, Paragraph, Signature, Span, Spans, plain
from letters.claim_answer import ClaimAnswerFacts
from letters.counter_answer import CounterAnswerFacts
from letters.decision import points
from letters.elements import Element
from letters.errors import Incomplete
from letters.facts import Head, LetterFacts
from letters.markup import Clause, items
from letters.missing_information import MissingInformationFacts
from letters.partial_award import PartialAwardFacts
from letters.receipt import ReceiptFacts
from letters.refusal import RefusalFacts
from letters.report_reminder import ReportReminderFacts
from letters.sheet import check_signs, print_letter
from letters.versions import version_on
from letters.wording import Value, Wording, clean

KINDS: Mapping[str, type[LetterFacts]] = {
    cls.KIND: cls
    for cls in (
        AwardFacts,
        PartialAwardFacts,
        RefusalFacts,
        ReceiptFacts,
        MissingInformationFacts,
        ReportReminderFacts,
        ClaimAnswerFacts,
        AgreementAnswerFacts,
        CounterAnswerFacts,
    )
}


def to_json(facts: LetterFacts) -> str:
    """The facts as canonical JSON, to be stored with the decision."""
    return canonical.dump(facts.KIND, facts)


def from_json(text: str) -> LetterFacts:
    """Facts as they were stored. Raises canonical.Unreadable when they are not a letter's facts."""
    try:
        data = json.loads(text)
        cls = KINDS[data.pop("kind")]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise canonical.Unreadable("not the facts of a known letter") from error
    return canonical.read(cls, data)


def facts_hash(facts: LetterFacts) -> str:
    """SHA-256 of the facts: the decider's page shows a letter and sends this back; if it differs, they see it anew."""
    return canonical.digest(to_json(facts))


def missing(facts: LetterFacts) -> list[Element]:
    """Every mandatory element the letter lacks, each once; empty when it can be made. Codes with bokmål words."""
    whole = _clauses(facts, edited=False)
    present = {clause.name for clause in _clauses(facts) if clause.items}
    lost = _used(whole) - _used(_clauses(facts))  # an edited paragraph that no longer says the amount, say
    robbed = {clause.name for clause in whole if _used([clause]) & lost}
    lacking = [element for element in facts.clauses() if element not in present or element in robbed]
    return list(dict.fromkeys([*facts.absent(), *lacking]))


def compose(facts: LetterFacts) -> Letter:
    """The letter's blocks, for the page and for print. Raises Incomplete, CannotSet or BadText."""
    lacking = missing(facts)
    if lacking:
        raise Incomplete(lacking)
    head = facts.head
    words = wording.wording(head.language, version_on("words", head.dated_on))
    values = _values(facts, words)
    made = dict(facts.blocks(words))
    title = wording.fill(wording.text(facts.KIND, head.language, head.text_version).title, values)
    body: list[Block] = [_letterhead(head, words), Heading(title, level=1)]
    for clause in _clauses(facts):
        body += wording.blocks(clause.items, values, made)
    body.append(_signature(facts, words))
    body += _listed(words["attachments"], head.attachments) + _listed(words["copies_to"], head.copies_to)
    letter = Letter(
        kind=facts.KIND,
        language=head.language,
        title=plain(title),
        subject=f"{words['case']} {clean(head.case_no)}",
        author=clean(head.sender.name),
        running=_running(head, words),
        footer=_footer(head, words),
        page_words=words["page"],
        dated=head.dated_on.isoformat() if head.dated_on else "",
        blocks=tuple(body),
    )
    check_signs(letter)
    return letter


def render(facts: LetterFacts) -> bytes:
    """The letter as PDF: PDF/A-2a and PDF/UA-1, the same bytes for the same facts. Raises as `compose` does."""
    return print_letter(compose(facts))


def draft(letter: Letter) -> Letter:
    """The letter as a draft says it is one: in its title, on its first page and on top of every other page."""
    words = wording.wording(letter.language, version_on("words", date.fromisoformat(letter.dated)))

    def marked(block: Block) -> Block:
        if isinstance(block, Signature):
            return replace(block, note=words["draft_notice"])
        if not isinstance(block, Letterhead):
            return block
        return replace(block, notice=" · ".join(filter(None, (words["draft_notice"], block.notice))))

    return replace(
        letter,
        title=f"{words['draft']}: {letter.title}",
        running=f"{words['draft']} · {letter.running}",
        blocks=tuple(map(marked, letter.blocks)),
    )


def _clauses(facts: LetterFacts, *, edited: bool = True) -> list[Clause]:
    """The clauses this letter has, with edited paragraphs in place of the files' (unless only the files' are asked)."""
    head, holds = facts.head, facts.flags()
    instead = dict(head.clauses) if edited else {}
    return [
        Clause(clause.name, items(instead[clause.name])) if clause.name in instead else clause
        for clause in wording.text(facts.KIND, head.language, head.text_version).clauses
        if clause.holds(holds)
    ]


def _used(clauses: list[Clause]) -> set[str]:
    """Names of the values and blocks the clauses ask for."""
    found = set()
    for item in (item for clause in clauses for item in clause.items):
        found |= {item.name} if item.name else {part.text for part in item.template if part.value}
    return found


def _values(facts: LetterFacts, words: Wording) -> dict[str, Value]:
    head = facts.head
    handler = head.case_handler
    return {
        **law.references(head.law_regime),
        "sender": head.sender.name,
        "recipient": head.recipient.name,
        "our_ref": head.our_ref,
        "handler": handler.name,
        "handler_contact": _contact(handler.phone or head.sender.phone, handler.email or head.sender.email, words),
        **facts.values(words),
    }


def _contact(phone: str, email: str, words: Wording) -> Spans:
    """«telefon … eller e-post …», or the one there is."""
    ways: list[Spans] = []
    if phone.strip():
        ways.append((Span(words["phone"] + " "), _phone(phone)))
    if email.strip():
        ways.append((Span(words["email"] + " "), _email(email)))
    both = (Span(f" {words['or']} "),) if len(ways) > 1 else ()
    return tuple(span for place, way in enumerate(ways) for span in (*(both if place else ()), *way))


def _phone(number: str) -> Span:
    digits = "".join(sign for sign in number if sign.isdigit() and sign.isascii())
    shown = clean(number).replace(" ", "\u00a0")
    return Span(shown, href=f"tel:{'+' if number.strip().startswith('+') else '+47'}{digits}" if digits else None)


def _email(address: str) -> Span:
    safe = address.isascii() and "@" in address and not set(address) & set(' <>()\\"')
    return Span(clean(address), href=f"mailto:{address}" if safe else None)


def _running(head: Head, words: Wording) -> str:
    """The line on top of every page but the first: a loose sheet must say which letter it is from."""
    parts = [clean(head.sender.name), f"{words['our_ref']} {clean(head.our_ref)}"]
    return " · ".join([*parts, words["demo"]] if head.demo else parts)


def _letterhead(head: Head, words: Wording) -> Letterhead:
    to = head.recipient
    lines = (to.name, *((f"{words['attention']} {to.attention}",) if to.attention else ()), *to.address)
    references = (
        (words["our_ref"], head.our_ref),
        (words["archive_case_no"], head.archive_case_no),
        (words["your_ref"], head.your_ref),
        (words["date"], words.on(head.dated_on)),
        (words["case_handler"], head.case_handler.name),
        (words["recipient_orgnr"], _grouped(to.orgnr)),
    )
    return Letterhead(
        sender=clean(head.sender.name),
        unit=clean(head.sender.unit),
        recipient=tuple(clean(line) for line in lines if line.strip()),
        references=tuple((label, clean(value)) for label, value in references if value.strip()),
        notice=words["demo_notice"] if head.demo else "",
    )


def _grouped(orgnr: str) -> str:
    """An organisation number in threes, held together: «972 418 013»; it may come grouped, by any kind of space."""
    digits = "".join(orgnr.split())
    return "\u00a0".join(digits[place : place + 3] for place in range(0, len(digits), 3))


def _signature(facts: LetterFacts, words: Wording) -> Signature:
    shown = dict.fromkeys((clean(person.name), clean(person.title)) for person in facts.signers)
    return Signature(words["greeting"], tuple(shown), words["no_signature"])


def _footer(head: Head, words: Wording) -> str:
    sender = head.sender
    parts = (
        sender.name,
        f"{words['orgnr']} {_grouped(sender.orgnr)}",
        ", ".join(sender.address),
        sender.phone.replace(" ", "\u00a0"),
        sender.email,
        sender.web,
    )
    return " · ".join(clean(part) for part in parts if part.strip())


def _listed(label: str, texts: tuple[str, ...]) -> list[Block]:
    """Enclosures or copies, under a label."""
    listed = points(texts)
    return [Paragraph((Span(label + ":", strong=True),)), *listed] if listed else []
