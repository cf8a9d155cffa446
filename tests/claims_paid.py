"""Claims approved, paid and taken back through the program's own verbs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from app.cases.models import Declaration
from app.compensation import actions as compensation
from app.compensation.domain import Period
from app.compensation.domain.reversing import Counter
from app.compensation.models import Claim, GpAgreement
from app.db import db, writing
from app.parties.models import BankAccount
from app.payouts import actions
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList, Repayment
from app.payouts.workflow import Status
from app.values.clock import local_date
from tests import compensation_rows, factories, payout_rows
from tests.factories import acting

REVIEW = datetime.fromisoformat("2025-04-14T09:00:00+00:00")
PAY = datetime.fromisoformat("2025-04-15T09:00:00+00:00")

SECOND, JULY = Period(date(2025, 4, 1), date(2025, 6, 30)), datetime(2025, 7, 3, 9, 0, tzinfo=UTC)


def version(thing: Claim | Repayment) -> int:
    """The version it has now."""
    found = db.session.scalars(sa.select(type(thing).version).where(type(thing).id == thing.id)).one()
    db.session.rollback()
    return found


def approved(claim: Claim, who: str = "officer1", at: datetime = REVIEW) -> Claim:
    """Confirmed by the area, and approved in full."""
    compensation_rows.confirmed(claim)
    by, seen = acting(who), version(claim)
    with writing():
        return compensation.approve(claim.id, seen, by=by, at=at)


def at_the_bank(at: datetime = PAY) -> PayoutList:
    """Everything that is ready stands on a list that is handed over."""
    ready(at)
    by, versions = acting("finance2"), _versions(Status.APPROVED)
    with writing():
        return actions.hand_over(versions, local_date(at), by=by, at=at)


def ready(at: datetime = PAY) -> None:
    """Everything that is ready is attested and approved, with its account controlled."""
    make_payables(at)
    lines = db.session.execute(
        sa.select(Payable.case_id, Payable.account_id).where(Payable.status == Status.READY)
    ).all()
    for case_id in sorted({line.case_id for line in lines}):
        declared(case_id, *payout_rows.HANDS)
    for account_id in sorted({line.account_id for line in lines}):
        if db.session.get_one(BankAccount, account_id).controlled_at is None:
            payout_rows.controlled(account_id)
    taken(actions.attest, "finance1", at)
    taken(actions.approve, "decider", at)


def declared(case_id: int, *people: str) -> None:
    """These have answered, once each."""
    told = set(db.session.scalars(sa.select(Declaration.user_id).where(Declaration.case_id == case_id)))
    asked = [who for who in people if acting(who).id not in told]
    db.session.rollback()
    payout_rows.declared(case_id, *asked)


def taken(verb, who: str, at: datetime) -> None:  # type: ignore[no-untyped-def]
    """One hand signs every line that waits for it."""
    status = {actions.attest: Status.READY, actions.approve: Status.ATTESTED}[verb]
    by, versions = acting(who), _versions(status)
    with writing():
        verb(versions, by=by, at=at)


def _versions(status: Status, list_id: int | None = None) -> Mapping[int, int]:
    query = sa.select(Payable.id, Payable.version).where(Payable.status == status)
    if list_id is not None:
        query = query.where(Payable.list_id == list_id)
    found = {row.id: row.version for row in db.session.execute(query)}
    db.session.rollback()
    return found


def booked(made: PayoutList, at: datetime = PAY) -> None:
    """Finance has booked every line of the list."""
    by, list_id = acting("finance3"), made.id
    versions = _versions(Status.SENT, list_id)
    with writing():
        actions.register_paid(list_id, versions, local_date(at), by=by, at=at)


def refused_by_bank(made: PayoutList, at: datetime = PAY) -> None:
    """The bank has refused every line of the list, and a second person has seen it."""
    list_id = made.id
    by, versions = acting("finance3"), _versions(Status.SENT, list_id)
    with writing():
        actions.register_rejected(list_id, versions, "Kontoen er sperret.", by=by, at=at)
    by, versions = acting("finance1"), _versions(Status.REJECTED, list_id)
    with writing():
        actions.check_rejection(versions, "Sett i banken.", rejected=True, by=by, at=at)


def paid(claims: Sequence[Claim] = (), at: datetime = PAY) -> PayoutList:
    """Approved, on a list, and booked."""
    for claim in claims:
        approved(claim)
    made = at_the_bank(at)
    booked(made, at)
    return made


def proposed(claim: Claim, units: Mapping[str, int], who: str = "officer2", at: datetime = PAY) -> Repayment:
    """An officer proposes to take these units back."""
    declared(claim.case_id, who)
    by, seen = acting(who), version(claim)
    with writing():
        return actions.propose_counter(claim.id, Counter(units, "Talt to ganger."), seen, by=by, at=at)


def countered(
    claim: Claim, units: Mapping[str, int], who: str = "officer2", by: str = "decider", at: datetime = PAY
) -> Repayment:
    """Proposed, and confirmed by another."""
    made = proposed(claim, units, who, at)
    declared(claim.case_id, by)
    return confirmed(made.id, by, at)


def confirmed(debt_id: int, by: str = "decider", at: datetime = PAY) -> Repayment:
    """Another, who has answered, says that it is owed."""
    person, seen = acting(by), version(db.session.get_one(Repayment, debt_id))
    with writing():
        actions.confirm_repayment(debt_id, seen, by=person, at=at)
    return db.session.get_one(Repayment, debt_id, populate_existing=True)


def agreed_with(agreement_id: int) -> GpAgreement:
    """The agreement as it stands now."""
    return db.session.get_one(GpAgreement, agreement_id, populate_existing=True)


def owing(patients: int = 20, **named: object) -> Claim:
    """A claim of 15 000 kr that is paid, with a confirmed debt of 100 kr for each of these patients."""
    claim = compensation_rows.claim(factories.agreement(**named), {"start": 1, "patient": 50})
    paid([claim])
    countered(claim, {"patient": patients})
    return claim


def next_claim(claim: Claim, patients: int, period: Period = SECOND, at: datetime = JULY) -> Claim:
    """The next claim of the same agreement, approved."""
    agreed = agreed_with(claim.agreement_id)
    made = compensation_rows.claim(agreed, {"patient": patients}, period=period, at=at)
    return approved(made, at=at)


def debt() -> Repayment:
    """The only one, as it is now."""
    return db.session.scalars(sa.select(Repayment).execution_options(populate_existing=True)).one()


def newest() -> Payable:
    """The line that was made last."""
    query = sa.select(Payable).order_by(Payable.id.desc()).execution_options(populate_existing=True)
    found = db.session.scalars(query).first()
    assert found is not None
    return found
