"""What an application says, section by section, and what it still lacks. Plain data and pure checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.flow.domain import Reason
from app.rules.domain import Question, Rules, Section
from app.values.language import N_, Worded
from app.values.printable import shown, unprintable

Value = str | int
MOST_LINES = 60
MOST_PARTNERS = 60


class Own(Worded):
    """The sections every application has; those of the rules stand between PROJECT and BUDGET."""

    CONTACT = "kontakt", N_("Kontaktperson og konto")
    PROJECT = "prosjekt", N_("Tittel, formål og tid")
    BUDGET = "budsjett", N_("Budsjett")
    PARTNERS = "samarbeid", N_("Samarbeidspartnere")


class SectionState(Worded):
    """One word per state (pages.md 7)."""

    NOT_STARTED = "not_started", N_("Ikke startet")
    LACKING = "lacking", N_("Mangler")
    DONE = "done", N_("Ferdig")


@dataclass(frozen=True)
class Contact:
    """Whom we call, and where the money goes. `account_no` is eleven digits, or empty."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    account_no: str = ""


@dataclass(frozen=True)
class Project:
    """What it is, in one sentence, and when. Local dates, both included."""

    title: str = ""
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class CostLine:
    """One line of the budget; whole øre."""

    cost_code: str
    text: str
    amount_ore: int


@dataclass(frozen=True)
class Budget:
    """What is applied for, what they pay themselves, and what it is spent on; whole øre."""

    applied_ore: int = 0
    own_funding_ore: int = 0
    lines: tuple[CostLine, ...] = ()

    @property
    def sum_ore(self) -> int:
        """All lines together."""
        return sum(line.amount_ore for line in self.lines)

    @property
    def difference_ore(self) -> int:
        """Costs that nobody pays for (above nought), or money without a cost (below)."""
        return self.sum_ore - self.applied_ore - self.own_funding_ore

    @property
    def is_uneven(self) -> bool:
        """Whether costs are written, and they are not what is to pay for them."""
        return bool(self.lines) and self.difference_ore != 0


