"""The steps of a delivery, each with a page of its own."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.db import writing
from app.db.clock import now
from app.flow import Refused, wrong_status
from app.intake import takes
from app.page_language import current_language
from app.summaries import actions, judgement, queries
from app.summaries.domain import Counted, Kind, filled
from app.summaries.kinds import kind_of
from app.summaries.models import Summary
from app.summaries.routes.blueprint import Answer, bp, found
from app.values.clock import local_date
from app.values.language import N_, Language
from forms.base import VersionedForm
from forms.summaries import (
    ApproveSummaryForm,
    BeginForm,
    ReviseForm,
    SendBackSummaryForm,
    SubmitForm,
    TextsForm,
    texts_form,
    texts_shown,
)

P = Permission


@bp.route("/<kind>/<int:year>/begynn", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.WRITE_SUMMARY,))
def begin(kind: str, year: int) -> Answer:
    """The first version, as an empty draft."""
    known, actor, at = kind_of(kind) or abort(404), current_actor(), now()
    form = BeginForm(data={"language": current_language()}) if request.method != "POST" else BeginForm()
    closed = judgement.why_not_begin(known, year, actor, local_date(at))
    if request.method == "GET" or not form.validate_on_submit():
        page = render_template("summaries/begin.html", form=form, kind=known, year=year, closed=closed)
        return page, _code()

    def make() -> str:
        made = actions.begin(known, year, Language(form.language.data), by=actor, at=at)
        return url_for("summaries.edit", public_id=made.public_id)

    return redirect(once(form.token, at, make), 303)


@bp.route("/<public_id>/rediger", methods=["GET", "POST"])
@takes(megabytes=2)
@needs(P.READ_CASES, post=(P.WRITE_SUMMARY,))
def edit(public_id: str) -> Answer:
    """The texts as a form, with the list of figures to choose from."""
    summary, kind = found(public_id)
    actor, at = current_actor(), now()
    closed = judgement.why_not_edit(summary, actor)
    if request.method != "POST":
        return _edit_page(summary, kind, texts_shown(kind.sections, summary.texts, summary.version), closed), 200
    form = texts_form(kind.sections)()
    if not form.validate_on_submit():
        return _edit_page(summary, kind, form, closed), 422
    try:
        with writing():
            actions.change(summary, form.texts(), by=actor, at=at, version=form.seen_version)
    except Refused as refused:
        if not any(each.of for each in refused.reasons):
            raise
        form.tell(refused.reasons)
        summary, kind = found(public_id)
        return _edit_page(summary, kind, form, []), 422
    return _done(N_("Teksten er lagret."), public_id)


@bp.route("/<public_id>/til-godkjenning", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.WRITE_SUMMARY,))
def submit(public_id: str) -> Answer:
    """The text is done, for another to read."""
    summary, kind = found(public_id)
    actor, at = current_actor(), now()
    form = SubmitForm(data={"version": summary.version})
    if not form.validate_on_submit():
        return _step_page("summaries/submit.html", summary, kind, form, "summaries.submit")
    with writing():
        actions.submit(summary, by=actor, at=at, version=form.seen_version)
    return _done(N_("Leveransen er sendt til godkjenning."), public_id)


@bp.route("/<public_id>/godkjenn", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.APPROVE_SUMMARY,))
@fresh_password
def approve(public_id: str) -> Answer:
    """Another person approves the text and the figures they see, and these are frozen."""
    summary, kind = found(public_id)
    actor, at = current_actor(), now()
    form = ApproveSummaryForm(data={"version": summary.version})
    if request.method != "POST" or not form.validate_on_submit():
        return _step_page("summaries/approve.html", summary, kind, form, "summaries.approve")
    with writing():
        actions.approve(summary, str(form.seal.data), by=actor, at=at, version=form.seen_version)
    return _done(N_("Leveransen er godkjent, og tallene er frosset."), public_id)


@bp.route("/<public_id>/send-tilbake", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.APPROVE_SUMMARY,))
def send_back(public_id: str) -> Answer:
    """Back to the writer, with why."""
    summary, kind = found(public_id)
    actor, at = current_actor(), now()
    form = SendBackSummaryForm(data={"version": summary.version})
    if not form.validate_on_submit():
        return _step_page("summaries/send_back.html", summary, kind, form, "summaries.send_back")
    with writing():
        actions.send_back(summary, str(form.cause.data), by=actor, at=at, version=form.seen_version)
    return _done(N_("Leveransen er sendt tilbake."), public_id)


@bp.route("/<public_id>/ny-versjon", methods=["GET", "POST"])
@needs(P.READ_CASES, post=(P.WRITE_SUMMARY,))
def revise(public_id: str) -> Answer:
    """A new version that begins with the approved one's texts."""
    summary, kind = found(public_id)
    actor, at = current_actor(), now()
    form = ReviseForm(data={"version": summary.version})
    if not form.validate_on_submit():
        return _step_page("summaries/revise.html", summary, kind, form, "summaries.revise")
    with writing():
        made = actions.revise(summary, by=actor, at=at, version=form.seen_version).public_id
    flash(N_("Den nye versjonen er et utkast. Den godkjente står som før."), "success")
    return redirect(url_for("summaries.edit", public_id=made), 303)


def _edit_page(summary: Summary, kind: Kind, form: TextsForm, closed: object) -> str:
    counted = queries.counted_now(summary.kind, summary.year, now())
    return render_template("summaries/edit.html", form=form, summary=summary, kind=kind, counted=counted, closed=closed)


def _step_page(template: str, summary: Summary, kind: Kind, form: VersionedForm, endpoint: str) -> tuple[str, int]:
    counted: Counted = queries.counted_now(summary.kind, summary.year, now())
    offered = judgement.offers(summary, kind, counted, current_actor())
    offer = next((each for each in offered if each.endpoint == endpoint), None)
    if isinstance(form, ApproveSummaryForm):
        form.seal.data = actions.seal_of(counted)
    texts = {s.code: filled(str(summary.texts.get(s.code, "")), counted, summary.language) for s in kind.sections}
    page = render_template(
        template,
        summary=summary,
        kind=kind,
        form=form,
        offer=offer,
        counted=counted,
        texts=texts,
        wrong_status=[wrong_status(summary.status)],
    )
    return page, _code()


def _code() -> int:
    return 422 if request.method == "POST" else 200


def _done(words: str, public_id: str) -> Response:
    flash(words, "success")
    return redirect(url_for("summaries.summary", public_id=public_id), 303)
