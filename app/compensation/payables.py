"""What an approved claim is paid by: one basis, that waits for nothing more."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.cases.models import Case
from app.compensation import queries
from app.compensation.models import Claim
from app.compensation.workflow import CLAIM, Step
from app.db import reference
from app.flow import advance_all
from app.payables import actions as payables
from app.payables.domain import LONGEST_TEXT, Kind
from app.payables.models import PaymentBasis
from app.rules.domain import PaidThrough, Trigger
from app.rules.queries import rules_of
from app.values.language import N_

NAME = "claim"


def add(claim: Claim, case: Case, at: datetime) -> None:
    """The basis of a claim that is approved and bound in the frame."""
    add_many([(claim, case)], at)


def add_many(approved: Sequence[tuple[Claim, Case]], at: datetime) -> None:
    """The same of many, with a fixed number of statements. What Helfo pays by the rules of its period is left out.

    Each is paid to the account of its own agreement: of a chain, the first has the cap, and may be of an old practice.
    """
    ours = [each for each in approved if rules_of(each[0].rule_version_id).paid_through is PaidThrough.US]
    accounts = queries.accounts_of({claim.agreement_id for claim, _ in ours})
    bases = [_basis(claim, case, accounts[claim.agreement_id], at) for claim, case in ours]
    payables.add_many({basis.ref: [basis] for basis in bases})


def _basis(claim: Claim, case: Case, account_id: int, at: datetime) -> PaymentBasis:
    assert claim.approved_ore is not None
    return PaymentBasis(
        ref=reference(NAME, claim.id),
        case_id=claim.case_id,
        party_id=claim.party_id,
        amount_ore=claim.approved_ore,
        nr=1,
        of=1,
        decided_by=claim.reviewed_by,
        promise_no=claim.public_id,
        decision_no=f"{case.number}-K{claim.id}",
        text=statement_text(case.scheme_code, case.number or "", claim.from_on, claim.to_on),
        agreed=True,
        trigger=Trigger.ACCEPTANCE,
        accepted_by=claim.confirmed_by,
        accepted_at=claim.confirmed_at,
        account_id=account_id,
        released_at=at,
    )


def paid(claims: Mapping[int, int], paid_on: date, by: Actor, at: datetime) -> None:
    """«Betalt»."""
    found = queries.locked(claims)
    facts = {claim.id: {"amount_ore": claim.approved_ore} for claim in found}
    advance_all(found, CLAIM, Step.PAY, by=by, at=at, facts=facts, stamp={"paid_on": paid_on})


def statement_text(scheme: str, number: str, from_on: date, to_on: date) -> str:
    """What stands on the recipient's statement, at most 140 signs; the period tells claims apart."""
    period = f"{from_on:%d.%m.%Y}-{to_on:%d.%m.%Y}"
    return f"Kompensasjon {scheme.upper()} sak {number} {period}"[:LONGEST_TEXT]


CLAIM_FROM_GP = Kind(
    NAME,
    N_("Krav fra fastlege"),
    voucher=N_("Kravet"),
    endpoint="compensation.claim",
    where=lambda _number, promise: {"public_id": promise},
    accepted=N_("Bekreftet av %(who)s, %(when)s"),
    paid=paid,
    sets_off=True,
    tells=True,
)
