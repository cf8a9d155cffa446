"""Log in and out."""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from app.access import actions, queries
from app.access.domain import Actor, Permission
from app.access.guards import Session, actor_or_none, open_to_all
from app.access.routes.blueprint import bp
from app.audit import record
from app.db import writing
from app.db.clock import now
from app.values.language import N_
from forms.access import LogInForm

# Where each kind of person starts the day.
HOMES = (
    (Permission.READ_PAYOUTS, "payouts.home", "finance"),
    (Permission.READ_CASES, "desk.home", None),
    (Permission.OWN_PORTAL, "portal.home", None),
    (Permission.CONFIRM_CLAIM, "compensation.area", None),
)


@bp.route("/logg-inn", methods=["GET", "POST"])
@open_to_all
def log_in() -> Response | str | tuple[str, int]:
    """The log-in page; in demo mode it shows the demo accounts."""
    actor = actor_or_none()
    if request.method != "POST" and actor is not None:
        return redirect(home_of(actor), 303)
    form = LogInForm()
    if not form.validate_on_submit():
        return _page(form, 200 if request.method != "POST" else 422)
    address, at = request.remote_addr or "", now()
    try:
        user = actions.log_in(form.username.data or "", form.password.data or "", address=address, at=at)
    except actions.TooMany:
        form.username.errors = [N_("For mange forsøk. Vent et kvarter og prøv igjen.")]
        return _page(form, 429)
    if user is None:
        form.username.errors = [N_("Brukernavnet eller passordet er feil.")]
        return _page(form, 422)
    return _open_session(user.id, user.session_stamp)


def _open_session(user_id: int, stamp: int) -> Response:
    with writing():
        found = queries.actor(user_id, stamp)
        record(f"person:{user_id}", "access.logged_in", {}, by=found, at=now())
    if found is None:
        return redirect(url_for("access.log_in"), 303)
    onward, language = session.get("next"), session.get("language")
    # A fresh session: one that was planted before log-in must not become a logged-in one.
    session.clear()
    if language:
        session["language"] = language
    login_user(Session(found, stamp))
    return redirect(onward if onward and onward != "/" else home_of(found), 303)


@bp.post("/logg-ut")
@open_to_all
def log_out() -> Response:
    """Close the session."""
    logout_user()
    session.clear()
    flash(N_("Du er logget ut."), "success")
    return redirect(url_for("access.log_in"), 303)


def home_of(actor: Actor) -> str:
    """The page this person's day starts on."""
    for permission, endpoint, only in HOMES:
        fits = actor.may(permission) and (only is None or {r.value for r in actor.roles} == {only})
        if fits and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return "/"


def _page(form: LogInForm, status: int) -> tuple[str, int]:
    accounts = queries.demo_accounts() if current_app.config["DEMO"] else []
    return render_template("access/log_in.html", form=form, accounts=accounts), status
