"""The GP's own page (pages.md 12): what can be claimed, the sum and what the cap leaves out before it is sent."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.domain import Actor, Permission
from app.access.guards import current_actor, fresh_password, needs
from app.compensation import actions, judgement, queries
from app.compensation.domain import Period, next_period
from app.compensation.queries import Agreed, Claimed, Standing
from app.compensation.routes import bp
from app.compensation.routes.answers import Answer, answers_to
from app.compensation.routes.paging import Lists
from app.compensation.workflow import HELD, IN_FORCE, AgreementStatus
from app.db import writing
from app.db.clock import now
from app.flow import Reason
from app.parties.domain import PaidTo
from app.parties.queries import last_account, paid_to
from app.values.clock import local_date
from app.values.language import N_
from forms.compensation import AccountSeenForm


@bp.get("/krav-om-kompensasjon")
@needs(Permission.CLAIM_OWN)
def own() -> Response | str:
    """The agreements; with only one, straight to its claim."""
    actor = current_actor()
    every = queries.agreements_of(actor)
    agreed = [each for each in every if each.agreement.status in HELD]
    lists = Lists("compensation.own", "side")
    claims, count = queries.of_agreements([a.agreement.id for a in agreed], lists["side"])
    leaf = lists.leaf("side", len(claims), count=count)
    if lists.is_beyond:
        return lists.back()
    coming = _coming(agreed, actor, local_date(now()))
    return render_template(
        "compensation/own.html",
        agreed=agreed,
        asked=[each for each in every if each.agreement.status not in HELD and not each.agreement.is_to_sign],
        to_sign=[each for each in every if each.agreement.is_to_sign],
        claims=claims,
        leaf=leaf,
        this_year=local_date(now()).year,
        coming=coming,
        following=_after(list(coming.values()), request.args.get("etter", "")),
        drafts=queries.drafts_of([a.agreement.id for a in agreed]),
        offered=queries.offered([each.agreement.id for each in agreed if each.agreement.status in IN_FORCE]),
        first_day=queries.first_day,
        answers=_answers(every, actor),
        form=AccountSeenForm(formdata=None),
        accounts={each.agreement.id: money_to(each) for each in agreed},
        closed={
            each.agreement.id: judgement.why_not_confirm_account(each.agreement, each.account, actor)
            for each in agreed
            if each.account is not None and each.account.confirmed_at is None
        },
    )


@dataclass(frozen=True)
class NextClaim:
    """What comes next under an agreement: its days, or why there are none; and the last day to claim for them."""

    agreed: Agreed
    standing: Standing
    claimed: Claimed
    period: Period
    shut: list[Reason]
    last_on: date | None
    is_late: bool

    @property
    def left_ore(self) -> int | None:
        """What is left of the cap; None where the GP has moved and nothing more can be claimed here."""
        is_over = self.agreed.agreement.status is AgreementStatus.MOVED and self.shut
        return None if is_over else self.standing.left_ore


def _coming(agreed: list[Agreed], actor: Actor, today: date) -> dict[int, NextClaim]:
    """The same of each of these, by agreement; a few reads however many they are."""
    if not agreed:
        return {}
    claimed = queries.claimed_under([each.agreement.id for each in agreed])
    open_to = judgement.claimable([each.case for each in agreed], actor, today)
    found = {}
    for each in agreed:
        standing, shut = open_to[each.case.id]
        period = next_period(standing.agreed, standing.periods, today)
        late, last = standing.is_late(period.from_on, today), standing.rules_on(period.from_on).claims_until
        sums = claimed.get(each.agreement.id, Claimed())
        found[each.agreement.id] = NextClaim(each, standing, sums, period, shut, last, late)
    return found


def _after(coming: list[NextClaim], address: str) -> NextClaim | None:
    """The next GP by name that something can be claimed for, after the one that was claimed for, and round again."""
    places = [nr for nr, each in enumerate(coming) if each.agreed.case.public_id == address]
    if not places:
        return None
    rest = coming[places[0] + 1 :] + coming[: places[0]]
    return next((each for each in rest if not each.shut), None)


def _answers(every: list[Agreed], actor: Actor) -> dict[int, Answer]:
    """The letters with the answers to the applications; the payees are the person's own."""
    answered = [each.agreement for each in every if each.agreement.answered_at is not None]
    return answers_to({each.id: actions.agreement_keys(each.id) for each in answered}, min(actor.party_ids), actor)


def money_to(agreed: Agreed) -> PaidTo:
    """Where the money goes: the payee may have given a newer number elsewhere."""
    newest = last_account(agreed.payee.id) or agreed.account
    assert newest is not None, "an agreement is signed with a number"
    return paid_to(newest, agreed.agreement.account_id, agreed.account_no)


@bp.post("/krav-om-kompensasjon/<public_id>/kontonummer")
@needs(Permission.CLAIM_OWN)
@fresh_password
def confirm_account(public_id: str) -> Response:
    """The practice confirms the number that stands in the agreement."""
    actor, at, form = current_actor(), now(), AccountSeenForm()
    agreed = queries.own_agreement(public_id, actor)
    if agreed is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    agreement_id = agreed.agreement.id
    with writing():
        actions.confirm_account(agreement_id, form.seen_version, by=actor, at=at)
    flash(N_("Kontonummeret er bekreftet."), "success")
    return redirect(url_for("compensation.own"), 303)
