"""Steps on a case that belong to no single stage: register, take, distribute, impartiality, close."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import actor_or_none, current_actor, fresh_password, needs
from app.access.queries import by_username
from app.access.queries import locked as locked_person
from app.cases import actions, judgement, queries
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.db import writing
from app.db.clock import now
from app.flow import Reason, Stale, not_impartial
from app.rules.queries import call_by_public_id, published_calls
from app.templating import word
from app.values.addresses import is_path
from app.values.language import N_
from app.values.wholenumber import large_number
from forms.cases import DeclareForm, DistributeForm, RoundForm, SettleForm, TitleForm

bp = Blueprint("cases", __name__)
Page = Response | str | tuple[str, int]


@bp.post("/saker/<number>/registrer")
@needs(Permission.REGISTER)
def register(number: str) -> Response:
    """Register the application; the archive registers without taking it."""
    case, actor = _case(number), current_actor()
    with writing():
        takes = case.officer_id is None and not judgement.assign_reasons(case, actor.id, actor)
        officer = by_username(actor.username) if takes else None
        actions.register(case.id, officer, by=actor, at=now(), version=_version())
    flash(N_("Søknaden er registrert."), "success")
    return _back(case)


@bp.post("/saker/<number>/ta")
@needs(Permission.ASSESS)
def take(number: str) -> Response:
    """Become the case's officer."""
    case, actor = _case(number), current_actor()
    with writing():
        me = by_username(actor.username)
        assert me is not None
        actions.assign(queries.locked(case.id), me, by=actor, at=now(), version=_version())
    flash(N_("Saken er din."), "success")
    return _back(case)


@bp.route("/saker/<number>/fordel", methods=["GET", "POST"])
@needs(Permission.DISTRIBUTE)
def distribute(number: str) -> Page:
    """Give the case to a colleague, seeing each one's load and declared ties."""
    case = _case(number)
    rows = queries.colleagues(case.id)
    form = DistributeForm(version=case.version, officer=case.officer_id)
    form.offer([(row.user.id, row.user.name) for row in rows])
    reasons = judgement.distribute_reasons(case, current_actor())
    if reasons or not form.validate_on_submit():
        return _page("distribute", form, case=case, rows=rows, reasons=reasons)
    with writing():
        # Before the case: whoever ends the receiver takes their cases in the same order (app.access.standing).
        receiver = locked_person(form.facts())
        actions.assign(queries.locked(case.id), receiver, by=current_actor(), at=now(), version=form.seen_version)
    flash(N_("Saken er fordelt."), "success")
    return _back(case)


@bp.route("/saker/<number>/prosjektnavn", methods=["GET", "POST"])
@needs(Permission.REGISTER)
def correct_title(number: str) -> Page:
    """Correct the name of the project, with the reason; the applicant sees both names."""
    case, actor = _case(number), current_actor()
    form = TitleForm(data={"version": case.version, "title": case.title})
    reasons = judgement.title_reasons(case, actor)
    if reasons or not form.validate_on_submit():
        return _page("title", form, case=case, reasons=reasons)
    title, reason = form.facts()
    with writing():
        actions.correct_title(case.id, title, reason, by=actor, at=now(), version=form.seen_version)
    flash(N_("Prosjektnavnet er rettet."), "success")
    return _back(case)


@bp.route("/saker/<number>/habilitet", methods=["GET", "POST"])
@needs(Permission.ASSESS, Permission.DECIDE)
def declare(number: str) -> Page:
    """One's own answer on this case; a stricter answer replaces the old, a milder one is the leader's to give."""
    case, actor = _case(number), current_actor()
    form = DeclareForm()
    if not form.validate_on_submit():
        told = queries.answers(case.id)
        before = next((each.answer for each in reversed(told) if each.user.id == actor.id), None)
        closed = judgement.why_not_declare(case, Impartiality.IMPARTIAL, actor)
        least = before.strictness if before else 0 if closed else -1
        form.offer([each for each in Impartiality if each.strictness > least])
        return _page(
            "declare", form, case=case, before=before, closed=closed, told=told, onward=request.values.get("next", "")
        )
    answer, reason = form.facts()
    with writing():
        actions.declare(queries.locked(case.id), answer, reason, by=actor, at=now())
    flash(N_("Svaret om habilitet er lagret."), "success")
    return _back(case)


