"""Making a link for a password, choosing by it, and changing one's own."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access import actions as access
from app.access import devices
from app.access.actions.passwords import sealed
from app.access.domain import Permission
from app.access.domain.links import Links, link_address
from app.access.guards import actor_or_none, current_actor, fresh_password, needs, open_to_all
from app.access.routes.entering import LOG_IN_AS, told_wait
from app.config import Settings
from app.db import writing
from app.db.clock import now
from app.people import actions, queries
from app.people.routes.blueprint import Page, back, bp, drawn, found
from app.values.clock import system_now
from app.values.language import N_
from forms.people import OwnPasswordForm, PasswordForm

LINK_KEY = "password_link"


@bp.post("/personer/<username>/lenke")
@needs(Permission.MANAGE_USERS)
@fresh_password
def make_link(username: str) -> Response:
    """A new link, mailed to the person; the very first is shown once on their page. An older one is void."""
    user, settings = found(username), _settings()
    with writing():
        token = actions.new_link(user.id, links(), by=current_actor(), at=now())
    if token is None:
        flash(gettext("Lenken blir sendt til %(address)s.", address=user.email), "success")
    else:
        session[LINK_KEY] = (user.username, link_address(settings.base_url, token))
    return back(user)


def links() -> Links:
    """How this installation gives links."""
    own = _settings()
    lasts, rest = timedelta(hours=own.link_hours), timedelta(days=own.address_days)
    return Links(lasts, rest, by_mail=own.smtp_url is not None, secret=own.secret_key)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@bp.route("/nytt-passord", methods=["GET", "POST"])
@open_to_all
def choose() -> Page:
    """Choose a password by link. Opening it changes nothing, so that a mail filter that looks does no harm."""
    token, at = request.args.get("kode", "")[:100], now()
    owner = queries.link_owner(sealed(token), at)
    if owner is None:
        return render_template("people/link_gone.html"), 404
    form = PasswordForm()
    form.about = (owner.name, owner.username, owner.email)
    if not form.validate_on_submit():
        return drawn("choose", form=form, user=owner, token=token)
    hashed = access.hash_password(form.new_password.data)
    with writing():
        user = actions.choose_by_link(token, hashed, at=at)
    if user is None:
        return render_template("people/link_gone.html"), 404
    flash(N_("Passordet er lagret. Logg inn med brukernavnet ditt og det nye passordet."), "success")
    session[LOG_IN_AS] = owner.username
    return redirect(url_for("access.log_in"), 303)


@bp.route("/passord", methods=["GET", "POST"])
@open_to_all
def own_password() -> Page:
    """Change one's own password; every session ends, and one logs in anew."""
    if actor_or_none() is None:
        return redirect(url_for("access.log_in"), 303)
    actor = current_actor()
    form = OwnPasswordForm()
    form.about = (actor.name, actor.username)
    if not form.validate_on_submit():
        return drawn("own_password", form=form)
    try:
        known = access.confirm_password(actor.id, form.old_password.data, address=devices.address(), at=system_now())
    except access.TooMany as braked:
        known, form.old_password.errors = False, [told_wait(braked.wait)]
    if not known:
        form.old_password.errors = form.old_password.errors or [N_("Passordet du har nå, er ikke riktig.")]
        return drawn("own_password", form=form)
    hashed = access.hash_password(form.new_password.data)
    with writing():
        actions.change_own_password(hashed, by=actor, at=now())
    flash(N_("Passordet er byttet. Logg inn med det nye."), "success")
    session[LOG_IN_AS] = actor.username
    return redirect(url_for("access.log_in"), 303)
