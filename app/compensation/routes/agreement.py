"""One agreement as we see it: what it says, the days it rests, its claims, and what can become of it."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.cases.queries import declared
from app.compensation import actions, judgement, queries
from app.compensation.domain import Period
from app.compensation.queries import Agreed
from app.compensation.routes import bp
from app.compensation.routes.answers import answers_to, as_it_will_be
from app.compensation.routes.paging import Lists
from app.compensation.workflow import AgreementStatus, AgreementStep
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.values.language import N_
from forms.agreements import AnswerForm, EndForm, MoveForm, OnForm, PauseForm, ResumeForm, TurnDownForm

_FORMS: dict[AgreementStep, type[OnForm]] = {
    AgreementStep.PAUSE: PauseForm,
    AgreementStep.RESUME: ResumeForm,
    AgreementStep.MOVE: MoveForm,
    AgreementStep.END: EndForm,
}


def _agreed(public_id: str) -> Agreed:
    found = queries.agreement_by_address(public_id)
    return found if found is not None else abort(404)


@bp.get("/fastleger/avtaler/<public_id>")
@needs(Permission.REVIEW_CLAIM)
def agreement(public_id: str) -> str:
    """What it says and what can become of it."""
    return _draw(_agreed(public_id))


def _draw(agreed: Agreed, sent: OnForm | None = None, refused: TurnDownForm | None = None) -> str:
    actor, agreement = current_actor(), agreed.agreement
    forms = {}
    for step, kind in _FORMS.items():
        if agreement.status in judgement.starts(step):
            form = sent if isinstance(sent, kind) else kind(formdata=None)
            for field in form:
                field.id = f"{step.value}-{field.short_name}"
            forms[step] = form
    answering = agreement.status is AgreementStatus.APPLIED
    keys = {agreement.id: actions.agreement_keys(agreement.id)}
    answer = answers_to(keys, agreement.payee_id, actor).get(agreement.id)
    lists = Lists("compensation.agreement", "side", public_id=agreed.case.public_id)
    claims, count = queries.of_agreements([agreement.id], lists["side"])
    return render_template(
        "compensation/agreement.html",
        answering=answering,
        shut=judgement.why_not_change(AgreementStep.APPROVE, agreement, actor) if answering else [],
        undeclared=bool(answering or forms) and declared([agreed.case.id], actor.id).get(agreed.case.id) is None,
        refused=refused or TurnDownForm(formdata=None),
        answer=answer,
        letter=as_it_will_be(answer, actor),
        agreed=agreed,
        terms=queries.told_of(agreement.id),
        first_day=queries.first_day,
        pauses=queries.pauses_of([agreement.id])[agreement.id],
        claims=claims,
        leaf=lists.leaf("side", len(claims), count=count),
        standing=queries.standing_of(agreed.case.id),
        forms=forms,
        sent=sent,
        closed={step: judgement.why_not_change(step, agreement, actor) for step in forms},
    )


def _act(public_id: str, step: AgreementStep, act: Callable[..., Any], done: str) -> Response | tuple[str, int]:
    agreed, actor, at = _agreed(public_id), current_actor(), now()
    # A closed step has no form on the page to lead to.
    if closed := judgement.why_not_change(step, agreed.agreement, actor):
        raise Refused(closed)
    form = _FORMS[step]()
    form.limit(Period(agreed.agreement.from_on, agreed.agreement.last_on))
    if not form.validate_on_submit():
        return _draw(agreed, form), 422
    agreement_id = agreed.agreement.id
    db.session.rollback()
    try:
        with writing():
            act(agreement_id, form, by=actor, at=at)
    except Refused as refused:
        told = [each for each in refused.reasons if each.of in form]
        if len(told) < len(refused.reasons):
            raise
        for each in told:
            form[each.of].errors = [*form[each.of].errors, each]
        return _draw(_agreed(public_id), form), 422
    flash(done, "success")
    return redirect(url_for("compensation.agreement", public_id=public_id), 303)


@bp.post("/fastleger/avtaler/<public_id>/pause")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def pause_agreement(public_id: str) -> Response | tuple[str, int]:
    """It rests while the GP is away."""

    def act(agreement_id: int, form: PauseForm, **who: Any) -> None:
        actions.pause(agreement_id, form.seen_version, form.day, form.why, **who)

    return _act(public_id, AgreementStep.PAUSE, act, N_("Avtalen har pause."))


@bp.post("/fastleger/avtaler/<public_id>/ta-opp-igjen")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def resume_agreement(public_id: str) -> Response | tuple[str, int]:
    """The GP is back."""

    def act(agreement_id: int, form: ResumeForm, **who: Any) -> None:
        actions.resume(agreement_id, form.seen_version, form.day, **who)

    return _act(public_id, AgreementStep.RESUME, act, N_("Avtalen er tatt opp igjen."))


@bp.post("/fastleger/avtaler/<public_id>/avslutt")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def end_agreement(public_id: str) -> Response | tuple[str, int]:
    """Its last day, and why."""

    def act(agreement_id: int, form: EndForm, **who: Any) -> None:
        actions.end(agreement_id, form.seen_version, form.day, str(form.reason.data), **who)

    return _act(public_id, AgreementStep.END, act, N_("Avtalen er avsluttet."))


@bp.post("/fastleger/avtaler/<public_id>/habil")
@needs(Permission.REVIEW_CLAIM)
def declare_agreement(public_id: str) -> Response:
    """«Jeg er habil»; doubt is declared once the case has its number."""
    agreement_id, actor, at = _agreed(public_id).agreement.id, current_actor(), now()
    db.session.rollback()
    with writing():
        actions.declare_for_agreement(agreement_id, by=actor, at=at)
    return redirect(url_for("compensation.agreement", public_id=public_id), 303)


@bp.post("/fastleger/avtaler/<public_id>/godkjenn")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def approve_agreement(public_id: str) -> Response:
    """As it was asked for."""
    form, actor, at = AnswerForm(), current_actor(), now()
    if not form.validate_on_submit():
        abort(400)
    agreement_id = _agreed(public_id).agreement.id
    db.session.rollback()
    with writing():
        actions.approve_agreement(agreement_id, form.seen_version, by=actor, at=at)
    flash(N_("Avtalen er godkjent. Legekontoret får svar."), "success")
    return redirect(url_for("compensation.agreement", public_id=public_id), 303)


@bp.post("/fastleger/avtaler/<public_id>/avsla")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def refuse_agreement(public_id: str) -> Response | tuple[str, int]:
    """With the reason the practice is told."""
    form, actor, at = TurnDownForm(), current_actor(), now()
    agreed = _agreed(public_id)
    if closed := judgement.why_not_change(AgreementStep.REFUSE, agreed.agreement, actor):
        raise Refused(closed)
    if not form.validate_on_submit():
        return _draw(agreed, refused=form), 422
    agreement_id = agreed.agreement.id
    db.session.rollback()
    with writing():
        actions.refuse_agreement(agreement_id, form.seen_version, str(form.reason.data), by=actor, at=at)
    flash(N_("Søknaden om avtale er avslått. Legekontoret får svar."), "success")
    return redirect(url_for("compensation.agreement", public_id=public_id), 303)


@bp.post("/fastleger/avtaler/<public_id>/flytt")
@needs(Permission.REVIEW_CLAIM)
@fresh_password
def move_agreement(public_id: str) -> Response | tuple[str, int]:
    """The GP goes to another practice, which signs an agreement that continues this one."""

    def act(agreement_id: int, form: MoveForm, **who: Any) -> None:
        given = (form.day, str(form.payee.data), str(form.reason.data))
        actions.move(agreement_id, form.seen_version, *given, **who)

    return _act(public_id, AgreementStep.MOVE, act, N_("Avtalen er flyttet. Det nye legekontoret må signere."))
