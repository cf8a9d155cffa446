"""The three grant stories: the PLL round of 2024, the PMD projects, and the samhandling round of 2025."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from app.access.domain import Actor
from app.demo import applying, granting, handling, reporting
from app.demo.participants import Participants, user
from app.demo.stories import PLL_2024, PMD_2024, Ends, Told, pll_2024, pmd_2024, round_2025
from app.demo.story import Act, Story
from app.dispatch.jobs import render_due, send_due
from app.payouts.jobs import make_files, make_payables
from app.reports.domain import Goal
from app.reports.jobs import expect_reports
from app.rules.domain import ReportKind
from app.rules.models import Call

YEAR, STATUS = ReportKind.YEAR, ReportKind.STATUS


class Payee(Protocol):
    """A case that is paid; its key is known when the story has come so far."""

    case_id: int


@dataclass
class Teller:
    """Puts one case's acts into the story; the case's key is known when its draft has been made."""

    story: Story
    people: Participants
    told: Told
    officer: str
    case_id: int = 0

    def do(self, on: date, clock: str, verb: Callable[..., object], who: str, *args: object) -> None:
        """`verb(case_id, *args, by=who, at=…)` at this moment; who «signer» is the recipient's own."""
        self.story.when(on, clock, lambda at: verb(self.case_id, *args, by=self._person(who), at=at))

    def draft(self, on: date, clock: str, call: Callable[[], Call], demo_fields: tuple[str, ...]) -> None:
        """Write the application."""

        def act(at: datetime) -> None:
            party = self.people.parties[self.told.orgnr]
            self.case_id = applying.draft(
                call(), party, self.told, by=self._person("signer"), at=at, demo_fields=demo_fields
            )

        self.story.when(on, clock, act)

    def _person(self, who: str) -> Actor:
        return self.people.signer(self.told.orgnr) if who == "signer" else self.people.person(who)


def jobs(story: Story, on: date, clock: str = "17:00") -> None:
    """What the worker would have done by the end of that day."""
    for job in (make_payables, expect_reports, render_due, send_due, make_files):
        story.when(on, clock, job, own_transactions=True)


def _officer(number: int) -> str:
    return "officer1" if number % 2 else "officer2"


def _to_recommended(teller: Teller, first: date) -> None:
    """Registered, declared, started, assessed and recommended, over a week."""
    told, officer = teller.told, teller.officer
    teller.do(first, "09:00", lambda c, **k: handling.register(c, user(officer), **k), "lead")
    teller.do(first + timedelta(days=1), "09:30", handling.declare, officer)
    teller.do(first + timedelta(days=1), "09:31", handling.declare, "decider")
    teller.do(first + timedelta(days=2), "10:00", handling.start, officer)
    teller.do(first + timedelta(days=5), "13:00", handling.assess, officer, told)
    teller.do(first + timedelta(days=7), "14:00", handling.recommend, officer, told)


def _pay(story: Story, people: Participants, payees: Sequence[Payee], days: tuple[date, date, date, date]) -> None:
    """Attested, approved, handed over and booked: one list for all of these."""
    attested, approved, handed_over, booked = days
    _control(story, people, attested, payees)
    _sign(story, people, attested, granting.attest, "finance1", payees)
    _sign(story, people, approved, granting.approve, "decider", payees)
    _sign(story, people, handed_over, granting.hand_over, "finance2", payees, booked)
    _sign(story, people, booked, granting.paid, "finance2", payees, booked)


def _control(story: Story, people: Participants, on: date, payees: Sequence[Payee]) -> None:
    """Finance calls back before the first payment to an account."""

    def act(at: datetime) -> None:
        granting.control_accounts([p.case_id for p in payees], by=people.person("finance3"), at=at)

    story.when(on, "09:00", act)


def _sign(
    story: Story,
    people: Participants,
    on: date,
    verb: Callable[..., object],
    who: str,
    payees: Sequence[Payee],
    *args: object,
) -> None:
    story.when(on, "10:00", _hand(people, verb, who, payees, *args))


