"""The whole application as rows of words and values, for the preview, the case page and the assessor."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.applications.domain import CostLine, Own, Whole, sections
from app.applications.queries import Read
from app.rules.domain import Answer, Question, Rules, Section, Words
from app.values.identity import format_account
from app.values.language import N_

_YES_NO = {"yes": N_("Ja"), "no": N_("Nei")}


@dataclass(frozen=True)
class ShownAnswer:
    """What was asked and what was answered. `own` marks words the applicant wrote; `ore` and `on` are shown as such."""

    words: object
    value: object = None
    kind: str = "own"


@dataclass(frozen=True)
class ShownSection:
    """One section, as it is read."""

    code: str
    words: object
    rows: tuple[ShownAnswer, ...]


def content(found: Read, *, with_account: bool = True) -> list[ShownSection]:
    """Every section with its rows; answers to questions the rules no longer ask stand last."""
    whole, rules = found.whole, found.rules
    parts = [
        ShownSection(code, words, tuple(_rows(code, whole, rules, with_account))) for code, words in sections(rules)
    ]
    asked = {q.code for section in rules.sections for q in section.questions}
    gone = tuple(ShownAnswer(code, value) for code, value in whole.answers.items() if code not in asked)
    return [*parts, ShownSection("gone", N_("Svar på spørsmål som ikke lenger stilles"), gone)] if gone else parts


def _rows(code: str, whole: Whole, rules: Rules, with_account: bool) -> Iterator[ShownAnswer]:
    if code == Own.CONTACT:
        yield from _contact(whole)
        if with_account:
            account = whole.contact.account_no
            yield ShownAnswer(N_("Kontonummer"), format_account(account) if account else "")
    elif code == Own.PROJECT:
        yield from _project(whole)
    elif code == Own.BUDGET:
        yield from _budget(whole, rules)
    elif code == Own.PARTNERS:
        yield from (ShownAnswer(each.name, each.intent_on, "on") for each in whole.partners.partners)
    else:
        section: Section = next(s for s in rules.sections if s.code == code)
        yield from (_answer(question, whole.answers.get(question.code)) for question in section.questions)


def _contact(whole: Whole) -> Iterator[ShownAnswer]:
    contact = whole.contact
    yield ShownAnswer(N_("Navn"), contact.name)
    yield ShownAnswer(N_("Stilling"), contact.title)
    yield ShownAnswer(N_("E-post"), contact.email)
    yield ShownAnswer(N_("Telefon"), contact.phone)


def _project(whole: Whole) -> Iterator[ShownAnswer]:
    project = whole.project
    yield ShownAnswer(N_("Navn på prosjektet"), project.title)
    yield ShownAnswer(N_("Hva vil dere oppnå?"), project.purpose)
    yield ShownAnswer(N_("Begynner"), project.starts_on, "on")
    yield ShownAnswer(N_("Slutter"), project.ends_on, "on")


def _budget(whole: Whole, rules: Rules) -> Iterator[ShownAnswer]:
    kinds = {each.code: each.words for each in rules.cost_types}
    yield ShownAnswer(N_("Søknadsbeløp"), whole.budget.applied_ore, "ore")
    yield ShownAnswer(N_("Egne midler"), whole.budget.own_funding_ore, "ore")
    for line in whole.budget.lines:
        yield ShownAnswer(_cost(kinds.get(line.cost_code), line), line.amount_ore, "ore")
    yield ShownAnswer(N_("Sum kostnader"), whole.budget.sum_ore, "sum")


def _cost(kind: Words | None, line: CostLine) -> object:
    """The line's type, and the applicant's own words where they say more than it does."""
    named = {kind.nb.lower(), kind.nn.lower()} if kind else {line.cost_code}
    told = kind or line.cost_code
    return told if not line.text or line.text.lower() in named else (told, line.text)


def _answer(question: Question, value: str | int | None) -> ShownAnswer:
    if question.answer is Answer.MONEY and isinstance(value, int):
        return ShownAnswer(question.words, value, "ore")
    if value is None or question.answer not in (Answer.YES_NO, Answer.CHOICE):
        return ShownAnswer(question.words, value)
    chosen = {choice.code: choice.words for choice in question.choices}
    return ShownAnswer(question.words, _YES_NO.get(str(value)) or chosen.get(str(value), value), "words")
