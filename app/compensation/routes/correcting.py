"""A claim that nobody has confirmed: the GP's people correct it by the form it was made with, or take it back."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Period, Reckoned
from app.compensation.models import Claim
from app.compensation.queries import ClaimRow
from app.compensation.routes import bp
from app.compensation.routes.asking import Asked, asked_for, draw, place
from app.compensation.workflow import Step
from app.db import db, writing
from app.db.clock import now
from app.flow import Reason, Refused
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import StepForm


def _own(public_id: str) -> ClaimRow:
    """The claim, when it is of an organisation this person acts for."""
    row = queries.by_public_id(public_id, current_actor())
    return row if row is not None and row.claim.party_id in current_actor().party_ids else abort(404)


@bp.route("/krav/<public_id>/rett", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def correct_claim(public_id: str) -> Response | str | tuple[str, int]:
    """The claim's own days and units to begin with."""
    row, actor, at = _own(public_id), current_actor(), now()
    claim, agreed = row.claim, queries.own_agreement(row.case.public_id, actor)
    if agreed is None:
        abort(404)
    standing = queries.standing_of(row.case.id, besides=claim.id)
    asked = asked_for(agreed, standing, Period(claim.from_on, claim.to_on), claim)
    if shut := judgement.why_not_own(Step.CORRECT, claim, actor):
        if request.method == "POST":
            raise Refused(shut)
        return draw(asked, shut=shut)
    if request.method != "POST":
        _fill(asked, claim)
        return draw(asked, asked.reckoned())
    if not asked.form.validate_on_submit():
        return draw(asked), 422
    reckoned = asked.reckoned()
    if request.form.get("act") != "send":
        place(asked.form, asked.wrong(local_date(at)))
        return draw(asked, reckoned), 422 if asked.form.errors else 200
    if not asked.form.declared.data:
        asked.form.declared.errors = [N_("Kryss av for at opplysningene er riktige.")]
        return draw(asked, reckoned), 422
    return _correct(asked, claim, reckoned)


def _fill(asked: Asked, claim: Claim) -> None:
    units = {line.code: line.units for line in queries.lines_of([claim.id])[claim.id]}
    for code, field in zip(asked.form.codes[0], asked.form.fields(0), strict=True):
        field.data = units.get(code)


def _correct(asked: Asked, claim: Claim, reckoned: list[Reckoned]) -> Response | tuple[str, int]:
    actor, at, form = current_actor(), now(), asked.form
    facts, case_id = form.facts(asked.periods)[0], claim.case_id
    claim_id, public_id = claim.id, claim.public_id
    db.session.rollback()

    def again() -> Asked:
        return replace(asked, standing=queries.standing_of(case_id, besides=claim_id))

    try:
        with writing():
            actions.correct(claim_id, form.seen_version, facts, by=actor, at=at)
    except actions.Changed:
        reasons = [Reason(N_("Summen er en annen enn den du så. Se over og send en gang til."))]
        return draw(again(), again().reckoned(), reasons), 409
    except Refused:
        place(form, again().wrong(local_date(at)))
        if not form.errors:
            raise
        return draw(again(), reckoned), 409
    flash(N_("Kravet er rettet. Det regnes som sendt inn nå."), "success")
    return redirect(url_for("compensation.claim", public_id=public_id), 303)


@bp.route("/krav/<public_id>/trekk", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def withdraw_claim(public_id: str) -> Response | str | tuple[str, int]:
    """Take it back, after one page that says what that means."""
    row, actor, at = _own(public_id), current_actor(), now()
    form = StepForm(data={"version": row.claim.version})
    if not form.validate_on_submit():
        page: Any = render_template(
            "compensation/withdraw.html",
            row=row,
            form=form,
            shut=judgement.why_not_own(Step.WITHDRAW, row.claim, actor),
        )
        return page, 422 if form.is_submitted() else 200
    if shut := judgement.why_not_own(Step.WITHDRAW, row.claim, actor):
        raise Refused(shut)
    claim_id = row.claim.id
    db.session.rollback()
    with writing():
        actions.withdraw(claim_id, form.seen_version, by=actor, at=at)
    flash(N_("Kravet er trukket. Perioden kan kreves på nytt."), "success")
    return redirect(url_for("compensation.own"), 303)