@bp.route("/saker/<number>/habilitet/avgjor", methods=["GET", "POST"])
@needs(Permission.DECIDE)
@fresh_password
def settle(number: str) -> Page:
    """The leader settles a colleague's doubt, or changes what stands."""
    case, actor = _case(number), current_actor()
    told = queries.answers(case.id)
    asked = judgement.to_settle(told, actor)
    form = SettleForm(version=max((each.key for each in told), default=0))
    form.offer([(each.user.id, each.user.name) for each in asked.values()])
    if not asked or not form.validate_on_submit():
        return _page("settle", form, case=case, asked=list(asked.values()), told=told)
    user_id, answer, reason = form.facts()
    person, seen = asked[user_id].user, form.seen_version
    try:
        with writing():
            actions.settle(queries.locked(case.id), person, answer, reason, by=actor, at=now(), version=seen)
    except Stale as stale:
        stale.conflict = _conflict(case, user_id, reason)
        raise
    flash(N_("Habiliteten er avgjort."), "success")
    return _back(case)


def _conflict(case: Case, user_id: int, reason: str) -> dict[str, Any]:
    """The leader's reason beside what was answered after the page was shown, to settle anew or leave as it stands."""
    newer = queries.newest_answer(case.id, user_id)
    assert newer is not None
    theirs = word(newer.answer) + (f": {newer.reason}" if newer.reason else "")
    return {
        "by": newer.settled_by or newer.user.name,
        "at": newer.at,
        "version": newer.key,
        "action": url_for("cases.settle", number=case.number),
        "fields": [{"name": "reason", "words": N_("Begrunnelse"), "mine": reason, "theirs": theirs}],
    }


@bp.get("/habilitet")
@needs(Permission.ASSESS, Permission.DECIDE)
def rounds() -> str:
    """Which rounds one can answer for."""
    return render_template("cases/rounds.html", calls=published_calls())


@bp.route("/habilitet/<public_id>", methods=["GET", "POST"])
@needs(Permission.ASSESS, Permission.DECIDE)
def declare_round(public_id: str) -> Page:
    """One answer for all applicants of a round, but for the ticked."""
    call, actor = call_by_public_id(public_id) or abort(404), current_actor()
    rows = queries.of_call(call.id, actor)
    told = queries.declared([case.id for case in rows], actor.id)
    tied = [case for case in rows if told.get(case.id, Impartiality.IMPARTIAL) != Impartiality.IMPARTIAL]
    form = RoundForm()
    form.offer([(case.id, f"{case.party_name} · {case.number}") for case in rows if case not in tied])
    if not form.validate_on_submit():
        form.shown.data = [case.number for case in rows]
        if request.method == "GET":
            elsewhere = queries.ties(actor.id, [case.party_id for case in rows])
            form.exceptions.data = [case.id for case in rows if case.party_id in elsewhere and case.id not in told]
        stands = [(case, Impartiality(told[case.id])) for case in tied]
        return _page("declare_round", form, call=call, rows=rows, told=told, stands=stands)
    shown, exceptions, reason = form.facts()
    with writing():
        actions.declare_round(call.id, shown, exceptions, reason, by=actor, at=now())
    flash(N_("Svaret om habilitet er lagret."), "success")
    return redirect(request.path, 303)


@bp.post("/saker/<number>/avslutt")
@needs(Permission.RECOMMEND)
def close(number: str) -> Response:
    """Close the case."""
    case = _case(number)
    with writing():
        actions.close(case.id, by=current_actor(), at=now(), version=_version())
    flash(N_("Saken er avsluttet."), "success")
    return _back(case)


@bp.app_template_global()
def declare_here(reason: Reason) -> str | None:
    """Where the reader answers, and comes back from, when this is the reason on a page of a case; else None."""
    rule, actor = request.url_rule, actor_or_none()
    on_case = rule is not None and rule.rule.startswith("/saker/<number>") and rule.endpoint != "cases.declare"
    if not on_case or actor is None or [reason] != not_impartial(None):
        return None
    if not (actor.may(Permission.ASSESS) or actor.may(Permission.DECIDE)):
        return None
    return url_for("cases.declare", number=(request.view_args or {})["number"], next=request.script_root + request.path)


def _case(number: str) -> Case:
    return queries.by_number(number, current_actor()) or abort(404)


def _version() -> int:
    """The version seen, from the button's hidden field or its address."""
    seen: int | None = request.values.get("version", type=large_number)
    return abort(400) if seen is None else seen


def _back(case: Case) -> Response:
    """To the page the button stood on when it was one of the case's, else to the case page."""
    asked = request.form.get("next", "")
    own = f"{request.script_root}/saker/{case.number}"
    return redirect(asked if asked.startswith(f"{own}/") and is_path(asked) else own, 303)


def _page(name: str, form: Any, **values: Any) -> tuple[str, int]:
    status = 422 if request.method == "POST" else 200
    return render_template(f"cases/{name}.html", form=form, **values), status
