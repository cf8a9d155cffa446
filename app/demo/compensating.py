"""The demo's GP agreement and its claim, from signature to the payout list. Prices and caps are demo (domain B.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.domain import Actor
from app.compensation import actions
from app.compensation.domain import AgreementFacts, ClaimFacts, Period
from app.demo import queries
from app.demo.participants import Participants
from app.demo.parties import PRACTICE
from app.demo.story import Story

AREA = "PLL i nord – Nordland"
JANUARY = Period(date(2025, 1, 1), date(2025, 1, 31))


@dataclass
class Agreed:
    """The agreement's case; known when the agreement has been made."""

    case_id: int = 0


def tell(story: Story, people: Participants) -> list[Agreed]:
    """One agreement and one claim: sent, confirmed by the area, approved; the payment is told with the grants'."""
    agreed = Agreed()

    def agree(at: datetime) -> None:
        facts = AgreementFacts(
            pot_code="gp",
            gp_name="Lege Demo",
            hpr_no="1234567",
            payee_orgnr=PRACTICE,
            account_no="12345600637",
            area_public_id=people.areas[AREA].public_id,
            from_on=date(2025, 1, 1),
            to_on=date(2025, 12, 31),
            cap_ore=30_000_00,
            signed_on=date(2025, 1, 8),
            de_minimis_declared=True,
            impartial=True,
        )
        agreed.case_id = actions.make_agreement(facts, by=people.person("officer1"), at=at).case_id

    story.when(date(2025, 1, 9), "10:00", agree)
    story.when(date(2025, 1, 10), "09:00", lambda at: _account_confirmed(agreed, people.person("gp1"), at))
    story.when(date(2025, 2, 3), "12:00", lambda at: _claim(agreed, people.person("gp1"), at))
    story.when(date(2025, 2, 4), "12:00", lambda at: _confirm(agreed, people.person("area-nordland"), at))
    story.when(date(2025, 2, 4), "13:00", lambda at: _approve(agreed, people.person("officer1"), at))
    return [agreed]


def _account_confirmed(agreed: Agreed, by: Actor, at: datetime) -> None:
    """The practice sees the number the officer typed, and says that it is theirs."""
    made = queries.agreement_on(agreed.case_id)
    actions.confirm_account(made.id, made.account_id, by=by, at=at)


def _claim(agreed: Agreed, by: Actor, at: datetime) -> None:
    actions.submit(agreed.case_id, ClaimFacts(JANUARY, {"start": 1, "patient": 150}), by=by, at=at)


def _confirm(agreed: Agreed, by: Actor, at: datetime) -> None:
    found = queries.claim_on(agreed.case_id)
    actions.confirm({found.id: found.version}, by=by, at=at)


def _approve(agreed: Agreed, by: Actor, at: datetime) -> None:
    found = queries.claim_on(agreed.case_id)
    actions.approve(found.id, found.version, by=by, at=at)
