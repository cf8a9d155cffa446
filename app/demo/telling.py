"""What every story is told with: one case's acts, the jobs of a day, and the hands of a payment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.access.domain import Actor
from app.compensation.jobs import control_claims
from app.demo import applying, granting, handling
from app.demo.participants import Participants, user
from app.demo.stories import Told
from app.demo.story import Act, Story
from app.dispatch.jobs import render_due, send_due
from app.payouts.jobs import make_files, make_payables
from app.reports.jobs import expect_reports
from app.rules.models import Call


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
            by = self._person("signer")
            self.case_id = applying.draft(call(), self.people.parties, self.told, by=by, at=at, demo_fields=demo_fields)

        self.story.when(on, clock, act)

    def register(self, on: date, clock: str) -> None:
        """The lead registers the application and gives it to the officer."""
        self.do(on, clock, lambda c, **k: handling.register(c, user(self.officer), **k), "lead")

    def _person(self, who: str) -> Actor:
        return self.people.signer(self.told.orgnr) if who == "signer" else self.people.person(who)


def jobs(story: Story, on: date, clock: str = "17:00") -> None:
    """What the worker would have done by the end of that day."""
    for job in (control_claims, make_payables, expect_reports, render_due, send_due, make_files):
        story.when(on, clock, job, own_transactions=True)


def pay(story: Story, people: Participants, payees: Sequence[Payee], days: tuple[date, date, date, date]) -> None:
    """Attested, approved, handed over and booked: one list for all of these."""
    attested, approved, handed_over, booked = days
    control(story, people, attested, payees)
    sign(story, people, attested, granting.attest, "finance1", payees)
    sign(story, people, approved, granting.approve, "decider", payees)
    sign(story, people, handed_over, granting.hand_over, "finance2", payees, booked)
    sign(story, people, booked, granting.paid, "finance2", payees, booked)


def control(story: Story, people: Participants, on: date, payees: Sequence[Payee]) -> None:
    """Finance calls back before the first payment to an account."""

    def act(at: datetime) -> None:
        granting.control_accounts([p.case_id for p in payees], by=people.person("finance3"), at=at)

    story.when(on, "09:00", act)


def sign(
    story: Story,
    people: Participants,
    on: date,
    verb: Callable[..., object],
    who: str,
    payees: Sequence[Payee],
    *args: object,
) -> None:
    """One hand of a payment, at ten o'clock."""
    story.when(on, "10:00", hand(people, verb, who, payees, *args))


def hand(people: Participants, verb: Callable[..., object], who: str, payees: Sequence[Payee], *args: object) -> Act:
    """The hand as an act: it says that it is impartial, and signs."""

    def act(at: datetime) -> None:
        keys, by = [p.case_id for p in payees], people.person(who)
        granting.answer(keys, by=by, at=at)
        verb(keys, *args, by=by, at=at)

    return act
