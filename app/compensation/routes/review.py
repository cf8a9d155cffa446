"""One claim: what is claimed, what was confirmed, and the officer's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.queries import names as names_of
from app.cases.queries import declared
from app.compensation import actions, judgement, queries
from app.compensation.models import HelfoExport
from app.compensation.queries import ClaimRow, ToConfirm
from app.compensation.routes import bp
from app.compensation.routes.answers import answers_to, as_it_will_be
from app.compensation.workflow import AgreementStatus, Status, Step
from app.db import db, reference, writing
from app.db.clock import now
from app.documents.models import Document
from app.flow import Reason
from app.orders.queries import made_by_row
from app.page_language import current_language
from app.rules.domain import PaidThrough, UnitPrice, Words
from app.rules.queries import rules_of
from app.values.language import N_
from forms.compensation import AttachForm, PartForm, RefuseForm, StepForm, part_form

_ENDPOINTS = {Step.CONFIRM_CENTRALLY: "compensation.confirm_centrally"}
_UNDECIDED = (Status.SUBMITTED, Status.CONFIRMED, Status.AWAITING_FUNDS)
_SEES = (Permission.REVIEW_CLAIM, Permission.CLAIM_OWN, Permission.CONFIRM_CLAIM)


@dataclass(frozen=True)
class Paper:
    """What documents the units of one price, and the form to lay more by; None where this person may not."""

    words: Words
    documents: list[Document]
    form: AttachForm | None


def _row(public_id: str) -> ClaimRow:
    row = queries.by_public_id(public_id, current_actor())
    if row is None:
        abort(404)
    return row


@bp.get("/krav/<public_id>")
@needs(*_SEES, Permission.READ_PAYOUTS)
def claim(public_id: str) -> str:
    """The claim as its GP, its area and the directorate see it; the answer is the officer's."""
    return draw_claim(_row(public_id))


def names_of_prices(row: ClaimRow) -> dict[str, str]:
    """What the rules call each unit price, by code, in the reader's language."""
    return {p.code: p.words.in_(current_language()) for p in rules_of(row.claim.rule_version_id).unit_prices}


def prices_of(row: ClaimRow | ToConfirm) -> dict[str, UnitPrice]:
    """The unit prices by code, which say how many of what."""
    return {p.code: p for p in rules_of(row.claim.rule_version_id).unit_prices}


def _hands(row: ClaimRow) -> set[int]:
    """Who has had a hand in the claim so far."""
    claim = row.claim
    hands = (claim.submitted_by, claim.confirmed_by, claim.reviewed_by, claim.withdrawn_by)
    return {hand for hand in hands if hand is not None}


