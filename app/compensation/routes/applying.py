"""An agreement is asked for: the practice's own page, the area's, and where the practice signs."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.routes import bp
from app.compensation.workflow import AgreementStatus, AgreementStep
from app.db import db, writing
from app.db.clock import now
from app.flow import Refused
from app.parties.queries import areas
from app.rules.queries import rules_of
from app.values.clock import local_date
from app.values.language import N_
from forms.agreements import ApplyForm, AskedForm, RegisterForm, SignForm, TakeBackForm


@bp.route("/krav-om-kompensasjon/ny-avtale", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def apply() -> Response | str | tuple[str, int]:
    """The practice asks for an agreement, and signs by sending."""
    actor, at = current_actor(), now()
    form = ApplyForm()
    form.limit(queries.agreement_terms(), [(each.public_id, each.name) for each in areas()], local_date(at))
    form.payee.choices = [(each.orgnr, each.display_name) for each in queries.signed_for(actor)]

    def make() -> str:
        actions.apply_for(form.facts(), by=actor, at=at)
        return url_for("compensation.own")

    return _asked(form, "compensation/apply.html", make, N_("Søknaden om avtale er sendt. Dere får svar fra oss."))


@bp.route("/utprovingsomrade/ny-avtale", methods=["GET", "POST"])
@needs(Permission.CONFIRM_CLAIM)
def register() -> Response | str | tuple[str, int]:
    """The area registers what a practice is to sign."""
    actor, at = current_actor(), now()
    form = RegisterForm()
    own = [(each.public_id, each.name) for each in areas() if each.id in actor.area_ids]
    form.limit(queries.agreement_terms(), own, local_date(at))

    def make() -> str:
        actions.register_for(form.facts(), by=actor, at=at)
        return url_for("compensation.area")

    done = N_("Avtalen er registrert. Legekontoret må signere den før Helsedirektoratet svarer.")
    return _asked(form, "compensation/register.html", make, done)


def _asked(form: AskedForm, template: str, make: Callable[[], str], done: str) -> Response | str | tuple[str, int]:
    if request.method != "POST":
        return render_template(template, form=form, reasons=[])
    if not form.validate_on_submit():
        return render_template(template, form=form, reasons=[]), 422
    try:
        location = once(form.token, now(), make)
    except Refused as refused:
        return render_template(template, form=form, reasons=refused.reasons), 422
    flash(done, "success")
    return redirect(location, 303)


@bp.route("/krav-om-kompensasjon/<public_id>/trekk", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def take_back_agreement(public_id: str) -> Response | str | tuple[str, int]:
    """The practice takes back what it asked for, or was to sign, before we have answered."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None or agreed.agreement.status not in judgement.starts(AgreementStep.TAKE_BACK):
        abort(404)
    form = TakeBackForm()
    shut = judgement.why_not_change(AgreementStep.TAKE_BACK, agreed.agreement, actor)
    if request.method != "POST":
        form.version.data = agreed.agreement.version
        return render_template("compensation/take_back.html", agreed=agreed, form=form, shut=shut)
    if not form.validate_on_submit():
        return render_template("compensation/take_back.html", agreed=agreed, form=form, shut=shut), 422
    agreement_id, said_no = agreed.agreement.id, agreed.agreement.is_to_sign
    db.session.rollback()
    with writing():
        actions.take_back_application(agreement_id, form.seen_version, str(form.reason.data), by=actor, at=at)
    flash(N_("Dere har sagt nei til avtalen.") if said_no else N_("Søknaden er trukket."), "success")
    return redirect(url_for("compensation.own"), 303)


@bp.route("/krav-om-kompensasjon/<public_id>/signer", methods=["GET", "POST"])
@needs(Permission.CLAIM_OWN)
@fresh_password
def sign_agreement(public_id: str) -> Response | str | tuple[str, int]:
    """The practice reads what the area registered, and signs it."""
    actor, at = current_actor(), now()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None or agreed.agreement.status is not AgreementStatus.TO_SIGN:
        abort(404)
    form = SignForm()
    shut = judgement.why_not_change(AgreementStep.SIGN, agreed.agreement, actor)

    def drawn(code: int = 200) -> tuple[str, int]:
        prices = rules_of(agreed.case.rule_version_id).unit_prices
        return render_template("compensation/sign.html", agreed=agreed, form=form, shut=shut, prices=prices), code

    if request.method != "POST":
        form.version.data = agreed.agreement.version
        return drawn()
    if not form.validate_on_submit():
        return drawn(422)
    agreement_id, account_no = agreed.agreement.id, str(form.account.data)
    db.session.rollback()
    with writing():
        actions.sign(agreement_id, form.seen_version, account_no, bool(form.de_minimis.data), by=actor, at=at)
    flash(N_("Avtalen er signert. Dere får svar fra oss."), "success")
    return redirect(url_for("compensation.own"), 303)
