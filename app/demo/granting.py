"""Decision, acceptance and payment of a demo grant, by the people who have the authority."""

from datetime import date, datetime

from app.access.domain import Actor
from app.access.models import User
from app.assessments.queries import budget_of
from app.awards import actions, letter_facts, queries
from app.awards.domain import Acceptance, RevisedLine, Seen
from app.db import db
from app.demo import queries as made
from app.demo import reasons
from app.demo.stories import Told
from app.payouts import actions as payouts
from app.payouts import queries as payout_queries
from app.payouts.judgement import unanswered_for
from app.payouts.models import Payable
from app.payouts.workflow import Status
from app.values.clock import local_date


def decide(case_id: int, *, by: Actor, at: datetime) -> None:
    """Decide as recommended, on the letter as it reads now."""
    basis = queries.basis(case_id)
    if basis is None:
        raise LookupError(f"case {case_id} is not recommended")
    facts = letter_facts.facts_of(basis, db.session.get_one(User, by.id), local_date(at))
    seen = Seen(basis.case.version, letter_facts.letter_hash(facts), letter_facts.pieces(facts))
    actions.decide(case_id, seen, by=by, at=at)


def accept(case_id: int, told: Told, *, by: Actor, at: datetime) -> None:
    """Accept the terms and confirm the account; a partial award with a revised budget and plan."""
    award = queries.award_of(case_id)
    if award is None:
        raise LookupError(f"case {case_id} has no award")
    lines, plan = (_revised(case_id, told), reasons.revised_plan(told)) if award.partial else ((), "")
    account, is_new = told.new_account or told.account, bool(told.new_account)
    actions.accept(award.id, Acceptance(award.version, account, is_new, lines, plan), by=by, at=at)


def _revised(case_id: int, told: Told) -> tuple[RevisedLine, ...]:
    """The lines as granted, and the municipality's own work whole."""
    applied = budget_of(case_id)
    granted = {cut.position: cut.proposed_ore for cut in reasons.cuts(told, applied)}
    if told.own_ore:
        granted[applied[-1].position] = told.own_ore
    lines = (RevisedLine(line.cost_code, line.text, granted[line.position]) for line in applied)
    return tuple(line for line in lines if line.amount_ore)


def answer(case_ids: list[int], *, by: Actor, at: datetime) -> None:
    """The hand is impartial in every case on the page, and says so before it signs."""
    payouts.declare_lines(made.numbers_to_pay(case_ids), {}, "", by=by, at=at)


def control_accounts(case_ids: list[int], *, by: Actor, at: datetime) -> None:
    """Call back every recipient whose account must be controlled before the first payment to it."""
    lines = payout_queries.seen(Payable.case_id.in_(case_ids), actor=None, today=local_date(at))
    payees = {line.payable.party_id for line in lines}
    accounts = [new.account for new in payout_queries.accounts_to_control(lines) if new.account.party_id in payees]
    asked = unanswered_for(payout_queries.told_of(accounts, by).values(), by)
    payouts.declare_lines([str(case.number) for case in asked], {}, "", by=by, at=at)
    note = "Ringte sentralbordet på nummeret i Brønnøysundregistrene. Økonomi bekreftet kontonummeret. (Demo)"
    for account in accounts:
        payouts.control_account(account.id, note, by=by, at=at)


def attest(case_ids: list[int], *, by: Actor, at: datetime) -> None:
    """The first hand."""
    payouts.attest(made.payables(case_ids, Status.READY), by=by, at=at)


def approve(case_ids: list[int], *, by: Actor, at: datetime) -> None:
    """The second hand, with budget authority."""
    payouts.approve(made.payables(case_ids, Status.ATTESTED), by=by, at=at)


def hand_over(case_ids: list[int], pay_on: date, *, by: Actor, at: datetime) -> None:
    """The third hand: one list of all of them."""
    payouts.hand_over(made.payables(case_ids, Status.APPROVED), pay_on, by=by, at=at)


def paid(case_ids: list[int], paid_on: date, *, by: Actor, at: datetime) -> None:
    """Finance has seen the booking."""
    for list_id, versions in made.payables_by_list(case_ids).items():
        payouts.register_paid(list_id, versions, paid_on, by=by, at=at)


def rejection_is_right(case_ids: list[int], *, by: Actor, at: datetime) -> None:
    """Another person has asked the bank: it is not paid, and waits for a new number."""
    payouts.check_rejection(
        made.payables(case_ids, Status.REJECTED), "Banken bekreftet det.", rejected=True, by=by, at=at
    )


def new_number(case_ids: list[int], account_no: str, *, by: Actor, at: datetime) -> None:
    """Whoever is paid gives another account."""
    for case_id in case_ids:
        payouts.give_account(case_id, account_no, by=by, at=at)


def rejected(case_ids: list[int], answer: str, *, by: Actor, at: datetime) -> None:
    """The bank would not pay; a second person has not looked at it yet."""
    for list_id, versions in made.payables_by_list(case_ids).items():
        payouts.register_rejected(list_id, versions, answer, by=by, at=at)
