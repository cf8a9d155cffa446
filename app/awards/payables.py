"""What awards are paid by: one basis for each instalment, told of whatever the award goes through."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.access.domain import Actor
from app.awards import queries
from app.awards.domain import INSTALMENT as NAMED
from app.awards.models import Award, Decision, Instalment
from app.awards.workflow import AWARD, FELL_AWAY, Status, Step
from app.cases.models import Case
from app.db import db, reference
from app.flow import advance_all
from app.payables import actions as payables
from app.payables.domain import LONGEST_TEXT, Kind
from app.payables.models import PaymentBasis
from app.payables.queries import bases_of
from app.rules.domain import ReportKind, Trigger
from app.values.language import N_


def add(award: Award, decision: Decision, case: Case, parts: Sequence[Instalment]) -> None:
    """The bases of a new award; nothing is paid before it is accepted."""
    payables.add(
        queries.letter_key(decision.id),
        [
            PaymentBasis(
                ref=reference(NAMED, part.id),
                case_id=award.case_id,
                party_id=award.party_id,
                amount_ore=part.amount_ore,
                nr=part.nr,
                of=part.of,
                decided_by=decision.decided_by,
                letter_key=queries.letter_key(decision.id),
                promise_no=award.public_id,
                decision_no=f"{case.number}-V{decision.id}",
                text=statement_text(case.scheme_code, case.year, case.number or "", part.nr, part.of),
                agreed=False,
                trigger=part.trigger,
                from_on=part.due_on,
                report=part.report,
            )
            for part in parts
        ],
    )


def tell(award: Award) -> None:
    """Bring the bases of the award in line with it, after a step of its own."""
    for basis in _bases(award.id):
        basis.accepted_by, basis.accepted_at, basis.account_id = award.accepted_by, award.accepted_at, award.account_id
        basis.stopped, basis.lapsed = award.status is Status.STOPPED, award.status in FELL_AWAY
        if basis.trigger is not Trigger.REPORT_APPROVED:
            basis.released_at = award.accepted_at
    db.session.flush()


def release(award_id: int, report: ReportKind, at: datetime) -> None:
    """The report that some of the instalments wait for is approved."""
    for basis in _bases(award_id):
        if basis.report is report:
            basis.released_at = at
    db.session.flush()


def paid(instalments: Mapping[int, int], paid_on: date, by: Actor, at: datetime) -> None:
    """«Delvis utbetalt» or «Utbetalt». A stopped award keeps its state: the money had left before the stop."""
    del paid_on
    awards = [a for a in queries.locked_awards(instalments) if a.status in (Status.ACCEPTED, Status.PARTLY_PAID)]
    in_all, now = queries.paid_of([a.id for a in awards]), queries.by_award(instalments)
    for step, group in (
        (Step.PAY_PART, [a for a in awards if in_all[a.id] < a.amount_ore]),
        (Step.PAY_ALL, [a for a in awards if in_all[a.id] >= a.amount_ore]),
    ):
        advance_all(group, AWARD, step, by=by, at=at, facts={a.id: {"amount_ore": now[a.id]} for a in group})


def statement_text(scheme: str, year: int, number: str, nr: int, of: int) -> str:
    """What stands on the recipient's statement, at most 140 signs."""
    return f"Tilskudd {scheme.upper()} {year} sak {number} rate {nr}/{of}"[:LONGEST_TEXT]


def _bases(award_id: int) -> Sequence[PaymentBasis]:
    return bases_of([reference(NAMED, part.id) for part in queries.instalments_of(award_id)])


INSTALMENT = Kind(
    NAMED,
    N_("Rate %(nr)s av %(of)s"),
    voucher=N_("Vedtaket"),
    endpoint="awards.decision",
    where=lambda number, _promise: {"number": number},
    accepted=N_("Akseptert av %(who)s, %(when)s"),
    paid=paid,
)