def _hand(people: Participants, verb: Callable[..., object], who: str, payees: Sequence[Payee], *args: object) -> Act:
    def act(at: datetime) -> None:
        keys, by = [p.case_id for p in payees], people.person(who)
        granting.answer(keys, by=by, at=at)
        verb(keys, *args, by=by, at=at)

    return act


def tell_2024(
    story: Story, people: Participants, pll: Callable[[], Call], pmd: Callable[[], Call]
) -> dict[str, Teller]:
    """The five real awards of 2024 and the four PMD projects, paid; their year reports come in spring 2025."""
    demo = ("applied_ore", "title", "purpose", "answers", "account", "dates", "paid")
    tellers = {}
    for key, rows, make, call, real in (
        ("pll", PLL_2024, pll_2024, pll, demo),
        ("pmd", PMD_2024, pmd_2024, pmd, (*demo, "granted_ore")),
    ):
        for number, (username, orgnr, ore, account) in enumerate(rows):
            told = make(orgnr, ore, account, people.name(orgnr))
            teller = tellers[f"{key}:{username}"] = Teller(story, people, told, _officer(number))
            teller.draft(date(2024, 1, 15 + number), "10:00", call, real)
            teller.do(date(2024, 1, 24 + number), "14:00", applying.send, "signer")
            _to_recommended(teller, date(2024, 2, 5))
            teller.do(date(2024, 3, 1), f"10:{10 + number}", granting.decide, "decider")
            teller.do(date(2024, 3, 11 + number), "09:00", granting.accept, "signer", told)
    everyone = list(tellers.values())
    for day in (date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 15)):
        jobs(story, day)
    _pay(story, people, everyone, (date(2024, 3, 18), date(2024, 3, 19), date(2024, 3, 20), date(2024, 3, 22)))
    jobs(story, date(2024, 3, 20))
    for number, teller in enumerate(everyone):
        teller.do(date(2024, 9, 2 + number), "10:00", _written(STATUS, 60, None), "signer")
        teller.do(date(2024, 9, 10), f"11:{10 + number}", reporting.deliver, "signer", STATUS)
        teller.do(date(2024, 9, 16), f"09:{10 + number}", reporting.take, teller.officer, STATUS)
        teller.do(date(2024, 9, 17), f"09:{10 + number}", reporting.approve, teller.officer, STATUS, Goal.PARTLY)
    jobs(story, date(2024, 9, 17))
    _pay(story, people, everyone, (date(2024, 9, 18), date(2024, 9, 19), date(2024, 9, 20), date(2024, 9, 24)))
    jobs(story, date(2024, 9, 20))
    return tellers


def _written(kind: ReportKind, percent: int, statement: str | None) -> Callable[..., None]:
    return lambda case_id, **who: reporting.write(case_id, kind, percent, statement=statement, **who)


def tell_year_reports(tellers: dict[str, Teller], statement: str) -> None:
    """The year reports for 2024 in different states by spring 2025, so that the summary of 1 May means something."""
    told = (
        ("pll:rana", date(2025, 1, 28), 100, "approved"),
        ("pll:bergen", date(2025, 2, 3), 88, "in_review"),
        ("pll:tromso", date(2025, 2, 6), 97, "delivered"),
        ("pll:bodo", date(2025, 2, 7), 70, "started"),
        ("pmd:larvik", date(2025, 2, 4), 92, "lacking"),
        ("pmd:ullensaker", date(2025, 2, 5), 100, "approved"),
    )
    for key, on, percent, state in told:
        teller = tellers[key]
        teller.do(on, "09:00", _written(YEAR, percent, statement), "signer")
        if state == "started":
            continue
        teller.do(on, "15:00", reporting.deliver, "signer", YEAR)
        if state == "delivered":
            continue
        teller.do(on + timedelta(days=1), "09:00", reporting.take, teller.officer, YEAR)
        if state == "lacking":
            teller.do(on + timedelta(days=2), "09:00", reporting.ask, teller.officer, YEAR, date(2025, 3, 1))
        if state == "approved":
            teller.do(on + timedelta(days=2), "10:00", reporting.approve, teller.officer, YEAR, Goal.REACHED)


