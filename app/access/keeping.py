"""A form whose session is over: kept for the one who filled it in, and shown again as it stood.

A form tells whose it is by the token it carries, also when the browser has lost its cookie.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.ctx import RequestContext
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from app.access import actions, onward, queries
from app.access.current import actor_or_none
from app.access.models import KeptForm
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
OTHERS = N_("Skjemaet ble fylt ut av en annen bruker. Logg inn som den brukeren for å få det fram igjen.")


def owner() -> int | None:
    """Whose form this is: the person whose session its token was made in, whether that lasts or not.

    None where nothing is kept: on a page of passwords, of a session its owner ended, and of one long unused, since
    whoever has such a token could lead them astray with it.
    """
    if request.endpoint in NEVER:
        return None
    try:
        # As Flask-WTF signs it.
        signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
        token = signer.loads(request.form.get("csrf_token", ""))
    except BadData:
        return None
    return queries.owner_of_form(actions.sha256(str(token)), system_now() - LONGEST_PAUSE)


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


def plain_fields() -> list[list[str]]:
    """What is being sent, as [name, value], without tokens of sessions and passwords."""
    return [[name, value] for name, value in request.form.items(multi=True) if not _secret(name)]


def lost() -> Response | None:
    """The answer to a form whose token is of another session than the browser's; None when it is no form of ours."""
    view = current_app.view_functions.get(request.endpoint or "")
    whose = owner() if getattr(view, "guard", ()) else None
    if whose is None:
        return None
    kept = keep(whose)
    here = actor_or_none()
    if here is None:
        flash(KEPT, "info")
        return redirect(url_for("access.log_in"), 303)
    if here.id == whose:
        return redirect(address_of(request.path, kept), 303)
    flash(OTHERS, "warning")
    return redirect("/", 303)


def address_of(path: str, public_id: str) -> str:
    """Where a kept form stands filled in."""
    return f"{request.script_root}{path}?{urlencode({AGAIN: public_id})}"


def is_shown() -> bool:
    """Whether the page is only being shown as it stood; nothing may be done."""
    return bool(g.get("only_show"))


def on_the_way() -> Any:
    """Before each request: show a kept form where it is asked for, and let it go when it is sent."""
    if request.method == "POST":
        _sent_anew()
        return None
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
    session["kept"] = [kept.public_id, kept.path]
    flash(SHOWN, "info")
    if kept.had_files:
        flash(FILES, "warning")
    return filled_in(kept)


def filled_in(kept: Form) -> Response:
    """The page with this form as it was filled in; where the step has no form to show, the button that sends it."""
    return _as_it_stood(kept) or current_app.make_response(render_template("access/go_on.html", kept=kept))


def _sent_anew() -> None:
    public_id, path = session.get("kept") or ("", "")
    if path != request.path or (actor := actor_or_none()) is None:
        return
    session.pop("kept")
    with writing():
        actions.let_go(public_id, actor.id)


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
