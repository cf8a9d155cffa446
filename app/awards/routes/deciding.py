"""The decider's list, and one decision with the exact letter on the page (pages.md §5)."""

from collections.abc import Sequence
from datetime import datetime

from flask import abort, current_app, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, needs
from app.access.models import User
from app.awards import actions, judgement, letter_facts, queries
from app.awards.domain import Piece, payment_plan
from app.awards.queries import Ground
from app.awards.routes.blueprint import Answer, bp
from app.cases.models import Case
from app.cases.queries import by_number, standing
from app.db import db, writing
from app.db.clock import now
from app.flow import Stale
from app.values.clock import local_date
from app.values.language import N_
from forms.awards import DecideForm, show_pieces

P = Permission
ONE = "/saker/<number>/vedtak"


@bp.get("/vedtak")
@needs(P.DECIDE)
def to_decide() -> str:
    """The recommended cases, with the running total against each frame."""
    return render_template("awards/to_decide.html", groups=queries.to_decide(current_actor()))


@bp.get(ONE)
@needs(P.READ_CASES)
def decision(number: str) -> Answer:
    """One decision: to be made, or as it was made."""
    actor = current_actor()
    ground = queries.ground_by_number(number, actor)
    if ground is None:
        return _made(by_number(number, actor) or abort(404), actor, now())
    return _to_sign(ground, actor, now())


@bp.post(ONE)
@needs(P.DECIDE)
def decide(number: str) -> Answer:
    """Decide what was read. A letter that changed since is shown anew, with what changed."""
    actor, at = current_actor(), now()
    case = by_number(number, actor) or abort(404)
    form = DecideForm()
    if not form.validate_on_submit():
        return _again(number, actor, at, (), 422, form)
    seen = form.facts()
    if _done_already(case, seen.letter_hash, actor):
        return redirect(url_for("awards.decision", number=number), 303)
    try:
        with writing():
            actions.decide(case.id, seen, by=actor, at=at)
    except actions.Changed as stale:
        return _again(number, actor, at, stale.pieces, 409)
    flash(N_("Vedtaket er gjort. Brevet er på vei."), "success")
    return redirect(url_for("awards.decision", number=number), 303)


@bp.get(ONE + "/brev.pdf")
@needs(P.READ_CASES)
def letter_pdf(number: str) -> Response:
    """The letter as a PDF: the one that would be sent now, or the one that was decided. Changes nothing."""
    actor = current_actor()
    ground = queries.ground_by_number(number, actor)
    if ground is not None:
        facts = _facts(ground, actor, now())
        if letter_facts.why_not_letter(facts):
            abort(404)
    else:
        made = queries.decision_of((by_number(number, actor) or abort(404)).id) or abort(404)
        facts = letter_facts.from_stored(made.decision.letter_facts)
    response = make_response(letter_facts.pdf(facts))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


def _facts(ground: Ground, actor: Actor, at: datetime) -> letter_facts.LetterFacts:
    return letter_facts.facts_of(ground, db.session.get_one(User, actor.id), local_date(at))


def _done_already(case: Case, letter_hash: str, actor: Actor) -> bool:
    """The same press twice: this person has decided exactly this letter."""
    if case.decided_by != actor.id:
        return False
    made = queries.decision_of(case.id)
    return made is not None and made.decision.letter_hash == letter_hash


def _again(
    number: str, actor: Actor, at: datetime, pieces: Sequence[Piece], status: int, form: DecideForm | None = None
) -> Answer:
    """The page as it is now, after a POST that did not do."""
    db.session.rollback()
    ground = queries.ground_by_number(number, actor)
    if ground is None:
        raise Stale
    return _to_sign(ground, actor, at, status=status, changed=pieces, typed=form)


def _to_sign(
    ground: Ground,
    actor: Actor,
    at: datetime,
    *,
    status: int = 200,
    changed: Sequence[Piece] = (),
    typed: DecideForm | None = None,
) -> tuple[str, int]:
    facts, today = _facts(ground, actor, at), local_date(at)
    lacks = letter_facts.why_not_letter(facts)
    stands = standing(ground.case, actor)
    amount = ground.recommendation.amount_ore
    form = typed or DecideForm(formdata=None)
    form.version.data = ground.case.version
    form.letter_hash.data = letter_facts.letter_hash(facts)
    form.pieces.data = show_pieces(letter_facts.pieces(facts))
    page = render_template(
        "awards/decide.html",
        ground=ground,
        step=judgement.step_of(ground),
        form=form,
        checks=judgement.checks(ground, stands, actor, today),
        reasons=[*judgement.why_not_decide(ground, stands, actor, today), *lacks],
        lacks=lacks,
        changed=changed,
        stale=status == 409,
        revised=judgement.revised(ground),
        plan=payment_plan(amount, ground.rules) if amount else (),
        language_choice=letter_facts.language_of(ground),
        letter=None if lacks else letter_facts.preview(facts),
        send_back=_send_back(ground, actor),
    )
    return page, status


def _send_back(ground: Ground, actor: Actor) -> str | None:
    """Always there for the decider; the room before us does it."""
    there = "assessments.send_back" in current_app.view_functions and actor.may(P.DECIDE)
    return url_for("assessments.send_back", number=ground.case.number) if there else None


def _made(case: Case, actor: Actor, at: datetime) -> str:
    made = queries.decision_of(case.id)
    letter = letter_facts.preview(letter_facts.from_stored(made.decision.letter_facts)) if made else None
    award = made.award if made else None
    return render_template(
        "awards/decision.html",
        case=case,
        made=made,
        letter=letter,
        instalments=queries.instalments_of(award.id) if award else (),
        offers=judgement.offers(case, actor, at) if award else (),
    )