def draw_claim(
    row: ClaimRow,
    part: PartForm | None = None,
    refused: RefuseForm | None = None,
    attached: AttachForm | None = None,
) -> str:
    """The claim's page; the forms as they were sent, where something in one is wrong."""
    actor = current_actor()
    lines, names = queries.lines_of([row.claim.id])[row.claim.id], names_of_prices(row)
    if part is None:
        part = part_form([(line.code, names.get(line.code, line.code)) for line in lines])(formdata=None)
        for line in lines:
            part[f"units_{line.code}"].data = line.paid_units
    officer = actor.may(Permission.REVIEW_CLAIM)
    first, at = judgement.next_step(row) or Step.APPROVE, now()
    reasons = judgement.why_not_take(first, row, actor, at) if officer else []
    cuts = officer and not judgement.why_not_take(Step.REFUSE, row, actor, at)
    refused = refused or RefuseForm(formdata=None)
    refused.reason.id = "refuse-reason"
    counters = queries.counters_of(row.claim.id) if row.claim.reversed_ore else []
    # Claims' keys and debts' are both numbers: what was answered on the claim itself stands under nought.
    keys = {0: actions.claim_keys(row.claim.id)} | {
        each.counter.repayment_id: actions.counter_keys(each.counter.repayment_id) for each in counters
    }
    answers = answers_to(keys, row.claim.party_id, actor)
    answer = answers.get(0)
    return render_template(
        "compensation/claim.html",
        row=row,
        lines=lines,
        names=names,
        prices=prices_of(row),
        language_now=current_language(),
        people=names_of(_hands(row)),
        officer=officer,
        above=_above(row),
        confirms=_confirms(row),
        own_steps=_own_steps(row),
        papers=_papers(row, attached),
        wrong_paper=attached,
        first=first,
        first_endpoint=_ENDPOINTS.get(first, "compensation.approve"),
        reasons=reasons,
        cuts=cuts,
        open=officer and row.claim.status in _UNDECIDED,
        undeclared=officer and declared([row.case.id], actor.id).get(row.case.id) is None,
        counters=counters,
        mine=officer or actor.may(Permission.READ_PAYOUTS) or row.claim.party_id in actor.party_ids,
        answers=answers,
        counterable=officer and row.claim.net_ore > 0,
        told_helfo=_told_helfo(row),
        imported=made_by_row(reference("claim", row.claim.id)),
        approved_ore=_approved_ore(row),
        part=part,
        refused=refused,
        answer=answer,
        letter=as_it_will_be(answer, actor),
        fields=[part[f"units_{code}"] for code in part.codes],
    )


def _told_helfo(row: ClaimRow) -> HelfoExport | None:
    """The file for Helfo it stands in, where Helfo pays by the rules of its period."""
    through = rules_of(row.claim.rule_version_id).paid_through
    return queries.file_with(row.claim.id) if through is PaidThrough.HELFO_EXPORT else None


def _approved_ore(row: ClaimRow) -> int:
    """What is approved under the cap; to a practice only its own part, where it shares the cap with another's."""
    actor, first = current_actor(), row.agreement
    is_shared = first.status is AgreementStatus.MOVED or first.id != row.claim.agreement_id
    if is_shared and not actor.is_internal and row.claim.area_id not in actor.area_ids:
        return queries.approved_under(row.claim.agreement_id)
    return first.claimed_ore


def _papers(row: ClaimRow, sent: AttachForm | None) -> list[Paper]:
    """What must be documented and what is laid by, to those who read it; the form to those who may lay more by."""
    actor, found = current_actor(), []
    theirs = row.claim.party_id in actor.party_ids or row.claim.area_id in actor.area_ids
    if not theirs and not actor.may(Permission.REVIEW_CLAIM):
        return []
    asked = queries.asked_of([row.claim]).get(row.claim.id, [])
    there = queries.attached_to(row.claim.id)
    codes = {price.code: price.words for price in prices_of(row).values() if price in asked}
    codes |= {code: prices_of(row)[code].words for code, _ in there if code in prices_of(row)}
    for code, words in codes.items():
        form = sent if sent is not None and sent.code.data == code else AttachForm(formdata=None)
        form.code.data, form.file.id, form.code.id = code, f"file-{code}", f"code-{code}"
        opens = not judgement.why_not_attach(row.claim, code, actor)
        found.append(Paper(words, [each for of, each in there if of == code], form if opens else None))
    return found


def _above(row: ClaimRow) -> tuple[str, str]:
    """Where the reader came from: the list the claim stands in for them, and what it is called."""
    actor = current_actor()
    if actor.may(Permission.REVIEW_CLAIM):
        return url_for("compensation.home"), N_("Fastleger")
    if actor.may(Permission.CONFIRM_CLAIM, area_id=row.claim.area_id):
        return url_for("compensation.area"), N_("Utprøvingsområde")
    if actor.may(Permission.CLAIM_OWN, party_id=row.claim.party_id):
        return url_for("compensation.own"), N_("Krav om kompensasjon")
    return url_for("payouts.home"), N_("Utbetalinger")


