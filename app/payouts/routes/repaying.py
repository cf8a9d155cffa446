"""Money to come back on a case: claims, their confirmation, and what has come."""

from datetime import datetime
from typing import Any, TypeVar

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.creating import is_repeated, once
from app.access.domain import Actor, Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names
from app.budget.queries import ledger_of
from app.cases.models import Case
from app.cases.queries import by_number, declared
from app.compensation.queries import claim_now, counter_of
from app.db import writing
from app.db.clock import now
from app.flow import Refused
from app.page_language import current_language
from app.payouts import actions, judgement, queries
from app.payouts.domain import why_not_back
from app.payouts.models import Repayment
from app.payouts.routes import bp
from app.payouts.routes.impartiality import answered, form_of
from app.payouts.workflow import HANDS, DebtStatus, DebtStep, may_sign
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_
from forms.base import VersionedForm
from forms.payouts import ImpartialForm
from forms.repaying import BackForm, OwedForm, RefuseDebtForm

BASE = "/tilbakebetaling/<number>"
_Form = TypeVar("_Form", BackForm, RefuseDebtForm)
Answer = Response | str | tuple[str, int]


@bp.get(BASE)
@needs(Permission.READ_CASES)
def repayments(number: str) -> Answer:
    """Every claim of the case, and the steps this person has."""
    return _draw(_case(number))


@bp.post(BASE)
@needs(Permission.REVIEW_REPORT)
def register_repayment(number: str) -> Answer:
    """Register a claim that is decided; the same page sent twice makes one."""
    case, form, actor, at = _case(number), OwedForm(), current_actor(), now()
    form.limit(queries.first_paid_on(case.id) or local_date(at), local_date(at))
    facts = form.facts() if form.validate_on_submit() else None
    if facts is None:
        return _draw(case, owed=form), 422
    if not is_repeated(form.token) and (lacks := judgement.why_not_owe(case, facts, at)):
        form.tell(lacks)
        return _draw(case, owed=form), 422

    def make() -> str:
        actions.register_repayment(case.id, facts, by=actor, at=at)
        return url_for("payouts.repayments", number=number)

    address = once(form.token, at, make)
    flash(N_("Kravet er registrert. En leder med BDM må bekrefte det før det blir en gjeld."), "success")
    return redirect(address, 303)


@bp.post(f"{BASE}/habilitet")
@needs(*HANDS)
def declare_repayments(number: str) -> Response | tuple[str, int]:
    """The person's answer on the case, before their first hand in what is to come back."""
    case = _case(number)
    return answered(lambda form: _draw(case, declare=form), [case], url_for("payouts.repayments", number=number))


@bp.post(f"{BASE}/<public_id>/bekreft")
@needs(Permission.DECIDE)
@fresh_password
def confirm_repayment(number: str, public_id: str) -> Response:
    """It is a debt."""
    return _step(number, public_id, actions.confirm_repayment, N_("Kravet er bekreftet."))


@bp.post(f"{BASE}/<public_id>/avsla")
@needs(Permission.DECIDE)
@fresh_password
def refuse_repayment(number: str, public_id: str) -> Answer:
    """The second person says no, and why."""
    claim, form, actor, at = _claim(number, public_id), RefuseDebtForm(), current_actor(), now()
    if closed := judgement.reasons_against_debt(DebtStep.REFUSE, claim, actor):
        raise Refused(closed)
    if not form.validate_on_submit():
        return _draw(_case(number), refusal=form, failed=claim.id), 422
    with writing():
        actions.refuse_repayment(claim.id, form.seen_version, str(form.reason.data), by=actor, at=at)
    flash(N_("Kravet er avslått. Ingenting er tatt tilbake."), "success")
    return redirect(url_for("payouts.repayments", number=number), 303)


@bp.post(f"{BASE}/<public_id>/trekk")
@needs(Permission.REVIEW_REPORT)
@fresh_password
def withdraw_repayment(number: str, public_id: str) -> Response:
    """Registered by mistake."""
    return _step(number, public_id, actions.withdraw_repayment, N_("Kravet er trukket."))


@bp.post(f"{BASE}/<public_id>/innbetaling")
@needs(Permission.AUTHORISE_FILE)
@fresh_password
def register_back(number: str, public_id: str) -> Answer:
    """Money has come back."""
    claim, form, actor, at = _claim(number, public_id), BackForm(), current_actor(), now()
    if closed := judgement.reasons_against_debt(DebtStep.SETTLE, claim, actor):
        # The page has no such form then, so there is no field to tell anything at.
        raise Refused(closed)
    form.limit(claim.decided_on, local_date(at))
    facts = form.facts() if form.validate_on_submit() else None
    if facts is None:
        return _draw(_case(number), back=form, failed=claim.id), 422
    if lacks := why_not_back(facts, claim.open_ore, queries.vouchers_of(claim.id), claim.decided_on, local_date(at)):
        form.tell(lacks)
        return _draw(_case(number), back=form, failed=claim.id), 422
    with writing():
        actions.register_back(claim.id, facts, form.seen_version, by=actor, at=at)
    flash(N_("Innbetalingen er registrert."), "success")
    return redirect(url_for("payouts.repayments", number=number), 303)