def tell_2025(story: Story, people: Participants, call: Callable[[], Call]) -> list[Teller]:
    """The samhandling round of 2025, more than the frame can hold, with a case in every status."""
    names = {orgnr: people.name(orgnr) for orgnr in people.signers}
    demo = ("applied_ore", "granted_ore", "title", "purpose", "answers", "account", "dates", "paid", "status")
    tellers = [Teller(story, people, told, _officer(n)) for n, told in enumerate(round_2025(names))]
    for number, teller in enumerate(tellers):
        day = date(2024, 12, 2) + timedelta(days=2 * number)
        teller.draft(day, "10:00", call, demo)
        teller.do(min(day + timedelta(days=3), date(2025, 1, 15)), "14:00", applying.send, "signer")
        _tell_rest(teller)
    for day in (date(2025, 1, 15), date(2025, 2, 3), date(2025, 2, 4), date(2025, 2, 7)):
        jobs(story, day)
    return tellers


ORDER = (
    Ends.RECOMMENDED,
    Ends.SENT_BACK,
    Ends.REFUSED,
    Ends.AWAITING,
    Ends.ACCEPTED,
    Ends.ATTESTED,
    Ends.APPROVED,
    Ends.HANDED_OVER,
    Ends.PAID,
)


def _tell_rest(teller: Teller) -> None:
    """From «Sendt inn» to where this case stands when the demo begins."""
    ends = teller.told.ends
    if ends in (Ends.SUBMITTED, Ends.WITHDRAWN):
        if ends is Ends.WITHDRAWN:
            teller.do(date(2025, 1, 22), "11:00", applying.withdraw, "signer")
        return
    if ends in ORDER:
        _to_recommended(teller, date(2025, 1, 20))
        _tell_decided(teller)
        return
    officer = teller.officer
    teller.do(date(2025, 1, 20), "09:00", lambda c, **k: handling.register(c, user(officer), **k), "lead")
    teller.do(date(2025, 1, 21), "09:30", handling.declare, officer)
    if ends is Ends.ASSESSING:
        teller.do(date(2025, 1, 22), "10:00", handling.start, officer)
    if ends is Ends.ASKED:
        question = "Hvilke fastleger har sagt ja til å delta? (Demo)"
        teller.do(date(2025, 1, 23), "10:00", handling.ask, officer, question, date(2025, 2, 14))


def _tell_decided(teller: Teller) -> None:
    """Sent back, or decided and perhaps accepted."""
    ends = teller.told.ends
    if ends is Ends.SENT_BACK:
        teller.do(date(2025, 1, 30), "10:00", granting.send_back, "decider")
    if ends in ORDER[2:]:
        teller.do(date(2025, 2, 3), "10:00", granting.decide, "decider")
    if ends in ORDER[4:]:
        teller.do(date(2025, 2, 4), "09:00", granting.accept, "signer", teller.told)


def tell_payment_2025(story: Story, people: Participants, tellers: list[Teller], others: Sequence[Payee]) -> None:
    """The first list of 2025: two grants and the GP's claim on one list, where the bank rejects the claim.

    One grant waits attested and one approved, so that each of finance's pages has something to do.
    """
    on_list = [t for t in tellers if t.told.ends in (Ends.HANDED_OVER, Ends.PAID)]
    waits = [t for t in tellers if t.told.ends is Ends.ATTESTED]
    approved = [t for t in tellers if t.told.ends is Ends.APPROVED]
    _control(story, people, date(2025, 2, 5), [*on_list, *waits, *approved])
    _sign(story, people, date(2025, 2, 5), granting.attest, "finance1", [*on_list, *waits, *approved, *others])
    _sign(story, people, date(2025, 2, 6), granting.approve, "decider", [*on_list, *approved, *others])
    booked = date(2025, 2, 10)
    _sign(story, people, date(2025, 2, 7), granting.hand_over, "finance2", [*on_list, *others], booked)
    paid = [t for t in tellers if t.told.ends is Ends.PAID]
    story.when(booked, "08:30", _hand(people, granting.paid, "finance2", paid, booked))
    answer = "Kontoen er sperret. (Demo)"
    story.when(booked, "08:40", _hand(people, granting.rejected, "finance2", others, answer))