def _confirms(row: ClaimRow) -> list[Reason] | None:
    """Why the area's coordinator may not confirm it where they look at it; None for others, and afterwards."""
    actor = current_actor()
    if row.claim.status is not Status.SUBMITTED or not actor.may(Permission.CONFIRM_CLAIM, area_id=row.claim.area_id):
        return None
    return judgement.why_not_confirmed_by([row], actor)[row.claim.id]


def _own_steps(row: ClaimRow) -> list[tuple[Step, str, list[Reason]]] | None:
    """What its own people may do with it until it is confirmed, and why not; None for others, and afterwards."""
    actor = current_actor()
    if row.claim.status not in _UNDECIDED or not actor.may(Permission.CLAIM_OWN, party_id=row.claim.party_id):
        return None
    where = {Step.CORRECT: "compensation.correct_claim", Step.WITHDRAW: "compensation.withdraw_claim"}
    return [(step, endpoint, judgement.why_not_own(step, row.claim, actor)) for step, endpoint in where.items()]


def _act(public_id: str, act: Callable[..., Any], done: str, *more: Any, version: int) -> Response:
    claim_id, actor, at = _row(public_id).claim.id, current_actor(), now()
    db.session.rollback()
    with writing():
        made = act(claim_id, version, *more, by=actor, at=at)
    waits = made is not None and made.status is Status.AWAITING_FUNDS
    flash(
        N_("Kravet venter på midler. Det blir godkjent når pengene og turen kommer.") if waits else done,
        "warning" if waits else "success",
    )
    return redirect(url_for("compensation.claim", public_id=public_id), 303)


def _version() -> int:
    form = StepForm()
    if not form.validate_on_submit():
        abort(400)
    return form.seen_version


@bp.post("/krav/<public_id>/habil")
@needs(Permission.REVIEW_CLAIM)
def declare(public_id: str) -> Response:
    """«Jeg er habil»; doubt is declared on the case's own page."""
    claim_id, actor, at = _row(public_id).claim.id, current_actor(), now()
    db.session.rollback()
    with writing():
        actions.declare_impartial(claim_id, by=actor, at=at)
    back = "payouts.counter_claim" if request.args.get("til") == "motkrav" else "compensation.claim"
    return redirect(url_for(back, public_id=public_id), 303)


@bp.post("/krav/<public_id>/bekreft")
@needs(Permission.REVIEW_CLAIM)
def confirm_centrally(public_id: str) -> Response:
    """The directorate confirms where the area's host is the payee."""

    def confirm(claim_id: int, version: int, **who: Any) -> None:
        actions.confirm_centrally({claim_id: version}, **who)

    done = N_("Kravet er bekreftet. En annen saksbehandler kontrollerer det.")
    return _act(public_id, confirm, done, version=_version())


@bp.post("/krav/<public_id>/godkjenn")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def approve(public_id: str) -> Response:
    """In full, or waiting for money."""
    return _act(public_id, actions.approve, N_("Kravet er godkjent."), version=_version())


@bp.post("/krav/<public_id>/godkjenn-i-del")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def approve_part(public_id: str) -> Response | tuple[str, int]:
    """Fewer units, with the reason."""
    row = _row(public_id)
    names = names_of_prices(row)
    lines = queries.lines_of([row.claim.id])[row.claim.id]
    form = part_form([(line.code, names.get(line.code, line.code)) for line in lines])()
    if not form.validate_on_submit():
        return draw_claim(row, part=form), 422
    more = (form.units(), str(form.reason.data))
    return _act(public_id, actions.approve_part, N_("Kravet er godkjent i del."), *more, version=form.seen_version)


@bp.post("/krav/<public_id>/avsla")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def refuse(public_id: str) -> Response | tuple[str, int]:
    """Refused, with the reason."""
    form = RefuseForm()
    if not form.validate_on_submit():
        return draw_claim(_row(public_id), refused=form), 422
    return _act(public_id, actions.refuse, N_("Kravet er avslått."), str(form.reason.data), version=form.seen_version)
