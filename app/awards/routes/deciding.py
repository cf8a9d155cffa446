"""The decider's list, and one decision with the exact letter on the page (pages.md §5)."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, fresh_password, needs
from app.access.models import User
from app.awards import actions, judgement, letter_facts, queries
from app.awards.content import ended
from app.awards.domain import Piece, as_told, payment_plan
from app.awards.queries import DecisionBasis
from app.awards.routes.blueprint import Answer, bp
from app.cases.models import Case
from app.cases.queries import by_number, standing
from app.cases.workflow import CASE, Step
from app.db import db, writing
from app.db.clock import now
from app.dispatch.composing import kept, pages_of, printed
from app.documents.models import Document
from app.documents.queries import read
from app.flow import Offer, Stale, Standing, why_not
from app.values.clock import local_date
from app.values.language import N_
from app.values.wholenumber import small_number
from forms.awards import DecideForm, show_pieces

P = Permission
ONE = "/saker/<number>/vedtak"


@bp.get("/vedtak")
@needs(P.DECIDE)
def to_decide() -> str:
    """The recommended cases, with the running total against each frame; many stand on several pages."""
    place = (request.args.get("side", type=small_number) or 1) - 1
    page = queries.to_decide(place)
    return render_template(
        "awards/to_decide.html",
        groups=page.groups,
        newer=url_for("awards.to_decide", side=place) if place else None,
        older=url_for("awards.to_decide", side=place + 2) if page.more else None,
    )


@bp.get(ONE)
@needs(P.READ_CASES)
def decision(number: str) -> Answer:
    """One decision: to be made, or as it was made."""
    actor = current_actor()
    basis = queries.basis_by_number(number, actor)
    if basis is None:
        return _made(by_number(number, actor) or abort(404), actor, now())
    return _to_sign(basis, actor, now())


@bp.post(ONE)
@needs(P.DECIDE)
@fresh_password
def decide(number: str) -> Answer:
    """Decide what was read. A letter that changed since is shown anew, with what changed."""
    actor, at = current_actor(), now()
    case = by_number(number, actor) or abort(404)
    form = DecideForm()
    form.limit(local_date(at), letter_facts.send_within_days())
    if not form.validate_on_submit():
        return _again(number, actor, at, (), 422, form)
    seen = form.facts()
    if _done_already(case, seen.letter_hash, actor):
        return redirect(url_for("awards.decision", number=number), 303)
    try:
        with writing():
            actions.decide(case.id, seen, by=actor, at=at)
    except actions.Changed as stale:
        return _again(number, actor, at, stale.pieces, 409, form)
    flash(N_("Vedtaket er gjort. Brevet er på vei."), "success")
    return redirect(url_for("awards.decision", number=number), 303)


@bp.get(ONE + "/brev.pdf")
@needs(P.READ_CASES)
def letter_pdf(number: str) -> Response:
    """The letter as a PDF: the one that would be sent now, or the one that was decided. Changes nothing."""
    actor = current_actor()
    basis = queries.basis_by_number(number, actor)
    if basis is not None:
        facts = _facts(basis, actor, now(), None)
        if letter_facts.why_not_letter(facts):
            abort(404)
        data = letter_facts.pdf(facts)
    else:
        data = _stored((by_number(number, actor) or abort(404)).id)
    response = make_response(data)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


def _stored(case_id: int) -> bytes:
    """The very bytes that are sent; until they are made, the letter as it was composed with the decision."""
    made = queries.decision_of(case_id)
    if made is None or made.outgoing is None or made.outgoing.blocks is None:
        abort(404)
    if made.outgoing.document_id is not None:
        return read(db.session.get_one(Document, made.outgoing.document_id).sha256)
    return printed(made.outgoing.blocks)


def _facts(basis: DecisionBasis, actor: Actor, at: datetime, send_on: date | None) -> letter_facts.LetterFacts:
    """Signed by who reads it when they may decide now; to everybody else it is a draft with the line open."""
    today = local_date(at)
    closed = judgement.why_not_decide(basis, standing(basis.case, actor), actor, today)
    decider = None if closed else db.session.get_one(User, actor.id)
    return letter_facts.facts_of(basis, decider, send_on or today)


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
    basis = queries.basis_by_number(number, actor)
    if basis is None:
        raise Stale
    return _to_sign(basis, actor, at, status=status, changed=pieces, typed=form)


def _to_sign(
    basis: DecisionBasis,
    actor: Actor,
    at: datetime,
    *,
    status: int = 200,
    changed: Sequence[Piece] = (),
    typed: DecideForm | None = None,
) -> tuple[str, int]:
    form, today = typed or DecideForm(formdata=None), local_date(at)
    facts = _facts(basis, actor, at, form.send_on.data)
    lacks = letter_facts.why_not_letter(facts)
    letter = None if lacks else letter_facts.preview(facts)
    stands = standing(basis.case, actor)
    closed = judgement.why_not_decide(basis, stands, actor, today)
    amount = basis.recommendation.amount_ore
    form.version.data = basis.case.version
    form.letter_hash.data = letter_facts.letter_hash(facts)
    form.pieces.data = show_pieces(letter_facts.pieces(facts))
    page = render_template(
        "awards/decide.html",
        basis=basis,
        step=judgement.step_of(basis),
        form=form,
        checks=judgement.checks(basis, stands, actor, today),
        signs=not closed,
        reasons=[*closed, *lacks],
        lacks=lacks,
        changed=changed,
        stale=status == 409,
        chosen_day=form.send_on.data is not None and list(changed) == [Piece.DATED],
        revised=judgement.revised(basis),
        reports=as_told(basis.rules, today).reports,
        plan=payment_plan(amount, basis.rules) if amount else (),
        language_choice=letter_facts.language_of(basis),
        letter=letter,
        pages=pages_of(letter),
        left_ore=judgement.left_after(basis),
        beside=queries.beside(basis.case) if actor.may(P.DECIDE) else None,
        send_back=_send_back(basis.case, stands, actor),
    )
    return page, status


def _send_back(case: Case, stands: Standing, actor: Actor) -> Offer | None:
    """Shown to who decides, open or closed; the room before us does it."""
    if not actor.may(P.DECIDE):
        return None
    reasons = why_not(CASE, Step.SEND_BACK, stands, actor)
    return Offer(Step.SEND_BACK, tuple(reasons), "assessments.send_back", {"number": str(case.number)})


def _made(case: Case, actor: Actor, at: datetime) -> str:
    made = queries.decision_of(case.id)
    letter = kept(made.outgoing.blocks) if made and made.outgoing else None
    award = made.award if made else None
    return render_template(
        "awards/decision.html",
        case=case,
        made=made,
        ended=ended(award),
        letter=letter,
        pages=pages_of(letter),
        beside=queries.beside(case) if made and actor.may(P.DECIDE) else None,
        told=queries.told(made.decision.id) if made else None,
        accept_by_on=queries.accept_by(award) if award else None,
        instalments=queries.instalments_of(award.id) if award else (),
        offers=judgement.offers(case, actor, at) if award else (),
    )
