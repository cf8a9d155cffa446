"""The other GPs of the demo: agreements from January 2024, claims quarter by quarter, approved by the rule, and paid.

Every GP and practice is invented; prices, caps and the sums are demo (domain B.1: not published).
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.compensation import actions
from app.compensation.domain import AgreementFacts, ClaimFacts, Period
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.db import db
from app.demo import queries
from app.demo.externals import COORDINATORS
from app.demo.participants import Participants
from app.demo.story import Story
from app.demo.telling import jobs, pay
from app.parties.models import BankAccount
from app.values.deadlines import next_working_day, working_day_on_or_after

CAP_ORE = 400_000_00
_DATA = Path(__file__).with_name("data") / "pilot_gps.csv"
_ENDS = date(2025, 12, 31)
QUARTERS = (
    Period(date(2024, 1, 1), date(2024, 3, 31)),
    Period(date(2024, 4, 1), date(2024, 6, 30)),
    Period(date(2024, 7, 1), date(2024, 9, 30)),
    Period(date(2024, 10, 1), date(2024, 12, 31)),
)
JANUARY = Period(date(2025, 1, 1), date(2025, 1, 31))
# The silent ones claimed for this quarter, and have not been heard of since.
_LAST_HEARD = QUARTERS[2]


@dataclass
class Pilot:
    """One GP's agreement; the case's key is known when it has been made."""

    people: Participants
    gp: str
    hpr: str
    payee: str
    account: str
    area: str
    begins: date
    patients: int
    hours: int
    rhythm: str
    case_id: int = 0

    def agree(self, at: datetime) -> None:
        """The officer registers the signed agreement."""
        facts = AgreementFacts(
            pot_code="gp",
            gp_name=self.gp,
            hpr_no=self.hpr,
            payee_orgnr=self.payee,
            account_no=self.account,
            area_public_id=self.people.areas[self.area].public_id,
            from_on=self.begins,
            to_on=_ENDS,
            cap_ore=CAP_ORE,
            signed_on=self.begins - timedelta(days=10),
            de_minimis_declared=True,
            impartial=True,
        )
        self.case_id = actions.make_agreement(facts, by=self.people.person("officer1"), at=at).case_id

    def confirm_account(self, at: datetime) -> None:
        """The payee says that the number is theirs; once for each number."""
        made = queries.agreement_on(self.case_id)
        assert made.account_id is not None
        if db.session.get_one(BankAccount, made.account_id).confirmed_at is None:
            actions.confirm_account(made.id, made.account_id, by=self.people.signer(self.payee), at=at)

    def claims(self, period: Period) -> bool:
        """Whether there is a claim for this period."""
        heard = self.rhythm != "silent" or period.to_on <= _LAST_HEARD.to_on
        return self.begins <= period.from_on and heard

    def claim(self, period: Period, at: datetime) -> None:
        """Hours and patients, and the start in the first one."""
        units = {"patient": self.patients, "hour": self.hours}
        if self.begins == period.from_on:
            units["start"] = 1
        if self.rhythm == "over" and period is JANUARY:
            units["hour"] = 150
        actions.submit(self.case_id, ClaimFacts(period, units), by=self.people.signer(self.payee), at=at)

    def claim_again(self, at: datetime) -> None:
        """The claim for January was wrong: it is taken back, and the days are claimed anew."""
        by = self.people.signer(self.payee)
        wrong = queries.claims_on([self.case_id], Status.SUBMITTED)[-1]
        actions.withdraw(wrong.id, wrong.version, by=by, at=at)
        self.claim(JANUARY, at)


def tell(story: Story, people: Participants) -> list[Pilot]:
    """Agreements, and the claims of each quarter of 2024 to the money; those for January 2025 wait for their areas."""
    pilots = load(people)
    for nr, pilot in enumerate(pilots):
        minutes = f"{nr % 12 * 5:02d}"
        story.when(pilot.begins - timedelta(days=6), f"10:{minutes}", pilot.agree)
        story.when(pilot.begins - timedelta(days=4), f"11:{minutes}", pilot.confirm_account)
    for period in QUARTERS:
        of_period = _claim(story, pilots, period, period.to_on + timedelta(days=9))
        confirmed, looked, attested, approved, handed_over, booked = _workdays(period.to_on + timedelta(days=13), 6)
        _confirm(story, people, of_period, confirmed)
        _look(story, people, of_period, looked)
        jobs(story, looked)
        pay(story, people, of_period, (attested, approved, handed_over, booked))
        jobs(story, handed_over)
    of_january = _claim(story, pilots, JANUARY, date(2025, 2, 6))
    story.when(date(2025, 2, 6), "15:00", of_january[0].claim_again)
    early = [pilot for nr, pilot in enumerate(of_january) if nr % 3]
    _confirm(story, people, early, date(2025, 2, 7))
    jobs(story, date(2025, 2, 7))
    _confirm(story, people, [pilot for pilot in of_january if pilot not in early], date(2025, 2, 11))
    _look(story, people, of_january, date(2025, 2, 13))
    jobs(story, date(2025, 2, 13))
    pay(story, people, of_january, tuple(date(2025, 2, day) for day in (17, 18, 19, 21)))  # type: ignore[arg-type]  # four
    jobs(story, date(2025, 2, 19))
    return pilots


def _workdays(first: date, count: int) -> list[date]:
    days = [working_day_on_or_after(first)]
    while len(days) < count:
        days.append(next_working_day(days[-1]))
    return days


def load(people: Participants) -> list[Pilot]:
    """All of them, as app/demo/data/pilot_gps.csv tells them."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return [
            Pilot(
                people,
                row["gp"],
                row["hpr"],
                row["payee"],
                row["account"],
                row["area"],
                date.fromisoformat(row["begins"]),
                int(row["patients"]),
                int(row["hours"]),
                row["rhythm"],
            )
            for row in csv.DictReader(lines)
        ]


def _claim(story: Story, pilots: Sequence[Pilot], period: Period, on: date) -> list[Pilot]:
    found = [pilot for pilot in pilots if pilot.claims(period)]
    for nr, pilot in enumerate(found):

        def act(at: datetime, pilot: Pilot = pilot) -> None:
            pilot.claim(period, at)

        story.when(on, f"12:{nr:02d}", act)
    return found


def _confirm(story: Story, people: Participants, pilots: Sequence[Pilot], on: date) -> None:
    """Each area confirms its own, all at once."""

    def act(at: datetime) -> None:
        for username, _, area in COORDINATORS:
            cases = [pilot.case_id for pilot in pilots if pilot.area == area]
            found = queries.claims_on(cases, Status.SUBMITTED)
            if found:
                actions.confirm({c.id: c.version for c in found}, by=people.person(username), at=at)

    story.when(on, "09:00", act)
    jobs(story, on)


def _look(story: Story, people: Participants, pilots: Sequence[Pilot], on: date) -> None:
    """An officer looks at what the rule held out, and finds it right."""

    def act(at: datetime) -> None:
        by = people.person("officer2")
        held: list[Claim] = queries.claims_on([pilot.case_id for pilot in pilots], Status.CONFIRMED)
        for claim in held:
            actions.declare_impartial(claim.id, by=by, at=at)
            actions.approve(claim.id, claim.version, by=by, at=at)

    story.when(on, "10:00", act)
