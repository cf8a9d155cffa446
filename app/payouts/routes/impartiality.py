"""«Er du habil?» on top of the lines: one answer for all cases on the page that the person has not answered for."""

from collections.abc import Callable, Iterable, Sequence

from flask import flash, redirect
from werkzeug.wrappers import Response

from app.access.guards import current_actor
from app.cases.models import Case
from app.db import db, writing
from app.db.clock import now
from app.flow import Stale
from app.payouts import actions
from app.payouts.judgement import unanswered
from app.payouts.queries import Seen
from app.values.language import N_
from forms.payouts import ImpartialForm


def form_for(rows: Iterable[Seen], sent: ImpartialForm | None = None) -> ImpartialForm | None:
    """The form for what is not answered on the page, as it was `sent` when it came back; None when all is."""
    return form_of(unanswered(rows), sent)


def form_of(cases: Sequence[Case], sent: ImpartialForm | None = None) -> ImpartialForm | None:
    """The form for these cases, as it was `sent` when it came back; None without any."""
    if not cases:
        return None
    form = sent or ImpartialForm(formdata=None)
    for field in (form.exceptions, form.answer, form.reason):
        field.id = f"declare-{field.name}"
    form.offer([(str(case.number), f"{case.party_name} · {case.number}") for case in cases])
    return form


def answered(draw: Callable[[ImpartialForm], str], on_page: Iterable[Case], back: str) -> Response | tuple[str, int]:
    """Store the answer and lead back to the page; a form that lacks something is drawn again as it was sent.

    `on_page`: the cases this person answers for on that page, answered or not. Raises Stale for any other.
    """
    form, actor, at = ImpartialForm(), current_actor(), now()
    theirs = {str(case.number) for case in on_page}
    if not form.validate_on_submit():
        return draw(form), 422
    asked, exceptions, reason = form.facts()
    if not {*asked, *exceptions} <= theirs:
        raise Stale
    db.session.rollback()
    with writing():
        actions.declare_lines(asked, exceptions, reason, by=actor, at=at)
    flash(N_("Svaret om habilitet er lagret."), "success")
    return redirect(back, 303)
