"""The recipient's own report: write, look over, sign and deliver, receipt."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.creating import once
from app.access.domain import Permission as P
from app.access.guards import current_actor, fresh_password, needs
from app.db import db, writing
from app.db.clock import now
from app.documents.actions import Upload, take_upload
from app.documents.domain.files import FileType
from app.documents.domain.uploads import NotTaken
from app.flow import Stale, why_not
from app.intake import takes
from app.page_language import current_language
from app.reports import actions, queries
from app.reports.domain import Paper, asked, auditor_need, in_words, missing, questions_of
from app.reports.routes.blueprint import bp
from app.reports.workflow import REPORT, Step
from app.templating import reason
from app.values.language import N_
from forms.differing import differing
from forms.reports import DeliverForm, ReportForm, report_form, stored

BASE = "/vaar-side/rapporter/<public_id>"


@bp.get(BASE)
@needs(P.OWN_PORTAL)
def edit(public_id: str) -> Response | str:
    """The form as it stands; a delivered report shows its receipt."""
    read = _own(public_id)
    if read.report.status not in queries.OPEN_TO_RECIPIENT:
        return redirect(url_for("reports.receipt", public_id=public_id), 303)
    return _page(read, _form(read))


@bp.post(BASE)
@takes(megabytes=32)
@needs(P.WRITE_OWN)
def save(public_id: str) -> Response | tuple[str, int]:
    """Keep what is written, complete or not."""
    read, at = _own(public_id), now()
    form = _form(read)
    if not form.validate_on_submit():
        return _page(read, form), 422
    papers = _papers(form, at)
    if form.errors:
        return _page(_own(public_id), form), 422
    try:
        with writing():
            actions.save(
                read.report.id,
                form.facts(),
                by=current_actor(),
                at=at,
                version=form.seen_version,
                papers=papers,
                language=current_language(),
            )
    except Stale as stale:
        stale.conflict = _conflict(public_id, form)
        raise
    if any(upload.waits for upload in papers.values()):
        flash(N_("Filen er lagret. Den kan åpnes når den er sjekket for virus."), "info")
    if request.form.get("go") == "next":
        return redirect(url_for("reports.look_over", public_id=public_id), 303)
    flash(N_("Rapporten er lagret. Den er ikke levert ennå."), "success")
    return redirect(url_for("reports.edit", public_id=public_id), 303)


@bp.get(f"{BASE}/signer")
@needs(P.OWN_PORTAL)
def look_over(public_id: str) -> Response | str:
    """What is signed, or what is missing before it can be."""
    read = _own(public_id)
    if read.report.status not in queries.OPEN_TO_RECIPIENT:
        return redirect(url_for("reports.receipt", public_id=public_id), 303)
    return _look_over(read, DeliverForm(data={"version": read.report.version}))


@bp.post(f"{BASE}/lever")
@needs(P.SIGN_OWN)
@fresh_password
def deliver(public_id: str) -> Response | tuple[str, int]:
    """Sign and deliver; the same page sent twice leads to the same receipt."""
    read, at = _own(public_id), now()
    form = DeliverForm()
    if not form.validate_on_submit():
        return _look_over(read, form), 422
    actor, report_id, version = current_actor(), read.report.id, form.seen_version

    def make() -> str:
        actions.deliver(report_id, by=actor, at=at, version=version)
        return url_for("reports.receipt", public_id=public_id)

    return redirect(once(form.token, at, make), 303)


@bp.get(f"{BASE}/kvittering")
@needs(P.OWN_PORTAL)
def receipt(public_id: str) -> str:
    """What was delivered, when and by whom, and what happens now."""
    read = _own(public_id)
    return render_template("reports/receipt.html", **_facts(read), lines=read.snapshot.lines)


def _own(public_id: str) -> queries.Read:
    """The report, or 404: whose it is, is not told."""
    read = queries.own(public_id, current_actor())
    if read is None:
        abort(404)
    return read


def _papers(form: ReportForm, at: datetime) -> dict[Paper, Upload]:
    """The files that were chosen and taken; why one was not stands at its field. Nothing is held while one is read."""
    taken = {}
    for paper, field in form.uploads.items():
        if chosen := field.chosen:
            db.session.rollback()
            try:
                taken[paper] = take_upload(chosen.stream, chosen.filename or "", FileType.PDF, at=at)
            except NotTaken as refused:
                field.refuse(reason(refused.reason))
    return taken


def _form(read: queries.Read) -> ReportForm:
    report, lines = read.report, read.snapshot.lines
    made = report_form(lines, read.rules, report.kind, current_language())
    form = made(data=_form_data(read))
    form.limit(report.cutoff_on, report.due_on)
    return form


def _facts(read: queries.Read) -> dict[str, Any]:
    """What the recipient's three pages share."""
    language = current_language()
    return {
        "read": read,
        "report": read.report,
        "act_by": queries.act_by([read.report])[read.report.id],
        "case": read.case,
        "language_now": language,
        "questions": questions_of(read.rules),
        "indicators": read.rules.indicators,
        "signs": read.rules.needs_accounts(read.report.kind),
        "auditor": auditor_need(read.report.kind, read.award.amount_ore, read.rules),
        "lacks": in_words(missing(read.snapshot), language),
        "sections": read.rules.sections,
        "promised": read.promised,
        "asked_codes": {question.code for question in asked(read.rules)},
    }


def _page(read: queries.Read, form: ReportForm) -> str:
    return render_template("reports/edit.html", form=form, lines=read.snapshot.lines, **_facts(read))


def _look_over(read: queries.Read, form: DeliverForm) -> str:
    facts = _facts(read)
    reasons = why_not(REPORT, Step.DELIVER, read.report.standing(), current_actor(), facts["lacks"])
    return render_template("reports/look_over.html", form=form, reasons=reasons, lines=read.snapshot.lines, **facts)


def _conflict(public_id: str, mine: ReportForm) -> dict[str, Any]:
    """Both texts of each field that differs; nothing typed is lost."""
    read = _own(public_id)
    made = report_form(read.snapshot.lines, read.rules, read.report.kind, current_language())
    theirs = made(formdata=None, data=_form_data(read))
    return {
        "by": read.changed_by,
        "at": read.report.changed_at,
        "version": read.report.version,
        "action": url_for("reports.edit", public_id=public_id),
        "fields": differing(mine, theirs),
        "lost": [field.label.text for field in mine.uploads.values() if field.chosen],
    }


def _form_data(read: queries.Read) -> dict[str, Any]:
    report = read.report
    return {
        **stored(read.snapshot.lines, report.answers),
        "own_goal": report.own_goal,
        "unused_wish": report.unused_wish,
        "expected_used": report.expected_used_ore,
        "auditor_by_on": report.auditor_by_on,
        "version": report.version,
    }
