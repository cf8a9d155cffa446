"""Log in and out."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import ngettext
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from app.access import actions, devices, keeping, onward, queries
from app.access.current import Session, actor_or_none, token_or_none
from app.access.domain import Actor, Ended, Known, Permission
from app.access.guards import open_to_all
from app.access.routes.blueprint import bp
from app.audit import record
from app.db import db, writing
from app.db.clock import now
from app.values.clock import system_now
from app.values.language import N_
from forms.access import LogInForm

# Where each kind of person starts the day.
HOMES = (
    (Permission.READ_PAYOUTS, "payouts.home", "finance"),
    (Permission.READ_CASES, "desk.home", None),
    (Permission.OWN_PORTAL, "portal.home", None),
    (Permission.CONFIRM_CLAIM, "compensation.area", None),
    (Permission.MANAGE_USERS, "people.home", None),
)
# Where in the browser's own session a page tells whom it leads to the log-in; never in an address.
LOG_IN_AS = "log_in_as"
BUSY = N_("Mange logger inn akkurat nå. Vent litt og prøv igjen.")


@bp.route("/logg-inn", methods=["GET", "POST"])
@open_to_all
def log_in() -> Response | str | tuple[str, int]:
    """The log-in page; in demo mode it shows the demo accounts."""
    actor = actor_or_none()
    if request.method != "POST" and actor is not None:
        return redirect(home_of(actor), 303)
    form = LogInForm()
    if request.method != "POST" and (name := session.pop(LOG_IN_AS, None)):
        form.username.data = name
    if not form.validate_on_submit():
        return _page(form, 200 if request.method != "POST" else 422)
    name = form.username.data or ""
    try:
        known = actions.log_in(name, form.password.data or "", devices.came(name), at=system_now())
    except actions.TooMany as braked:
        form.username.errors = [told_wait(braked.wait)]
        return _page(form, 429)
    except actions.Busy:
        form.username.errors = [BUSY]
        return _page(form, 503)
    if known is None:
        form.username.errors = [N_("Brukernavnet eller passordet er feil.")]
        return _page(form, 422)
    return _open_session(known)


def told_wait(wait: timedelta) -> str:
    """How long until the next try, in the reader's language."""
    seconds = int(wait.total_seconds()) + 1
    if seconds < 60:
        return str(
            ngettext(
                "For mange forsøk. Prøv igjen om ett sekund.",
                "For mange forsøk. Prøv igjen om %(num)d sekunder.",
                seconds,
            )
        )
    minutes = -(-seconds // 60)
    return str(
        ngettext(
            "For mange forsøk. Prøv igjen om ett minutt.", "For mange forsøk. Prøv igjen om %(num)d minutter.", minutes
        )
    )


def _open_session(known: Known) -> Response:
    at, before, user_id = system_now(), token_or_none(), known.user_id
    with writing():
        if before is not None:
            actions.end_session(before, Ended.REPLACED, at=at)
        opened = actions.open_session(known, devices.device(), at=at)
        actor = queries.actor(user_id)
        record(f"person:{user_id}", "access.logged_in", {}, by=actor, at=now())
    entered = queries.entered(actions.sha256(opened.token))
    if actor is None or entered is None:
        return redirect(url_for("access.log_in"), 303)
    kept = queries.newest_kept(user_id, at - actions.KEEP_FORMS)
    address = keeping.address_of(kept.path, kept.public_id) if kept else onward.asked_for(actor)
    language = session.get("language")
    # A fresh session: one that was planted before log-in must not become a logged-in one.
    session.clear()
    if language:
        session["language"] = language
    # The forms' token belongs to this session alone: by it a form that comes too late says whose it is.
    session["csrf_token"] = opened.form_token
    login_user(Session(entered, opened.token))
    return devices.remember(redirect(address or home_of(actor), 303), user_id)


@bp.post("/logg-ut")
@open_to_all
def log_out() -> Response:
    """End the session, here and on the server, and let go of what was kept."""
    actor, token = actor_or_none(), token_or_none()
    if actor is not None and token is not None:
        with writing():
            actions.end_session(token, Ended.LOGGED_OUT, at=system_now())
            actions.let_all_go(actor.id)
    logout_user()
    session.clear()
    flash(N_("Du er logget ut."), "success")
    return redirect(url_for("access.log_in"), 303)


def home_of(actor: Actor) -> str:
    """The page this person's day starts on."""
    for permission, endpoint, only in HOMES:
        fits = actor.may(permission) and (only is None or {r.value for r in actor.roles} == {only})
        if fits:
            return url_for(endpoint)
    return "/"


def _page(form: LogInForm, status: int) -> tuple[str, int]:
    db.session.rollback()
    accounts = queries.demo_accounts() if current_app.config["DEMO"] else []
    return render_template("access/log_in.html", form=form, accounts=accounts), status
