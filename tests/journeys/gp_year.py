"""The GP scheme's year, told by the clock: five areas with two GPs each, who claim each month."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from app.budget import actions as budget
from app.budget.domain import ChangeFacts
from app.budget.models import Frame
from app.compensation import actions, queries
from app.compensation.domain import AgreementFacts, ClaimFacts, Period
from app.compensation.jobs import announce_changes, control_claims
from app.compensation.models import Claim
from app.compensation.workflow import Status
from app.db import db, writing
from app.demo import granting
from app.demo import queries as made
from app.demo.accounts import add_coordinator, add_signer
from app.demo.rules import establish, gp_season
from app.parties.actions import add_area, add_party
from app.parties.domain import Kind
from app.payouts.jobs import make_payables
from app.rules import actions as rules
from app.rules.domain import LegalForm, RegulationStep, Rules, Told
from app.rules.models import RuleVersion
from app.summaries import actions as summaries
from app.summaries.kinds import kind_of
from app.summaries.models import Summary
from app.values.deadlines import next_working_day, working_day_on_or_after
from app.values.language import Language
from tests import compensation_rows, factories

YEAR = 2025
FRAME_ORE = 400_000_00
CHANGE_ON = date(YEAR, 12, 1)
# Invented practices, and their invented accounts.
_PRACTICES = (
    ("312999994", "12345603008"),
    ("312999986", "12345603016"),
    ("312999978", "12345603024"),
    ("312999951", "12345603032"),
    ("312999943", "12345603040"),
)


def at(on: date, hour: int = 9) -> datetime:
    """That day, at this hour UTC."""
    return datetime.combine(on, time(hour), UTC)


def month(nr: int) -> Period:
    """A month of the year; December's is claimed before Christmas, so that it is paid of the year's money."""
    if nr == 12:
        return Period(CHANGE_ON, date(YEAR, 12, 14))
    following = date(YEAR, nr + 1, 1)
    return Period(date(YEAR, nr, 1), following - timedelta(days=1))


@dataclass
class GpYear:
    """Who takes part; what each does is a verb here. Needs an application's context."""

    cases: dict[int, str] = field(default_factory=dict)
    areas: dict[str, list[int]] = field(default_factory=dict)

    def opened(self) -> None:
        """People, rules with control, a frame, and ten agreements with a confirmed account each."""
        compensation_rows.ground(FRAME_ORE)
        began = at(date(YEAR, 1, 7))
        gp = compensation_pot()
        writer, approver, officer = map(factories.acting, ("officer1", "decider", "officer1"))
        with writing():
            establish(gp, YEAR, gp_season(YEAR), writer=writer, approver=approver, at=began)
            host = factories.party("964338531")
            for nr, (orgnr, _) in enumerate(_PRACTICES):
                practice = add_party(orgnr, f"Legekontor {nr} AS", [Kind.PRACTICE], by=None, at=began, invented=True)
                add_signer(f"practice{nr}", f"Signe {nr}", practice, began, title="fastlege")
                area = add_area(f"Område {nr} (demo)", "Demo", host, by=None, at=began)
                add_coordinator(f"coordinator{nr}", f"Kari {nr}", area, began)
                self.areas[f"coordinator{nr}"] = []
                for second in range(2):
                    facts = _facts(nr, second, area.public_id)
                    case_id = actions.make_agreement(facts, by=officer, at=began).case_id
                    self.cases[case_id] = f"practice{nr}"
                    self.areas[f"coordinator{nr}"].append(case_id)
        for nr, who in enumerate(dict.fromkeys(self.cases.values())):
            agreement = self.agreement(list(self.cases)[2 * nr])
            signer = factories.acting(who)
            with writing():
                actions.confirm_account(agreement.id, agreement.account_id or 0, by=signer, at=began)

    def agreement(self, case_id: int):  # type: ignore[no-untyped-def]
        """As it is now."""
        return made.agreement_on(case_id)

    def claimed(self, nr: int) -> None:
        """Everybody claims for the month on the fifth of the next; the start in the first."""
        period, units = month(nr), {"patient": 5, "hour": 4} | ({"start": 1} if nr == 1 else {})
        sent = at(period.to_on + timedelta(days=5))
        for case_id, who in self.cases.items():
            signer = factories.acting(who)
            with writing():
                actions.submit(case_id, ClaimFacts(period, units), by=signer, at=sent)

    def settled(self, nr: int) -> None:
        """Confirmed by each area, controlled by the rule, and what it holds out looked at by an officer."""
        last = month(nr).to_on
        confirmed, looked = at(last + timedelta(days=6)), at(last + timedelta(days=8))
        for who, cases in self.areas.items():
            found = made.claims_on(cases, Status.SUBMITTED)
            coordinator = factories.acting(who)
            with writing():
                actions.confirm({claim.id: claim.version for claim in found}, by=coordinator, at=confirmed)
        control_claims(confirmed + timedelta(minutes=5))
        officer = factories.acting("officer2")
        for claim in made.claims_on(list(self.cases), Status.CONFIRMED):
            claim_id, version = claim.id, claim.version
            with writing():
                actions.declare_impartial(claim_id, by=officer, at=looked)
                actions.approve(claim_id, version, by=officer, at=looked)

    def paid(self, nr: int) -> None:
        """What is approved goes to the bank by three hands, and is booked."""
        days = [working_day_on_or_after(month(nr).to_on + timedelta(days=9))]
        while len(days) < 4:
            days.append(next_working_day(days[-1]))
        make_payables(at(days[0]))
        everybody = list(self.cases)
        for verb, who, on, given in (
            (granting.control_accounts, "finance3", days[0], ()),
            (granting.answer, "finance1", days[0], ()),
            (granting.attest, "finance1", days[0], ()),
            (granting.answer, "decider", days[1], ()),
            (granting.approve, "decider", days[1], ()),
            (granting.answer, "finance2", days[2], ()),
            (granting.hand_over, "finance2", days[2], (days[3],)),
            (granting.paid, "finance2", days[3], (days[3],)),
        ):
            actor = factories.acting(who)
            with writing():
                verb(everybody, *given, by=actor, at=at(on, 10))

    def delivered(self, kind_name: str, on: date) -> Summary:
        """Written by an officer and approved by a leader that day; its figures are frozen."""
        kind = kind_of(kind_name)
        assert kind is not None
        officer, leader = factories.acting("officer1"), factories.acting("decider")
        with writing():
            summary = summaries.begin(kind, YEAR, Language.NB, by=officer, at=at(on))
            texts = {section.code: "Som tallene viser." for section in kind.sections}
            summaries.change(summary, texts, by=officer, at=at(on), version=summary.version)
            summaries.submit(summary, by=officer, at=at(on), version=summary.version)
        with writing():
            seal = summaries.seal_of(kind.count(YEAR, at(on)))
            summaries.approve(summary, seal, by=leader, at=at(on), version=summary.version)
        return summary

    def raised(self, facts: ChangeFacts, on: date) -> None:
        """By a document, two people, and then released in the order they came."""
        lead, decider, officer = map(factories.acting, ("lead", "decider", "officer1"))
        frame = db.session.scalars(sa.select(Frame).where(Frame.pot_id == compensation_pot().id)).one()
        frame_id, pot_id = frame.id, frame.pot_id
        db.session.rollback()
        with writing():
            change = budget.propose(frame_id, facts, by=lead, at=at(on))
            budget.confirm_change(change.id, 1, by=decider, at=at(on))
        for claim in made.claims_on(list(self.cases), Status.AWAITING_FUNDS):
            claim_id = claim.id
            with writing():
                actions.declare_impartial(claim_id, by=officer, at=at(on))
        shown = actions.control_of_rows(actions.ready(pot_id, db.session.get_one(Frame, frame_id)))
        db.session.rollback()
        with writing():
            actions.release(pot_id, shown, by=officer, at=at(on))

    def drafted(self, on: date) -> RuleVersion:
        """Half the price of an hour from 1 December, as a regulation; sent out to be heard."""
        writer = factories.acting("officer1")
        with writing():
            version = rules.draft_rules(compensation_pot(), YEAR, changed_rules(), by=writer, at=at(on))
            heard = Told(RegulationStep.HEARING, on, date(YEAR, 8, 20), "25/77")
            rules.tell_step(version, heard, by=writer, at=at(on), version=version.version)
        return version

    def published(self, version: RuleVersion, on: date) -> None:
        """Summed up, approved, in Norsk Lovtidend, and out; those it concerns are told by the job."""
        writer, approver = factories.acting("officer1"), factories.acting("decider")
        steps = (
            Told(RegulationStep.HEARD, on, words="Seks svar, alle for."),
            Told(RegulationStep.GAZETTED, on, reference="FOR-2025-11-10-1"),
        )
        with writing():
            rules.tell_step(version, steps[0], by=writer, at=at(on), version=version.version)
            rules.approve(version, "Fullmakt 2025", by=approver, at=at(on), version=version.version)
            rules.tell_step(version, steps[1], by=writer, at=at(on), version=version.version)
            rules.publish(version, by=writer, at=at(on), version=version.version)
        announce_changes(at(on, 10))

    def states(self) -> dict[Status, int]:
        """How many claims stand so."""
        query = sa.select(Claim.status, sa.func.count()).group_by(Claim.status)
        found = {row[0]: row[1] for row in db.session.execute(query)}
        db.session.rollback()
        return found


def compensation_pot():  # type: ignore[no-untyped-def]
    """The GP pot."""
    found = queries.compensation_pot("gp")
    assert found is not None
    return found


def changed_rules() -> Rules:
    """Half the price of an hour."""
    season = gp_season(YEAR)
    prices = tuple(replace(p, unit_price_ore=500_00) if p.code == "hour" else p for p in season.unit_prices)
    return replace(
        season, unit_prices=prices, in_force_on=CHANGE_ON, legal_form=LegalForm.REGULATION, change_clause=False
    )


def _facts(area: int, second: int, area_id: str) -> AgreementFacts:
    orgnr, account = _PRACTICES[area]
    return AgreementFacts(
        pot_code="gp",
        gp_name=f"Lege {area}{second}",
        hpr_no=f"44{area}{second}100",
        payee_orgnr=orgnr,
        account_no=account,
        area_public_id=area_id,
        from_on=date(YEAR, 1, 1),
        to_on=date(YEAR, 12, 31),
        cap_ore=300_000_00,
        signed_on=date(YEAR, 1, 5),
        de_minimis_declared=True,
        impartial=True,
    )