@dataclass(frozen=True)
class Answers:
    """The answers of one section of the rules, by question code; blank ones are left out."""

    section: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part, and the day of its letter of intent."""

    party_id: int
    intent_on: date | None = None
    name: str = ""
    orgnr: str = ""


@dataclass(frozen=True)
class Partners:
    """Everybody who takes part; the applicant answers for all (domain A.2)."""

    partners: tuple[Partner, ...] = ()


SectionFacts = Contact | Project | Budget | Answers | Partners


@dataclass(frozen=True)
class Whole:
    """The application as it stands."""

    contact: Contact = Contact()
    project: Project = Project()
    budget: Budget = Budget()
    partners: Partners = Partners()
    answers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionView:
    """A section in the task list: its words (own sections: a bokmål msgid), its state and what it lacks.

    `uneven`: one of what it lacks is that the budget does not add up, which is no answer left out.
    """

    code: str
    words: object
    state: SectionState
    lacks: tuple[Reason, ...]
    uneven: bool = False

    @property
    def unanswered(self) -> int:
        """How many answers it lacks."""
        return len(self.lacks) - self.uneven

    @property
    def is_lacking(self) -> bool:
        """Whether it is begun and lacks an answer."""
        return self.state is SectionState.LACKING

    @property
    def is_optional(self) -> bool:
        """Whether nothing need be in it: an applicant may be alone."""
        return self.code == Own.PARTNERS.value


def section_code(facts: SectionFacts) -> str:
    """Which section these facts are of."""
    own = {Contact: Own.CONTACT, Project: Own.PROJECT, Budget: Own.BUDGET, Partners: Own.PARTNERS}
    return facts.section if isinstance(facts, Answers) else own[type(facts)].value


def rules_section(rules: Rules, code: str) -> Section | None:
    """The section of the rules with this code."""
    return next((section for section in rules.sections if section.code == code), None)


def sections(rules: Rules) -> list[tuple[str, object]]:
    """Code and words of every section, in the order they are filled in."""
    before = [(own.value, own) for own in (Own.CONTACT, Own.PROJECT)]
    after = [(own.value, own) for own in (Own.BUDGET, Own.PARTNERS)]
    return [*before, *((each.code, each.words) for each in rules.sections), *after]


def views(rules: Rules, whole: Whole, started: Sequence[str]) -> list[SectionView]:
    """The task list. `started`: codes of the sections that somebody has saved."""
    found = []
    for code, words in sections(rules):
        lacks = tuple(lacking(rules, whole, code))
        state = SectionState.LACKING if lacks else SectionState.DONE
        if code not in started and (lacks or code == Own.PARTNERS):
            state = SectionState.NOT_STARTED
        uneven = code == Own.BUDGET and whole.budget.is_uneven
        found.append(SectionView(code, words, state, lacks, uneven))
    return found


def lacking_all(rules: Rules, whole: Whole) -> list[Reason]:
    """Everything that stands between the application and its signature."""
    return [reason for code, _ in sections(rules) for reason in lacking(rules, whole, code)]


def lacking(rules: Rules, whole: Whole, code: str) -> list[Reason]:
    """What this section lacks, one reason for each with the field that mends it; empty when it is done."""
    checks = {
        Own.CONTACT.value: lambda: _contact(whole.contact),
        Own.PROJECT.value: lambda: _project(whole.project),
        Own.BUDGET.value: lambda: _budget(rules, whole.budget),
        Own.PARTNERS.value: lambda: _partners(whole.partners),
    }
    if code in checks:
        return list(checks[code]())
    section = rules_section(rules, code)
    return list(_questions(section.questions, whole.answers)) if section else []


def _contact(contact: Contact) -> Iterator[Reason]:
    if not contact.name:
        yield Reason(N_("Skriv navnet på kontaktpersonen."), of="name")
    yield from _printed(
        contact.name, N_("Navnet på kontaktpersonen har tegn som ikke kan stå i brev: %(signs)s."), "name"
    )
    if not contact.email:
        yield Reason(N_("Skriv e-postadressen til kontaktpersonen."), of="email")
    if not contact.phone:
        yield Reason(N_("Skriv telefonnummeret til kontaktpersonen."), of="phone")
    if not contact.account_no:
        yield Reason(N_("Skriv kontonummeret tilskuddet skal betales til."), of="account_no")


def _printed(text: str, words: str, of: str) -> Iterator[Reason]:
    """What reaches the receipt and the decision, and was stored before anybody asked whether it can be printed."""
    if strange := unprintable(text):
        yield Reason(words, {"signs": shown(strange)}, of=of)


def _project(project: Project) -> Iterator[Reason]:
    if not project.title:
        yield Reason(N_("Gi prosjektet et navn."), of="title")
    yield from _printed(project.title, N_("Navnet på prosjektet har tegn som ikke kan stå i brev: %(signs)s."), "title")
    if not project.purpose:
        yield Reason(N_("Skriv hva dere vil oppnå."), of="purpose")
    if project.starts_on is None:
        yield Reason(N_("Skriv når prosjektet begynner."), of="starts_on")
    if project.ends_on is None:
        yield Reason(N_("Skriv når prosjektet slutter."), of="ends_on")


def _budget(rules: Rules, budget: Budget) -> Iterator[Reason]:
    for nr, line in enumerate(budget.lines):
        words = N_("En linje i budsjettet har tegn som ikke kan stå i brev: %(signs)s.")
        yield from _printed(line.text, words, f"text_{nr}")
    if not budget.applied_ore:
        yield Reason(N_("Skriv hvor mye dere søker om."), of="applied")
    if rules.cap_ore is not None and budget.applied_ore > rules.cap_ore:
        yield Reason(N_("Dere kan søke om høyst %(cap_ore)s."), {"cap_ore": rules.cap_ore}, of="applied")
    if not budget.lines:
        yield Reason(N_("Skriv minst én linje i budsjettet."), of="cost_0")
    elif budget.difference_ore > 0:
        yield Reason(
            N_("Kostnadene er %(over_ore)s høyere enn søknadsbeløp og egne midler til sammen."),
            {"over_ore": budget.difference_ore},
            of="applied",
        )
    elif budget.difference_ore < 0:
        yield Reason(
            N_("Søknadsbeløp og egne midler er %(over_ore)s høyere enn kostnadene."),
            {"over_ore": -budget.difference_ore},
            of="applied",
        )


def _partners(partners: Partners) -> Iterator[Reason]:
    for each in partners.partners:
        if each.intent_on is None:
            yield Reason(
                N_("Intensjonserklæringen fra %(partner)s mangler."), {"partner": each.name}, of=f"intent_{each.orgnr}"
            )


def _questions(questions: Sequence[Question], answers: Mapping[str, Value]) -> Iterator[Reason]:
    for question in questions:
        if question.required and answers.get(question.code) in (None, ""):
            yield Reason(N_("Svar på «%(question)s»."), {"question": question.words}, of=question.field)


def not_open(opens_on: date, deadline_on: date, today: date) -> list[Reason]:
    """Why nothing can be sent in on this day in Oslo: not open yet, or the day of the deadline has ended."""
    if today < opens_on:
        return [Reason(N_("Utlysningen åpner %(opens_on)s."), {"opens_on": opens_on})]
    if today > deadline_on:
        return [Reason(N_("Fristen gikk ut %(deadline_on)s kl. 23.59."), {"deadline_on": deadline_on})]
    return []


def not_for(who_may_apply: Sequence[str], kinds: Sequence[Worded], all_kinds: type[Worded]) -> list[Reason]:
    """Why organisations of these kinds may not apply; an empty list of kinds in the rules lets all."""
    if not who_may_apply or {k.value for k in kinds} & set(who_may_apply):
        return []
    asked = tuple(all_kinds(code) for code in who_may_apply)
    return [Reason(N_("Denne utlysningen er for %(kinds)s."), {"kinds": asked})]
