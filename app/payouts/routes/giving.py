"""The recipient's own page for another account number."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.creating import is_repeated, once
from app.access.domain import Permission
from app.access.guards import current_actor, fresh_password, needs
from app.awards.queries import signer_names
from app.cases.models import Case
from app.cases.queries import by_public_id
from app.db.clock import now
from app.flow import Reason
from app.parties.queries import last_account
from app.payouts import actions, queries
from app.payouts.judgement import why_not_give, why_not_number
from app.payouts.routes import bp
from app.rules.models import Track
from app.values.identity import mask_account
from app.values.language import N_
from forms.payouts import NewAccountForm


@bp.route("/nytt-kontonummer/<public_id>", methods=["GET", "POST"])
@needs(Permission.OWN_PORTAL, post=(Permission.SIGN_OWN,))
@fresh_password
def give_account(public_id: str) -> Response | str | tuple[str, int]:
    """See which number we have, and give another; closed with words to those who may not."""
    actor, at = current_actor(), now()
    case = by_public_id(public_id, actor)
    if (
        case is None
        or not actor.may(Permission.OWN_PORTAL, party_id=case.party_id)
        or not queries.takes_account(case.id)
    ):
        abort(404)
    form, reasons = NewAccountForm(), why_not_give(case, actor)
    if not form.is_submitted():
        return _page(case, form, reasons)
    if reasons:
        return _page(case, form, reasons), 409
    if not form.validate():
        return _page(case, form, reasons), 422
    if not is_repeated(form.token) and (same := why_not_number(last_account(case.party_id), str(form.account.data))):
        form.tell(same)
        return _page(case, form, reasons), 422
    case_id, back = case.id, _back(case)

    def make() -> str:
        actions.give_account(case_id, str(form.account.data), by=actor, at=at)
        return back

    address = once(form.token, at, make)
    flash(N_("Det nye kontonummeret er registrert. Vi ringer dere for å bekrefte det før vi betaler."), "success")
    return redirect(address, 303)


def _back(case: Case) -> str:
    """The award's page, or the agreements'."""
    if case.track is Track.COMPENSATION:
        return url_for("compensation.own")
    return url_for("portal.case", public_id=case.public_id)


def _page(case: Case, form: NewAccountForm, reasons: Sequence[Reason]) -> str:
    last = last_account(case.party_id)
    return render_template(
        "payouts/new_account.html",
        case=case,
        form=form,
        reasons=reasons,
        back=_back(case),
        masked=mask_account(last.account_no) if last and last.closed_at is None else None,
        signers=signer_names(case.party_id) if reasons else [],
    )
