"""Rows that stand in for the decision and the acceptance until the rooms before make them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.assessments.models import Outcome, Recommendation
from app.awards import payables
from app.awards.models import Award, Decision, Instalment
from app.awards.workflow import Status
from app.budget import actions as budget
from app.budget.queries import frame_of
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import Status as CaseStatus
from app.db import db, writing
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status as OutgoingStatus
from app.parties import actions as parties
from app.parties.models import BankAccount
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from app.reports.models import Goal, Report
from app.reports.workflow import Status as ReportStatus
from app.rules.domain import ReportKind, Trigger
from app.values.money import split_percent
from tests import factories

ACCOUNT = "12345600009"
PLAN = ((60, Trigger.ACCEPTANCE, None, None), (40, Trigger.REPORT_APPROVED, None, ReportKind.STATUS))


def accepted(case_id: int, signer: str, at: datetime, account: str = ACCOUNT, plan: tuple = PLAN) -> Award:  # type: ignore[type-arg]
    """A decided, sent and accepted award with its instalments."""
    decider, person = factories.acting("decider"), factories.user(signer)
    with writing():
        case = db.session.get_one(Case, case_id)
        told = db.session.scalars(db.select(Recommendation).where(Recommendation.case_id == case_id)).one()
        decision = Decision(
            case_id=case_id,
            recommendation_id=told.id,
            rule_version_id=case.rule_version_id,
            outcome=Outcome.GRANT,
            amount_ore=told.amount_ore,
            recommended_by=told.recommended_by,
            decided_by=decider.id,
            decided_at=at,
            letter="award",
            letter_facts={},
            letter_hash="x",
            text_version=1,
            law_regime="1967",
            language="nb",
            language_rule="default",
        )
        db.session.add(decision)
        case.status, case.decided_by, case.granted_ore = CaseStatus.GRANTED, decider.id, told.amount_ore
        db.session.flush()
        frame = frame_of(case.pot_id, case.year)
        assert frame is not None
        budget.commit(frame.id, case_id, told.amount_ore, f"decision:{decision.id}", by=decider, at=at)
        db.session.add(_sent_letter(decision.id, case, at))
        number = parties.give_account(case.party_id, account, by=person, at=at)
        parties.confirm_account(number, by=person, at=at)
        award = Award(
            public_id=f"award-{case.number}",
            decision_id=decision.id,
            case_id=case_id,
            party_id=case.party_id,
            amount_ore=told.amount_ore,
            partial=False,
            status=Status.ACCEPTED,
            accept_by_on=at.date() + timedelta(days=21),
            accepted_by=person.id,
            accepted_at=at,
            account_id=number.id,
        )
        db.session.add(award)
        db.session.flush()
        parts: list[Instalment] = []
        amounts = split_percent(told.amount_ore, [percent for percent, *_ in plan])
        for nr, ((_, trigger, on, report), ore) in enumerate(zip(plan, amounts, strict=True), start=1):
            parts.append(
                Instalment(
                    award_id=award.id,
                    nr=nr,
                    of=len(plan),
                    amount_ore=ore,
                    trigger=trigger,
                    due_on=on,
                    report=report,
                )
            )
        db.session.add_all(parts)
        db.session.flush()
        payables.add(award, decision, case, parts)
        payables.tell(award)
        return award


def _sent_letter(decision_id: int, case: Case, at: datetime) -> Outgoing:
    return Outgoing(
        public_id=f"letter-{decision_id}",
        key=f"decision:{decision_id}",
        case_id=case.id,
        party_id=case.party_id,
        kind="award",
        language="nb",
        address="post@example.invalid",
        subject="Vedtak",
        body="",
        status=OutgoingStatus.SENT,
        not_before=at,
        queued_at=at,
        sent_at=at,
    )


def report_approved(award: Award, officer_id: int, at: datetime) -> None:
    """The status report is delivered and approved."""
    with writing():
        db.session.add(
            Report(
                public_id=f"report-{award.id}",
                award_id=award.id,
                case_id=award.case_id,
                party_id=award.party_id,
                pot_id=db.session.get_one(Case, award.case_id).pot_id,
                kind=ReportKind.STATUS,
                year=2025,
                cutoff_on=date(2025, 8, 31),
                due_on=date(2025, 9, 15),
                status=ReportStatus.APPROVED,
                delivered_by=award.accepted_by,
                delivered_at=at,
                reviewed_by=officer_id,
                reviewed_at=at,
                conclusion=Goal.REACHED,
                conclusion_reason="Målet er nådd.",
            )
        )
        payables.release(award.id, ReportKind.STATUS, at)


def award(
    *, orgnr: str = "312999005", signer: str = "demovik", number: str = "T25-0001", ore: int = 2_500_001_00, **plan: Any
) -> Award:
    """An accepted award in two parts. Frame and people must be there."""
    return accepted(factories.recommended(ore, number=number, orgnr=orgnr), signer, factories.AT, **plan)


def stopped(award_id: int, by: str = "officer1") -> None:
    """The award is stopped, past the code that asks."""
    with writing():
        made = db.session.get_one(Award, award_id)
        made.status, made.stopped_by, made.stopped_at = Status.STOPPED, factories.user(by).id, factories.AT
        payables.tell(made)


HANDS = ("officer1", "officer2", "decider", "finance1", "finance2", "finance3")


def declared(case_id: int, *usernames: str) -> None:
    """These people have answered that they are impartial on the case."""
    keys = [factories.user(username).id for username in usernames]
    with writing():
        db.session.add_all(
            Declaration(case_id=case_id, user_id=key, answer=Impartiality.IMPARTIAL, at=factories.AT) for key in keys
        )


def controlled(account_id: int | None, who: str = "finance3") -> None:
    """Somebody in finance has called the recipient back."""
    by = factories.acting(who)
    with writing():
        parties.control_account(db.session.get_one(BankAccount, account_id), "Ringt.", by=by, at=factories.AT)


def ready_to_sign() -> None:
    """Every hand has answered for every line that waits, and every account is controlled."""
    lines = list(db.session.execute(db.select(Payable.case_id, Payable.account_id).order_by(Payable.id)))
    for case_id in sorted({line.case_id for line in lines}):
        declared(case_id, *HANDS)
    for account_id in sorted({line.account_id for line in lines}):
        controlled(account_id)


def payable(*, hands: Sequence[str] = HANDS, control: bool = True, **named: Any) -> Payable:
    """The first instalment of an accepted award, ready to be attested by `hands`. Frame and people must be there.

    `control`: its account has been controlled by call-back, as the first payment to it needs.
    """
    made = award(**named)
    make_payables(factories.AT)
    declared(made.case_id, *hands)
    if control:
        controlled(made.account_id)
    found = db.session.scalars(db.select(Payable).where(Payable.case_id == made.case_id)).one()
    db.session.rollback()
    return found


def on_a_list() -> None:
    """Every line paid, past the code that asks."""
    hands = {f"{hand}_at": factories.AT for hand in ("attested", "approved", "authorised", "settled")}
    hands |= {"attested_by": 5, "approved_by": 4, "authorised_by": 6, "settled_by": 6}
    paid = {"status": "paid", "paid_on": factories.AT.date(), "line_no": 1, "list_id": _list(), **hands}
    db.session.execute(db.update(Payable).values(paid))


def _list() -> int:
    made = PayoutList(
        number="2025-01",
        line_count=1,
        sum_ore=1,
        control_sum=1,
        pay_on=factories.AT.date(),
        authorised_by=6,
        authorised_at=factories.AT,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def versions(*payables: Payable) -> dict[int, int]:
    """These payables with the versions they have now."""
    rows = db.session.execute(db.select(Payable.id, Payable.version).where(Payable.id.in_([p.id for p in payables])))
    found = {row.id: row.version for row in rows}
    db.session.rollback()
    return found
