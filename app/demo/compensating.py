"""The demo's GP agreements and their claims for January, each as far as it has come. Prices and caps are demo (B.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.compensation import actions
from app.compensation.domain import AgreementFacts, ClaimFacts, Period
from app.compensation.models import Claim
from app.db import db
from app.demo import queries
from app.demo.externals import COORDINATORS
from app.demo.participants import Participants
from app.demo.parties import agreements
from app.demo.story import Story
from app.parties.models import BankAccount

JANUARY = Period(date(2025, 1, 1), date(2025, 1, 31))


class Ends(StrEnum):
    """How far the claim for January has come when the demo begins; with the first the account waits for its owner."""

    UNCONFIRMED = "unconfirmed"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    CONFIRMED_CENTRALLY = "confirmed_centrally"
    REFUSED = "refused"
    APPROVED = "approved"
    PARTLY = "partly"
    ATTESTED = "attested"
    REJECTED = "rejected"
    PAID = "paid"


@dataclass
class Agreed:
    """One agreement and its claim; the case's key is known when the agreement has been made."""

    people: Participants
    told: dict[str, Any]
    officer: str
    case_id: int = 0

    @property
    def ends(self) -> Ends:
        """How far it has come."""
        return Ends(self.told["ends"])

    def agree(self, at: datetime) -> None:
        """The officer registers the signed agreement."""
        told = self.told
        facts = AgreementFacts(
            pot_code="gp",
            gp_name=told["gp"],
            hpr_no=told["hpr"],
            payee_orgnr=told["payee"],
            account_no=told["account"],
            area_public_id=self.people.areas[told["area"]].public_id,
            from_on=date(2025, 1, 1),
            to_on=date(2025, 12, 31),
            cap_ore=30_000_00,
            signed_on=date(2025, 1, 8),
            de_minimis_declared=True,
            impartial=True,
        )
        self.case_id = actions.make_agreement(facts, by=self.people.person(self.officer), at=at).case_id

    def confirm_account(self, at: datetime) -> None:
        """The payee sees the number the officer typed, and says that it is theirs; once for each number."""
        made = queries.agreement_on(self.case_id)
        assert made.account_id is not None
        if db.session.get_one(BankAccount, made.account_id).confirmed_at is None:
            actions.confirm_account(made.id, made.account_id, by=self.people.signer(self.told["payee"]), at=at)

    def claim(self, at: datetime) -> None:
        """Start and patients."""
        facts = ClaimFacts(JANUARY, {"start": 1, "patient": self.told["patients"]})
        actions.submit(self.case_id, facts, by=self.people.signer(self.told["payee"]), at=at)

    def confirm(self, at: datetime) -> None:
        """The pilot area confirms; where its own host is paid, the directorate does (J.1.13)."""
        found = self._claim()
        if self.ends is Ends.CONFIRMED_CENTRALLY:
            actions.declare_impartial(found.id, by=self.people.person(self.officer), at=at)
            actions.confirm_centrally({found.id: found.version}, by=self.people.person(self.officer), at=at)
        else:
            who = next(username for username, _, area in COORDINATORS if area == self.told["area"])
            actions.confirm({found.id: found.version}, by=self.people.person(who), at=at)

    def review(self, at: datetime) -> None:
        """Approved, in part, or refused; what the rule has approved meanwhile is nobody's to review."""
        found, by = self._claim(), self.people.person(self.officer)
        if found.rule is not None:
            return
        if self.ends is Ends.CONFIRMED_CENTRALLY:
            # Who confirmed it for the area does not review it.
            by = self.people.person("officer1" if self.officer == "officer2" else "officer2")
            actions.declare_impartial(found.id, by=by, at=at)
        match self.ends:
            case Ends.PARTLY:
                units = {"patient": self.told["approved"]}
                actions.approve_part(found.id, found.version, units, self.told["reason"], by=by, at=at)
            case Ends.REFUSED:
                actions.refuse(found.id, found.version, self.told["reason"], by=by, at=at)
            case _:
                actions.approve(found.id, found.version, by=by, at=at)

    def _claim(self) -> Claim:
        return queries.claim_on(self.case_id)


def tell(story: Story, people: Participants) -> list[Agreed]:
    """Twelve agreements in five areas; what is paid of them is told with the grants."""
    all_agreed = [
        Agreed(people, told, "officer2" if nr % 2 else "officer1") for nr, told in enumerate(agreements()["agreement"])
    ]
    for nr, agreed in enumerate(all_agreed):
        minutes = f"{nr * 5 % 60:02d}"
        story.when(date(2025, 1, 9 + nr // 6), f"10:{minutes}", agreed.agree)
        if agreed.ends is Ends.UNCONFIRMED:
            continue
        story.when(date(2025, 1, 13 + nr // 4), f"09:{minutes}", agreed.confirm_account)
        story.when(date(2025, 2, 3), f"12:{minutes}", agreed.claim)
        if agreed.ends is not Ends.SUBMITTED:
            story.when(date(2025, 2, 4), f"12:{minutes}", agreed.confirm)
        if agreed.ends not in (Ends.SUBMITTED, Ends.CONFIRMED, Ends.CONFIRMED_CENTRALLY):
            story.when(date(2025, 2, 4), f"14:{minutes}", agreed.review)
    return all_agreed


def those(all_agreed: Sequence[Agreed], *ends: Ends) -> list[Agreed]:
    """The agreements whose claim has come so far."""
    return [agreed for agreed in all_agreed if agreed.ends in ends]
