"""A form whose session is over: kept for the one who filled it in, and shown again as it stood.

A form tells whose it is by the token it carries, also when the browser has lost its cookie.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.ctx import RequestContext
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from app.access import actions, onward, queries
from app.access.current import actor_or_none, entered_or_none
from app.access.domain import Ended
from app.access.models import KeptForm, LoginSession
from app.db import db, looking, writing
from app.values.clock import system_now
from app.values.language import N_
from app.values.text import names_password

Form = KeptForm | actions.Sent
AGAIN = "fortsett"
# Pages whose form is a password: there is nothing else in it to keep.
NEVER = ("access.password_again", "people.own_password")
# A form is sent within so long of its session's last use, or it is not kept.
LONGEST_PAUSE = timedelta(hours=12)
KEPT = N_("Det du skrev, er tatt vare på i en time. Logg inn som deg selv, så står det i skjemaet igjen.")
SHOWN = N_("Her står det du holdt på med. Ingenting er sendt ennå. Se over, og trykk en gang til.")
FILES = N_("Filen du hadde valgt, må du velge en gang til.")
GONE = N_("Det du skrev, er ikke her lenger. Vi tar vare på det i en time.")
# Only what its owner ended is not kept: it is how one shuts out whoever sits at the other machine.
BY_HAND = (Ended.LOGGED_OUT, Ended.BY_OWNER)
NOT_KEPT = N_("Det du skrev, ble ikke lagret, og det er ikke tatt vare på.")
OTHERS = N_("Skjemaet ble fylt ut av en annen bruker. Logg inn som den brukeren for å få det fram igjen.")


def owner() -> int | None:
    """Whose form this is: the person whose session its token was made in, whether that lasts or not.

    None where nothing is kept: on a page of passwords, of a session its owner ended, and of one long unused, since
    whoever has such a token could lead them astray with it.
    """
    found = _session_of_form()
    if found is None or found.ended_why in BY_HAND or found.last_used_at <= system_now() - LONGEST_PAUSE:
        return None
    return found.user_id


def _session_of_form() -> LoginSession | None:
    """The session the form's token was made in; None on a page of passwords, which has nothing to keep."""
    if request.endpoint in NEVER:
        return None
    try:
        # As Flask-WTF signs it.
        signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
        token = signer.loads(request.form.get("csrf_token", ""))
    except BadData:
        return None
    return queries.session_of_form(actions.sha256(str(token)))


def keep(user_id: int) -> str:
    """Keep what is being sent for this person; gives its public id. No token and no password is kept."""
    page = urlsplit(request.referrer or "")
    sent = actions.Sent(
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        page=page.path if page.netloc == request.host else "",
        fields=plain_fields(),
        had_files=any(each.filename for each in request.files.values()),
    )
    return actions.keep(user_id, sent, at=system_now())


def not_kept() -> LoginSession | None:
    """What is being sent is not kept, and nor is what its writer sent there before: it would pass for the newest.

    Says so, and gives the session it was written in; None when that is not known.
    """
    found = _session_of_form()
    if found is not None:
        _let_go(found.user_id)
        flash(NOT_KEPT, "warning")
    return found


def is_known() -> bool:
    """Whether the session this form was made in is one of ours."""
    return _session_of_form() is not None


def plain_fields() -> list[list[str]]:
    """What is being sent, as [name, value], without tokens of sessions and passwords."""
    return [[name, value] for name, value in request.form.items(multi=True) if not _secret(name)]


def lost() -> Response | None:
    """The answer to a form whose token is of another session than the browser's; None when it is no form of ours."""
    if not getattr(current_app.view_functions.get(request.endpoint or ""), "guard", ()):
        return None
    whose, here = owner(), actor_or_none()
    if whose is None:
        return _told_not_kept() if here is None else None
    kept = keep(whose)
    if here is None:
        flash(KEPT, "info")
        return redirect(url_for("access.log_in"), 303)
    if here.id == whose:
        return redirect(address_of(request.path, kept), 303)
    flash(OTHERS, "warning")
    return redirect("/", 303)


def _told_not_kept() -> Response | None:
    found = not_kept()
    if found is None:
        return None
    if found.ended_why is not None:
        flash(found.ended_why.word, "info")
    return redirect(url_for("access.log_in"), 303)


def address_of(path: str, public_id: str) -> str:
    """Where a kept form stands filled in."""
    return f"{request.script_root}{path}?{urlencode({AGAIN: public_id})}"


def is_shown() -> bool:
    """Whether the page is only being shown as it stood; nothing may be done."""
    return bool(g.get("only_show"))


def on_the_way() -> Any:
    """Before each request: show a kept form where it is asked for, and let it go when something newer is sent."""
    if request.method == "POST" and request.url_rule is not None:
        # The view tells by itself that the database is away, or that too much was sent.
        with suppress(sa.exc.OperationalError):
            if (sender := entered_or_none()) is not None and sender.keeps_forms:
                _let_go(sender.actor.id)
    public_id = request.args.get(AGAIN)
    if request.method != "GET" or not public_id:
        return None
    actor = actor_or_none()
    if actor is None:
        onward.remember()
        return redirect(url_for("access.log_in"), 303)
    kept = queries.kept(public_id, actor.id, system_now() - actions.KEEP_FORMS)
    if kept is None or kept.path != request.path:
        flash(GONE, "warning")
        return redirect("/", 303)
    flash(SHOWN, "info")
    if kept.had_files:
        flash(FILES, "warning")
    return filled_in(kept)


def filled_in(kept: Form) -> Response:
    """The page with this form as it was filled in; where the step has no form to show, the button that sends it."""
    return _as_it_stood(kept) or current_app.make_response(render_template("access/go_on.html", kept=kept))


def _let_go(user_id: int) -> None:
    if queries.is_kept(request.path, user_id):
        with writing():
            actions.let_go(request.path, user_id)


def _as_it_stood(kept: Form) -> Response | None:
    """The page as it answers to a form that is not accepted yet; None when the step has no form to show."""
    fields = MultiDict([(name, value) for name, value in kept.fields])
    builder = EnvironBuilder(
        path=kept.path, query_string=kept.query, method="POST", data=fields, base_url=request.url_root
    )
    db.session.rollback()
    g.only_show = True
    # The same session, so that the page has this browser's token and language.
    inner = RequestContext(current_app._get_current_object(), builder.get_environ(), session=_session())  # type: ignore[attr-defined]  # the proxy hides it
    try:
        with inner, looking():
            answer = current_app.make_response(current_app.dispatch_request())
    except HTTPException as refused:
        if refused.code in (403, 404):
            raise
        return None
    except Exception:  # what stands in the way is told when it is sent; now the person gets back what they wrote
        return None
    finally:
        g.pop("only_show")
        builder.close()
        db.session.rollback()
    if answer.status_code not in (200, 422) or answer.mimetype != "text/html":
        return None
    answer.status_code = 200
    return answer


def _session() -> Any:
    return session._get_current_object()  # type: ignore[attr-defined]  # the proxy hides it


def _secret(name: str) -> bool:
    return "csrf_token" in name.casefold() or names_password(name)