def _step(number: str, public_id: str, verb: Any, said: str) -> Response:
    claim, form, actor = _claim(number, public_id), VersionedForm(), current_actor()
    if not form.validate_on_submit():
        abort(400)
    at: datetime = now()
    with writing():
        verb(claim.id, form.seen_version, by=actor, at=at)
    flash(said, "success")
    return redirect(url_for("payouts.repayments", number=number), 303)


def _case(number: str) -> Case:
    return by_number(number, current_actor()) or abort(404)


def _claim(number: str, public_id: str) -> Repayment:
    return queries.repayment(public_id, number, current_actor()) or abort(404)


def _draw(
    case: Case,
    owed: OwedForm | None = None,
    back: BackForm | None = None,
    refusal: RefuseDebtForm | None = None,
    failed: int | None = None,
    declare: ImpartialForm | None = None,
) -> str:
    actor, rows = current_actor(), queries.repayments_of(case.id)
    hands = {hand for row in rows for hand in (row.claim.registered_by, row.claim.confirmed_by, row.claim.refused_by)}
    asked = form_of(_unanswered(case, actor), declare)
    steps = {row.claim.id: _steps(row.claim, actor) for row in rows}
    return render_template(
        "payouts/repayments.html",
        case=case,
        rows=[
            {
                "it": row,
                "steps": steps[row.claim.id],
                "back": _back(row.claim, back, failed),
                "refusal": _refusal(row.claim, actor, refusal, failed),
                "closed": judgement.reasons_against_debt(DebtStep.SETTLE, row.claim, actor),
                "counter": _counter(row.claim),
            }
            for row in rows
        ],
        declare=asked,
        declare_to=url_for("payouts.declare_repayments", number=case.number),
        hands=names({hand for hand in hands if hand is not None}),
        ledger=ledger_of(case.id),
        closed=judgement.why_not_register(case, actor),
        owed=owed or OwedForm(formdata=None),
        failed=back or refusal or asked,
        Step=DebtStep,
        main=next((row.claim for row in rows if (DebtStep.CONFIRM, []) in steps[row.claim.id]), None),
        may_back=actor.may(Permission.AUTHORISE_FILE),
    )


def _counter(claim: Repayment) -> dict[str, Any] | None:
    """What a counter-claim takes back, and of which claim; None for a decision of another kind."""
    if not claim.is_counter_claim:
        return None
    countered = counter_of(claim.id)
    of = claim_now(countered.counter.claim_id)
    prices, language = {p.code: p for p in rules_of(of.rule_version_id).unit_prices}, current_language()
    told = [(prices[each.code], each.units) for each in countered.lines]
    return {"claim": of, "lines": [(price.words.in_(language), price.counted(left, language)) for price, left in told]}


def _unanswered(case: Case, actor: Actor) -> list[Case]:
    if not may_sign(actor) or declared([case.id], actor.id):
        return []
    return queries.cases_with_lines([str(case.number)])


def _steps(claim: Repayment, actor: Actor) -> list[tuple[DebtStep, list[Any]]]:
    """The steps of a claim that waits, each with why it is closed to this person."""
    if claim.status is not DebtStatus.REGISTERED:
        return []
    return [
        (step, judgement.reasons_against_debt(step, claim, actor)) for step in (DebtStep.CONFIRM, DebtStep.WITHDRAW)
    ]


def _refusal(claim: Repayment, actor: Actor, form: RefuseDebtForm | None, failed: int | None) -> RefuseDebtForm | None:
    """The form of a no, with fields named apart; None to those who may not say it."""
    if claim.status is not DebtStatus.REGISTERED or judgement.reasons_against_debt(DebtStep.REFUSE, claim, actor):
        return None
    sent = form if failed == claim.id else None
    return _apart(sent or RefuseDebtForm(formdata=None, data={"version": claim.version}), claim, "refuse-")


def _back(claim: Repayment, form: BackForm | None, failed: int | None) -> BackForm | None:
    """The form of what has come, with fields named apart; None where nothing is to come."""
    if claim.status is not DebtStatus.CONFIRMED:
        return None
    sent = form if failed == claim.id else None
    return _apart(sent or BackForm(formdata=None, data={"version": claim.version}), claim)


def _apart(form: _Form, claim: Repayment, before: str = "") -> _Form:
    for field in form:
        field.id = f"{before}{field.name}-{claim.id}"
    return form
