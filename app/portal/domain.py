"""What a recipient has to do, by when, and which of them can; and what money waits for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.access.domain import GRANTS, Permission, Role
from app.flow.domain import Reason
from app.parties.domain import PaidTo
from app.rules.domain import Trigger
from app.values.language import N_
from app.values.sortkeys import sort_key


@dataclass(frozen=True)
class Task:
    """One thing to do. `about` is the case it concerns, in their words; `who` the names of those who can do it.

    `needs`: what it takes; None where it is done somewhere else than here.
    """

    text: Reason
    about: str
    due_on: date | None
    needs: Permission | None
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    who: tuple[str, ...] = ()

    @property
    def is_signing(self) -> bool:
        """Whether it takes one who may sign."""
        return self.needs is Permission.SIGN_OWN


@dataclass(frozen=True)
class Person:
    """Somebody with access, and their roles there."""

    user_id: int
    name: str
    title: str
    roles: tuple[Role, ...]

    def may(self, permission: Permission | None) -> bool:
        """Whether one of the roles gives this."""
        return permission is not None and any(permission in GRANTS[role] for role in self.roles)


@dataclass(frozen=True)
class ShownInstalment:
    """One instalment as a recipient sees it. `state` is the payable's status code, None while there is none."""

    nr: int
    of: int
    amount_ore: int
    trigger: Trigger
    due_on: date | None
    state: str | None
    paid_on: date | None

    @property
    def is_paid(self) -> bool:
        """Whether the money has gone out."""
        return self.state == "paid"


def first_day(tasks: Iterable[Task]) -> date:
    """The nearest deadline; without one the last day but one there is, and of nothing to do the last."""
    return min((task.due_on or date.max - timedelta(days=1) for task in tasks), default=date.max)


def by_deadline(tasks: Iterable[Task], people: Sequence[Person]) -> list[Task]:
    """Nearest deadline first, each with those who can do it; tasks without a deadline last."""
    named = [
        Task(t.text, t.about, t.due_on, t.needs, t.endpoint, t.values, tuple(p.name for p in people if p.may(t.needs)))
        for t in tasks
    ]
    return sorted(named, key=lambda task: (task.due_on is None, task.due_on or date.max, sort_key(task.about)))


def paid_ore(parts: Iterable[ShownInstalment]) -> int:
    """What has been paid; whole øre."""
    return sum(part.amount_ore for part in parts if part.is_paid)


def following(parts: Sequence[ShownInstalment]) -> ShownInstalment | None:
    """The next instalment that is not paid."""
    return next((part for part in parts if not part.is_paid), None)


def waits_for(part: ShownInstalment, award_state: str, account: PaidTo | None = None) -> Reason:
    """What the next instalment waits for, in words for the recipient.

    `account`: the number they gave last.
    """
    with_us = Reason(N_("Er til behandling hos oss."))
    if account is not None and account.is_wrong:
        with_us = Reason(N_("Vi venter på et nytt kontonummer fra dere."))
    elif account is not None and account.is_new:
        with_us = Reason(N_("Vi ringer dere for å bekrefte det nye kontonummeret før vi betaler."))
    if award_state == "stopped":
        return Reason(N_("Utbetalingen er stanset. Spør kontakten vår om hvorfor."))
    if award_state == "awaiting":
        return Reason(N_("Venter på at dere aksepterer tilskuddet."))
    if part.state is not None:
        return with_us
    if part.trigger is Trigger.DATE and part.due_on is not None:
        return Reason(N_("Blir betalt etter %(due_on)s."), {"due_on": part.due_on})
    if part.trigger is Trigger.REPORT_APPROVED:
        return Reason(N_("Venter på at rapporten er godkjent."))
    return with_us
