"""The recommendation page, taking back, and the decider's «do it again»."""

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.assessments import actions, judgement, queries
from app.assessments.domain import (
    Outcome,
    Placed,
    Proposal,
    Sheet,
    is_overall,
    nothing_met,
    outcome_of,
    overall,
    proposed_sum,
    reasons_against,
    reasons_from,
    too_low,
)
from app.assessments.models import Recommendation
from app.assessments.queries import Applied, Round
from app.assessments.routes.blueprint import Page, bp, case_of, seen_version, to_case
from app.cases.models import Case
from app.cases.queries import standing
from app.cases.workflow import CASE, Step
from app.db import writing
from app.db.clock import now
from app.dispatch.words import say
from app.flow import Reason, why_not
from app.intake import takes
from app.rules.domain import Rules
from app.rules.queries import rules_of
from app.values.language import N_, Choice, Language, choose_language
from forms.assessments import RecommendForm, SendBackForm

FACTS = N_("%(party)s søker om %(applied_ore)s til prosjektet «%(title)s».")


@bp.route("/saker/<number>/innstilling", methods=["GET", "POST"])
@takes(megabytes=1)
@needs(Permission.RECOMMEND)
def recommend(number: str) -> Page:
    """Outcome, conditions, facts and reasons; nothing that stands in the sheet is typed again."""
    case, actor = case_of(number), current_actor()
    rules, applied = rules_of(case.rule_version_id), queries.applied(case)
    found = queries.finished_sheet(case)
    filled = found[1] if found else None
    chosen = _language(case, applied)
    round_ = queries.round_of_case(case, rules, actor)
    form = _form(case, rules, applied, filled, chosen.language)
    placed = _placed(round_, case, filled)
    if request.method == "GET" and round_ and round_.frame and placed and not placed.within:
        # Nor is anything chosen beforehand against the frame.
        form.outcome.data = None
    proposal = None
    if form.validate_on_submit():
        proposal = form.facts(proposed_sum(filled) if filled else 0, rules.conditions_in(chosen.language))
        lacking = reasons_against(proposal, rules, filled, case.applied_ore)
        if request.form.get("do") == "recommend" and not lacking:
            with writing():
                actions.recommend(case.id, proposal, by=actor, at=now(), version=form.seen_version)
            flash(N_("Innstillingen er laget og ligger hos den som vedtar."), "success")
            return to_case(case)
        if request.form.get("do") == "recommend":
            form.tell(lacking)
    return _page(case, rules, filled, chosen, form, proposal, round_), 422 if form.errors else 200


def _form(case: Case, rules: Rules, applied: Applied, filled: Sheet | None, language: Language) -> RecommendForm:
    """Filled from the last recommendation where there is one, else from the sheet and the application."""
    last = queries.last_recommendation(case.id)
    form = RecommendForm(data={"version": case.version, **_prefilled(case, rules, applied, filled, language, last)})
    sum_ore = proposed_sum(filled) if filled else 0
    grants = sum_ore > 0 and filled is not None and not nothing_met(rules, filled)
    outcomes = [outcome_of(sum_ore, case.applied_ore), Outcome.REFUSE] if grants else [Outcome.REFUSE]
    form.offer(outcomes, rules.conditions_in(language))
    return form


def _prefilled(
    case: Case, rules: Rules, applied: Applied, filled: Sheet | None, language: Language, last: Recommendation | None
) -> dict[str, object]:
    sum_ore = proposed_sum(filled) if filled else 0
    low = _low(rules, filled)
    start: dict[str, object] = {
        # Nothing is chosen beforehand against the scores.
        "outcome": None if low else outcome_of(sum_ore, case.applied_ore).value,
        "purpose": applied.application.purpose if applied.application else "",
        "facts_found": say(language, FACTS, party=case.party_name, applied_ore=case.applied_ore, title=case.title),
        "reasons": reasons_from(rules, filled, language) if filled else "",
        "conditions": list(range(len(rules.conditions))),
    }
    if last is not None:
        start |= {"purpose": last.purpose or start["purpose"], "facts_found": last.facts}
        start |= {"reasons": _renewed(last.reasons, rules, filled, language), "despite": last.despite if low else ""}
        if last.outcome is not Outcome.REFUSE:
            start |= _as_chosen(rules, last.conditions)
    return start


def _placed(round_: Round | None, case: Case, filled: Sheet | None) -> Placed | None:
    """Where the case stands in its round; nowhere while it has no score, or fell on a requirement."""
    return round_.ranking.of_case(case.id) if round_ and filled and not filled.fails else None


def _low(rules: Rules, filled: Sheet | None) -> Reason | None:
    """What the scores say against a grant, where one could be proposed at all."""
    return too_low(rules, filled) if filled and proposed_sum(filled) else None


def _renewed(reasons: str, rules: Rules, filled: Sheet | None, language: Language) -> str:
    """The reasons as they were written; the made sentence about the whole follows the scores as they are now."""
    first, *rest = reasons.split("\n")
    whole = overall(rules, filled, language) if filled else ""
    return "\n".join([whole if whole and is_overall(first) else first, *rest])


def _as_chosen(rules: Rules, conditions: list[str]) -> dict[str, object]:
    """The ticks and own conditions of a recommendation; the language of the letter may have changed since."""
    ticked = [n for n, words in enumerate(rules.conditions) if {words.nb, words.nn} & set(conditions)]
    from_rules = {text for words in rules.conditions for text in (words.nb, words.nn)}
    return {"conditions": ticked, "own_conditions": "\n".join(each for each in conditions if each not in from_rules)}


def _language(case: Case, applied: Applied) -> Choice:
    written = Language(applied.application.language) if applied.application else None
    return choose_language(case.party.language_decision, written)


def _page(
    case: Case,
    rules: Rules,
    filled: Sheet | None,
    chosen: Choice,
    form: RecommendForm,
    proposal: Proposal | None,
    round_: Round | None,
) -> str:
    actor = current_actor()
    return render_template(
        "assessments/recommend.html",
        case=case,
        rules=rules,
        form=form,
        chosen=chosen,
        proposal=proposal,
        sum_ore=proposed_sum(filled) if filled else 0,
        round=round_,
        placed=_placed(round_, case, filled),
        low=_low(rules, filled),
        nothing_met=filled is not None and nothing_met(rules, filled),
        closed=judgement.why_not_recommend(case, actor, filled),
        back=queries.returned([case.id]).get(case.id),
    )


@bp.post("/saker/<number>/innstilling/trekk")
@needs(Permission.RECOMMEND)
def take_back(number: str) -> Response:
    """Take the recommendation back before it is decided."""
    case = case_of(number)
    with writing():
        actions.take_back(case.id, by=current_actor(), at=now(), version=seen_version())
    flash(N_("Innstillingen er trukket tilbake."), "success")
    return to_case(case)


@bp.route("/saker/<number>/send-tilbake", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def send_back(number: str) -> Page:
    """Send the case back to the officer with a cause and words."""
    case, actor = case_of(number), current_actor()
    form = SendBackForm(version=case.version)
    if form.validate_on_submit():
        cause, words = form.facts()
        with writing():
            actions.send_back(case.id, cause, words, by=actor, at=now(), version=form.seen_version)
        flash(N_("Saken er sendt tilbake til saksbehandleren."), "success")
        return to_case(case)
    closed = why_not(CASE, Step.SEND_BACK, standing(case, actor), actor)
    page = render_template("assessments/send_back.html", case=case, form=form, closed=closed)
    return page, 422 if form.errors else 200
