"""The recipient's own pages of an award: the letter, the terms, the account, and the answer, a yes or a no."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for

from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.applications.models import Application, BudgetKind
from app.assessments.domain import shared
from app.awards import actions, judgement, queries
from app.awards.content import ended
from app.awards.domain import uneven, why_not_account, why_not_revised
from app.awards.models import Award
from app.awards.routes.blueprint import Answer, bp
from app.cases.models import Case
from app.db import writing
from app.db.clock import now
from app.dispatch.composing import kept, pages_of
from app.flow import Reason
from app.page_language import current_language
from app.parties.domain import PaidTo
from app.parties.queries import last_account, paid_to
from app.rules.queries import rules_of
from app.values.identity import mask_account
from app.values.language import N_
from forms.awards import AcceptForm, DeclineForm, accept_form


@bp.route("/vaar-side/tilskudd/<public_id>", methods=["GET", "POST"])
@needs(Permission.OWN_PORTAL, post=(Permission.SIGN_OWN,))
@fresh_password
def accept(public_id: str) -> Answer:
    """See the grant and accept it; closed with words to those who may not, and after the deadline."""
    actor, at = current_actor(), now()
    found = queries.award_by_public_id(public_id, actor)
    if found is None:
        abort(404)
    award, case = found
    application = queries.application_of(case.id)
    form = _form(award, case, application)
    reasons = judgement.why_not_answer(award, actor, at)
    if request.method != "POST":
        return _page(award, case, application, form, reasons)
    if _twice(award, form):
        return redirect(url_for("awards.accept", public_id=public_id), 303)
    if reasons:
        return _page(award, case, application, form, reasons), 409
    if not _holds(award, application, form):
        return _page(award, case, application, form, reasons), 422
    facts = form.facts()
    with writing():
        actions.accept(award.id, facts, by=actor, at=at)
    flash(N_("Tilskuddet er akseptert. Dere får en bekreftelse på e-post."), "success")
    return redirect(url_for("awards.accept", public_id=public_id), 303)


@bp.route("/vaar-side/tilskudd/<public_id>/takk-nei", methods=["GET", "POST"])
@needs(Permission.OWN_PORTAL, post=(Permission.SIGN_OWN,))
@fresh_password
def decline(public_id: str) -> Answer:
    """What a no means, and the no; the same press twice leads on."""
    actor, at = current_actor(), now()
    award, case = queries.award_by_public_id(public_id, actor) or abort(404)
    form = DeclineForm(data={"version": award.version})
    if award.declined_at is not None:
        return redirect(url_for("awards.accept", public_id=public_id), 303)
    reasons = judgement.why_not_decline(award, actor)
    posted = request.method == "POST"
    if reasons or not (posted and form.validate()):
        page = render_template(
            "awards/decline.html",
            award=award,
            case=case,
            form=form,
            reasons=reasons,
            signers=queries.signer_names(award.party_id) if reasons else [],
        )
        return page, (409 if reasons else 422) if posted else 200
    with writing():
        actions.decline(award.id, form.reason.data or "", by=actor, at=at, version=form.seen_version)
    flash(N_("Dere har takket nei til tilskuddet."), "success")
    return redirect(url_for("awards.accept", public_id=public_id), 303)


def _twice(award: Award, form: AcceptForm) -> bool:
    """The same press twice: the version sent is the one before the acceptance."""
    return award.accepted_at is not None and form.version.data == award.version - 1


def _form(award: Award, case: Case, application: Application) -> AcceptForm:
    """With a line for each line of the budget when the award is partial: what is granted, and the recipient's own."""
    lines = queries.budget_of(application.id, BudgetKind.APPLIED) if award.partial else ()
    names = {each.code: each.words.in_(current_language()) for each in rules_of(case.rule_version_id).cost_types}
    shown = [(line.cost_code, line.text, line.text or names.get(line.cost_code, line.cost_code)) for line in lines]
    granted = queries.proposed(case) if lines else {}
    own = shared([line.amount_ore - granted.get(line.position, 0) for line in lines], application.own_funding_ore)
    filled = {f"line_{n}": granted.get(line.position, 0) + own[n] for n, line in enumerate(lines)} if granted else {}
    total_ore = award.amount_ore + application.own_funding_ore
    return accept_form(shown, total_ore, partial=award.partial)(data={"version": award.version, **filled})


def _holds(award: Award, application: Application, form: AcceptForm) -> bool:
    """Whether it can be taken: every fault is told at once, and of a field that is wrong itself nothing more."""
    valid = form.validate()
    if form.version.errors:
        return False
    facts = form.facts()
    account = [] if form.account.errors else why_not_account(facts, application.account_no)
    form.account.errors = [*form.account.errors, *account]
    revised = why_not_revised(facts, award.amount_ore, application.own_funding_ore, award.partial)
    if any(line.errors for line in form.lines):
        revised = []
    form.tell(why for why in revised if why.of not in form or not form[why.of].errors)
    return valid and not account and not revised


def _paid_to(award: Award, application: Application) -> PaidTo | None:
    """Where the money goes, once the recipient has said it."""
    newest = last_account(award.party_id) if award.accepted_at else None
    return paid_to(newest, award.account_id, application.account_no) if newest else None


def _page(award: Award, case: Case, application: Application, form: AcceptForm, reasons: Sequence[Reason]) -> str:
    made = queries.decision_of(case.id)
    letter = kept(made.outgoing.blocks) if made and made.outgoing else None
    return render_template(
        "awards/accept.html",
        award=award,
        case=case,
        ended=ended(award),
        form=form,
        reasons=reasons,
        declining=judgement.why_not_decline(award, current_actor()),
        portal=url_for("portal.home", sak=case.public_id),
        accept_by_on=queries.accept_by(award) or award.accept_by_on,
        letter=letter,
        pages=pages_of(letter),
        instalments=queries.instalments_of(award.id),
        masked=mask_account(application.account_no),
        account=_paid_to(award, application),
        uneven=uneven(form.revised, award.amount_ore + application.own_funding_ore),
        own_funding_ore=application.own_funding_ore,
        signers=queries.signer_names(award.party_id) if reasons else [],
        revised=queries.budget_of(application.id, BudgetKind.REVISED) if award.accepted_at and award.partial else (),
    )
