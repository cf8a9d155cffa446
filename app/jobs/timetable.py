"""Every job in one table, and the pure judgement of which are due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from app.values.clock import local_date, local_moment
from app.values.language import N_

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class When(Protocol):
    """A row of moments without end."""

    def latest(self, now: datetime) -> datetime:
        """The last of them that is not after `now`."""

    def following(self, now: datetime) -> datetime:
        """The first of them after `now`."""


@dataclass(frozen=True)
class Every:
    """Again and again, on whole multiples, so that two machines agree on the moments."""

    interval: timedelta

    def latest(self, now: datetime) -> datetime:
        """The last whole multiple."""
        return now - (now - _EPOCH) % self.interval

    def following(self, now: datetime) -> datetime:
        """The next whole multiple."""
        return self.latest(now) + self.interval


@dataclass(frozen=True)
class Daily:
    """Once a day by the clock on the wall in Oslo. The night the clocks change it still comes exactly once."""

    of_day: time

    def latest(self, now: datetime) -> datetime:
        """Today's moment, or yesterday's while today's is to come."""
        today = local_moment(local_date(now), self.of_day)
        return today if today <= now else local_moment(local_date(now) - _DAY, self.of_day)

    def following(self, now: datetime) -> datetime:
        """Today's moment while it is to come, else tomorrow's."""
        today = local_moment(local_date(now), self.of_day)
        return today if today > now else local_moment(local_date(now) + _DAY, self.of_day)


@dataclass(frozen=True)
class Job:
    """`does` is the dotted name of `x(at) -> int | Tally`, looked up when it runs: a room may not be there yet.

    `words` says to people what it does. A `quiet` job runs so often that a run without work leaves no row of its own.
    """

    name: str
    when: When
    does: str
    words: str
    quiet: bool = False


_SECONDS = Every(timedelta(seconds=6))
_MINUTES = Every(timedelta(minutes=5))

# In the order they run when several are due: what makes letters before what sends them.
TIMETABLE: tuple[Job, ...] = (
    Job(
        "control-claims",
        _MINUTES,
        "app.compensation.jobs.control_claims",
        N_("Kontrollerer krav fra fastleger etter regelverket"),
        quiet=True,
    ),
    Job(
        "announce-changes",
        _MINUTES,
        "app.compensation.jobs.announce_changes",
        N_("Gir beskjed til legekontor og områder om nytt regelverk"),
        quiet=True,
    ),
    Job("payables", _MINUTES, "app.payouts.jobs.make_payables", N_("Finner rater som kan utbetales"), quiet=True),
    Job(
        "expected-reports",
        _MINUTES,
        "app.reports.jobs.expect_reports",
        N_("Oppretter rapporter som ventes"),
        quiet=True,
    ),
    Job(
        "virus-check",
        _MINUTES,
        "app.documents.jobs.check_held",
        N_("Sjekker opplastede filer for virus"),
        quiet=True,
    ),
    Job("report-reminders", Daily(time(7, 0)), "app.reports.jobs.remind", N_("Minner om rapportfrister")),
    Job(
        "acceptance-reminders",
        Daily(time(7, 10)),
        "app.awards.jobs.remind_acceptance",
        N_("Minner om aksept av tilskudd"),
    ),
    Job("render", _SECONDS, "app.dispatch.jobs.render_due", N_("Lager brev som står i kø"), quiet=True),
    Job("send", _SECONDS, "app.dispatch.jobs.send_due", N_("Sender brev og varsler"), quiet=True),
    Job("seal", _MINUTES, "app.audit.jobs.seal_heads", N_("Forsegler loggen"), quiet=True),
    Job("verify-audit", Daily(time(2, 30)), "app.audit.jobs.verify", N_("Kontrollerer at loggen er hel")),
    Job("verify-budget", Daily(time(3, 0)), "app.budget.jobs.verify", N_("Kontrollerer rammene mot postene sine")),
    Job(
        "forget-log-ins",
        _MINUTES,
        "app.access.jobs.forget",
        N_("Sletter gamle innlogginger og sikkerhetshendelser"),
        quiet=True,
    ),
    Job("sweep-files", Daily(time(3, 30)), "app.documents.jobs.sweep", N_("Fjerner filer ingen viser til")),
)


def job(name: str) -> Job:
    """The job of this name. Raises KeyError."""
    return {each.name: each for each in TIMETABLE}[name]


def due(
    now: datetime, last_runs: Mapping[str, datetime], table: tuple[Job, ...] = TIMETABLE
) -> list[tuple[Job, datetime]]:
    """Each job with the moment it answers, when that is later than the moment its last run answered.

    However long the program was down or the clock jumped, each job comes once.
    """
    latest = [(each, each.when.latest(now)) for each in table]
    return [(each, at) for each, at in latest if each.name not in last_runs or last_runs[each.name] < at]
