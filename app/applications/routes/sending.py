"""Signing, the receipt, withdrawing, and answering questions."""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.applications import actions, judgement, queries
from app.applications.queries import Read
from app.applications.routes import bp
from app.applications.routes.own import lacking_parts, own, who_signs
from app.cases.workflow import CASE, Status, Step
from app.db.clock import now
from app.flow import why_not
from forms.applications import AnswerForm, SubmitForm, WithdrawForm


@bp.route("/soknad/<public_id>/signer", methods=["GET", "POST"])
@needs(Permission.WRITE_OWN, post=(Permission.SIGN_OWN,))
@fresh_password
def confirm(public_id: str) -> Response | tuple[str, int]:
    """One page that repeats applicant, amount and effect; then «Signer og send inn»."""
    form = SubmitForm()
    if form.validate_on_submit():
        # The whole application is read once, under the lock.
        return redirect(once(form.token, now(), lambda: _submit(public_id, form)), 303)
    found = own(public_id)
    if not form.is_submitted():
        form.version.data = found.application.version
    if found.case.status is not Status.DRAFT:
        return redirect(url_for("portal.case", public_id=public_id), 303)
    page = render_template(
        "applications/confirm.html",
        found=found,
        form=form,
        reasons=judgement.why_not_sign(found, current_actor(), now()),
        lacks=lacking_parts(found),
        signers=who_signs(found),
    )
    return page, 422 if form.is_submitted() else 200


def _submit(public_id: str, form: SubmitForm) -> str:
    if actions.sign_own(public_id, version=form.seen_version, by=current_actor(), at=now()) is None:
        abort(404)
    return url_for("applications.receipt", public_id=public_id)


@bp.get("/soknad/<public_id>/kvittering")
@needs(Permission.OWN_PORTAL)
def receipt(public_id: str) -> str:
    """What was received, when, and when the answer comes (fvl § 11 a)."""
    found = own(public_id)
    if found.case.submitted_at is None:
        abort(404)
    return render_template("applications/receipt.html", found=found)


@bp.route("/soknad/<public_id>/trekk", methods=["GET", "POST"])
@needs(Permission.WRITE_OWN, post=(Permission.SIGN_OWN,))
@fresh_password
def withdraw(public_id: str) -> Response | tuple[str, int]:
    """Take the application back, after one page that says what that means."""
    found = own(public_id)
    form = WithdrawForm(data={"version": found.case.version})
    if form.validate_on_submit():
        return redirect(once(form.token, now(), lambda: _withdraw(found, form)), 303)
    if _is_over(found, Step.WITHDRAW):
        return redirect(url_for("portal.case", public_id=public_id), 303)
    reasons = why_not(CASE, Step.WITHDRAW, found.case.standing(), current_actor())
    page = render_template("applications/withdraw.html", found=found, form=form, reasons=reasons)
    return page, 422 if form.is_submitted() else 200


def _is_over(found: Read, step: Step) -> bool:
    """Whether the case is past this step. Its own page tells how it stands; ours knows no decision, told or untold."""
    return found.case.status not in CASE.move(step).start


def _withdraw(found: Read, form: WithdrawForm) -> str:
    reason = form.reason.data or ""
    actions.withdraw(found.case.id, reason, version=form.seen_version, by=current_actor(), at=now())
    return url_for("portal.case", public_id=found.case.public_id)


@bp.route("/soknad/<public_id>/svar", methods=["GET", "POST"])
@needs(Permission.WRITE_OWN)
def answer(public_id: str) -> Response | tuple[str, int]:
    """Answer what the officer asked."""
    found = own(public_id)
    form = AnswerForm(data={"version": found.case.version})
    if form.validate_on_submit():
        return redirect(once(form.token, now(), lambda: _answer(found, form)), 303)
    if _is_over(found, Step.ANSWER):
        return redirect(url_for("portal.case", public_id=public_id), 303)
    reasons = why_not(CASE, Step.ANSWER, found.case.standing(), current_actor())
    asked = queries.request(found.case.id)
    due_on = (queries.answer_by(asked) or asked.due_on) if asked else None
    page = render_template(
        "applications/answer.html", found=found, form=form, asked=asked, due_on=due_on, reasons=reasons
    )
    return page, 422 if form.is_submitted() else 200


def _answer(found: Read, form: AnswerForm) -> str:
    text = form.answer.data or ""
    actions.answer_request(found.case.id, text, version=form.seen_version, by=current_actor(), at=now())
    return url_for("portal.case", public_id=found.case.public_id)
