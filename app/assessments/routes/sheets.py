"""The assessment page: start, fill in, finish, open again."""

from dataclasses import replace

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.assessments import actions, judgement, queries
from app.assessments.domain import Sheet, missing, proposed_sum, suggested, too_low, weighted
from app.assessments.queries import OnSheet
from app.assessments.routes.blueprint import Page, bp, case_of, seen_version, to_sheet
from app.assessments.routes.saving import above, kept, stale, told
from app.budget.queries import open_debts
from app.cases.models import Case
from app.cases.queries import remembering
from app.db import writing
from app.db.clock import now
from app.flow import Reason, Refused, Stale
from app.intake import takes
from app.rules.domain import THE_BUDGET, Rules
from app.rules.queries import rules_of
from app.values.language import N_
from forms.assessments import SheetForm, as_typed, sheet_form
from forms.cases import DeclareForm


@bp.post("/saker/<number>/start")
@needs(Permission.ASSESS)
def start(number: str) -> Response:
    """Start the assessment and go to it."""
    case = case_of(number)
    with writing():
        actions.start(case.id, by=current_actor(), at=now(), version=seen_version())
    return to_sheet(case)


@bp.route("/saker/<number>/vurdering", methods=["GET", "POST"])
@takes(megabytes=2)
@needs(Permission.READ_CASES, post=(Permission.ASSESS,))
def sheet(number: str) -> Page:
    """One's own sheet beside the application; read-only when finished, closed to those who may not."""
    case, actor = case_of(number), current_actor()
    rules, seen = rules_of(case.rule_version_id), queries.on_sheet(case, actor.id)
    own, applied = seen.own, seen.applied
    made = sheet_form(rules, seen.stored.cuts)
    known = suggested(rules, applied.sent)
    form = made(data=as_typed(seen.stored, own.version if own else 0, known))
    if request.method != "POST":
        return _page(case, rules, seen, form)
    # The page would have no form to keep what was typed in; the refusal shows it.
    if reasons := judgement.closed_to(case, actor) or judgement.why_not_save(own):
        raise Refused(reasons)
    as_one_goes = "X-As-One-Goes" in request.headers
    if not form.validate():
        return told(form) if as_one_goes else (_page(case, rules, seen, form), 422)
    try:
        return _kept(case, rules, form, form.facts(known)) if as_one_goes else _save(case, rules, seen, form)
    except Stale:
        return stale() if as_one_goes else _both(case, rules, form)


def _kept(case: Case, rules: Rules, form: SheetForm, filled: Sheet) -> Response:
    """Saved as one goes: what the page's bar shows of it."""
    at = now()
    with writing():
        saved = actions.save_assessment(case.id, filled, by=current_actor(), at=at, version=form.seen_version)
    return kept(saved.version, at, proposed_sum(filled), case.applied_ore, weighted(rules, filled))


def _save(case: Case, rules: Rules, seen: OnSheet, form: SheetForm) -> Page:
    """Save always; finish when that was the button and nothing is missing."""
    actor, filled, at = current_actor(), form.facts(suggested(rules, seen.applied.sent)), now()
    with writing():
        saved = actions.save_assessment(case.id, filled, by=actor, at=at, version=form.seen_version)
    if request.form.get("do") != "finish":
        flash(N_("Vurderingen er lagret."), "success")
        return to_sheet(case)
    if lacking := missing(rules, filled, case.applied_ore):
        form.version.raw_data = None
        form.version.data = saved.version
        return _page(case, rules, replace(queries.on_sheet(case, actor.id), stored=filled), form, lacking), 422
    with writing():
        actions.finish(case.id, by=actor, at=at, version=saved.version)
    flash(N_("Søknaden er ferdig vurdert."), "success")
    return to_sheet(case)


def _both(case: Case, rules: Rules, form: SheetForm) -> tuple[str, int]:
    """Saved from another window meanwhile: what was typed stays in the form, what is stored stands beside it."""
    seen = queries.on_sheet(case, current_actor().id)
    form.version.raw_data = None
    form.version.data = seen.own.version if seen.own else 0
    return _page(case, rules, seen, form, stale=True), 409


@bp.post("/saker/<number>/vurdering/apne")
@needs(Permission.ASSESS)
def reopen(number: str) -> Response:
    """Open one's finished sheet to change it."""
    case = case_of(number)
    with writing():
        actions.reopen(case.id, by=current_actor(), at=now(), version=seen_version())
    return to_sheet(case)


def _page(
    case: Case,
    rules: Rules,
    seen: OnSheet,
    form: SheetForm,
    lacking: list[Reason] | None = None,
    *,
    stale: bool = False,
) -> str:
    actor, applied, own, stored = current_actor(), seen.applied, seen.own, seen.stored
    known = suggested(rules, applied.sent)
    done = own is not None and own.finished_at is not None
    assesses = actor.may(Permission.ASSESS)
    with remembering(case.id, actor.id, seen.declared):
        closed = judgement.closed_to(case, actor)
    sum_ore = proposed_sum(form.facts(known) if not form.errors else stored)
    return render_template(
        "assessments/sheet.html",
        case=case,
        rules=rules,
        applied=applied,
        the_budget=THE_BUDGET,
        own=own,
        done=done,
        stored=stored,
        form=form,
        lacking=lacking or [],
        stale=stale,
        closed=closed,
        undeclared=assesses and case.id not in seen.declared,
        asked=DeclareForm(formdata=None),
        others=seen.others,
        assesses=assesses,
        known=known,
        sum_ore=sum_ore,
        above=above(sum_ore, case.applied_ore),
        score=weighted(rules, stored),
        low=too_low(rules, stored),
        back=seen.back,
        debt=open_debts([case.party_id]).get(case.party_id),
        last_year_ore=applied.last_year_ore,
        following=queries.next_for(actor.id, case.id) if done else None,
    )
