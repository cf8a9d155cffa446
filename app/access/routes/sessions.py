"""A person's own sessions, and the password once more before a step that binds."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import actions, devices, keeping, queries
from app.access.domain import Entered
from app.access.guards import current_actor, entered_or_none, lives, logged_in
from app.access.routes.blueprint import bp
from app.access.routes.entering import BUSY, home_of, told_wait
from app.db import writing
from app.values.clock import system_now
from app.values.language import N_
from forms.access import EndSessionForm, PasswordAgainForm


@bp.get("/innlogginger")
@logged_in
def sessions() -> str:
    """Where this person is logged in now."""
    at, actor, here, length = system_now(), current_actor(), _here(), lives()
    idle = length.idle_internal if actor.is_internal else length.idle_recipient
    rows = queries.sessions_of(actor.id, used_since=at - idle, opened_since=at - length.whole)
    return render_template(
        "access/sessions.html",
        rows=rows,
        here=here.key,
        others=any(row.id != here.key for row in rows),
        idle_minutes=int(idle.total_seconds()) // 60,
        whole_hours=int(length.whole.total_seconds()) // 3600,
        form=EndSessionForm(),
    )


@bp.post("/innlogginger/avslutt")
@logged_in
def end_sessions() -> Response:
    """End one of one's own sessions, or all the others."""
    form = EndSessionForm()
    with writing():
        ended = actions.end_own(current_actor(), form.which.data or None, but=_here().key, at=system_now())
    flash(N_("Innloggingen er avsluttet.") if ended else N_("Innloggingen var allerede avsluttet."), "success")
    return redirect(url_for("access.sessions"), 303)


@bp.route("/bekreft-passord", methods=["GET", "POST"])
@logged_in
def password_again() -> Response | tuple[str, int]:
    """Ask for the password; then back to the form as it stood."""
    form, actor = PasswordAgainForm(), current_actor()
    if not form.validate_on_submit():
        return _ask(form, 200 if request.method != "POST" else 422)
    try:
        right = actions.confirm_password(actor.id, form.password.data or "", address=devices.address(), at=system_now())
    except actions.TooMany as braked:
        form.password.errors = [told_wait(braked.wait)]
        return _ask(form, 429)
    except actions.Busy:
        form.password.errors = [BUSY]
        return _ask(form, 503)
    if not right:
        form.password.errors = [N_("Passordet er feil.")]
        return _ask(form, 422)
    with writing():
        actions.password_given(_here().key, at=system_now())
    kept = queries.kept(request.args.get("til", ""), actor.id, system_now() - actions.KEEP_FORMS)
    return redirect(keeping.address_of(kept.path, kept.public_id) if kept else home_of(actor), 303)


def _ask(form: PasswordAgainForm, status: int) -> tuple[str, int]:
    minutes = int(lives().password.total_seconds()) // 60
    return render_template("access/password_again.html", form=form, minutes=minutes), status


def _here() -> Entered:
    entered = entered_or_none()
    if entered is None:
        raise RuntimeError("behind `logged_in` there is a session")
    return entered
