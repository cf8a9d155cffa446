"""A step shown open is never refused, and a step shown closed is never taken: each role on things of every status.

Nothing is kept: a press ends at the commit, so one season serves them all.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from sqlalchemy.orm import Session, joinedload

from app.access import actions as access
from app.access.domain import Actor
from app.access.models import BudgetDelegation
from app.assessments.models import Recommendation
from app.awards import letter_facts
from app.awards import queries as awards
from app.cases import actions as cases
from app.cases.domain import Impartiality
from app.cases.models import Case, Declaration
from app.cases.workflow import Status
from app.compensation import judgement as compensation
from app.compensation import queries as claims
from app.compensation.models import Claim
from app.compensation.workflow import Step as ClaimStep
from app.db import db, writing
from app.db.clock import now
from app.demo.accounts import SIGNERS
from app.desk.queries.case import HOLDS, steps
from app.flow import Offer
from app.portal.routes import own_offers
from app.rules import judgement as rules
from app.rules import queries as rule_queries
from app.values.clock import local_date
from forms.awards import show_pieces
from tests.client import Client, Form, Page
from tests.factories import acting, user
from tests.journeys.addresses import TYPED

People = Callable[[str], Client]
# The lead has answered nothing about impartiality, so that is tried too.
DECLARED = ("officer1", "decider")
ROLES = (
    "officer1",
    "lead",
    "decider",
    "finance1",
    "archivist",
    "auditor",
    "area-nordland",
    *(who for who, _, _ in SIGNERS),
)
EACH = 1
# Where a page's closed step would have been sent, when that is not the page's own address.
SENT_TO = {
    "approve": {"compensation.claim": "compensation.approve", "payouts.payable": "payouts.approve"},
    "confirm_centrally": {"compensation.claim": "compensation.confirm_centrally"},
    "attest": {"payouts.payable": "payouts.attest"},
    "send": {"payouts.payable": "payouts.new_list"},
}


class Taken(Exception):
    """The step was on its way into the database."""


@contextmanager
def until_the_commit() -> Iterator[list[bool]]:
    """Every commit is stopped and told of."""
    taken: list[bool] = []

    def stop(_session: Session) -> None:
        taken.append(True)
        raise Taken

    sa.event.listen(Session, "before_commit", stop)
    try:
        yield taken
    finally:
        sa.event.remove(Session, "before_commit", stop)


def sent(client: Client, address: str, data: dict[str, Any]) -> tuple[bool, int]:
    """Whether the POST was on its way into the database, and else the answer's status."""
    with until_the_commit() as taken:
        try:
            status = client.post(address, data=data).status_code
        except Taken:
            status = 303
    return bool(taken), status


def forms_of(page: Page) -> Iterator[Form]:
    """The forms of the page's own content, each with its first button."""
    assert page.root is not None
    main = page.root.find(".//main")
    for element in main.iter("form") if main is not None else ():
        button = next((each for each in element.iter("button") if each.get("disabled") is None), None)
        if button is not None and Form(element, button).method == "post":
            yield Form(element, button)


def filled(form: Form) -> dict[str, Any]:
    """The form with something typed in each field a person types into."""
    names = {each.get("name") for each in form.element.iter() if each.get("name")}
    typed = {name: value for name, value in TYPED.items() if name in names and name not in ("once", "version", "line")}
    return {**form.fields(), **typed}


@dataclass(frozen=True)
class Try:
    """One offer of one person: where it leads, and what a page that was open would have sent."""

    told: str
    is_open: bool
    post: bool
    address: str
    data: dict[str, Any]


def planned(offer: Offer, who: str, place: str) -> Try:
    """Read while the database is open to us; pressed when it is not."""
    told = f"{who} on {place}: {offer.step.value}"
    if offer.is_open:
        return Try(told, True, offer.post, where(offer), dict(offer.values))
    endpoint = SENT_TO.get(offer.step.value, {}).get(offer.endpoint, offer.endpoint)
    address = where(Offer(offer.step, (), endpoint, offer.values))
    return Try(told, False, True, address, {**TYPED, **offer.values, **old_page(offer, who)})


def faults_of(client: Client, tried: Try) -> Iterator[str]:
    """Press an open one as the page shows it; send a closed one as somebody who has kept an old page."""
    if tried.post:
        done, status = sent(client, tried.address, tried.data)
        if done is not tried.is_open:
            yield f"{tried.told} is shown {'open' if tried.is_open else 'closed'}, and {tried.address} said {status}"
        return
    page = client.see(tried.address)
    if page.status != 200:
        yield f"{tried.told} leads to a page that answers {page.status}"
    for form in list(forms_of(page)) if page.status == 200 else ():
        _, status = sent(client, form.action or page.address, filled(form))
        if status in (403, 404, 409):
            yield f"{tried.told} is shown open, and {form.action or page.address} answered {status}"


def where(offer: Offer) -> str:
    """The step's address, without what a form carries."""
    place = {name: value for name, value in offer.values.items() if name != "version"}
    return url_for(offer.endpoint, **place) if offer.endpoint not in NOWHERE else url_for(offer.endpoint)


NOWHERE = {"compensation.confirm", "payouts.approve", "payouts.attest", "payouts.new_list"}


def old_page(offer: Offer, who: str) -> dict[str, Any]:
    """The hidden fields of the page when the step was open."""
    if offer.endpoint == "awards.decision":
        case = db.session.scalars(sa.select(Case).where(Case.number == offer.values["number"])).one()
        basis = awards.basis(case.id)
        assert basis is not None
        facts = letter_facts.facts_of(basis, user(who), local_date(now()))
        pieces = show_pieces(letter_facts.pieces(facts))
        return {"version": case.version, "letter_hash": letter_facts.letter_hash(facts), "pieces": pieces}
    if offer.endpoint == "compensation.claim":
        query = sa.select(Claim.version).where(Claim.public_id == offer.values["public_id"])
        return {"version": db.session.scalars(query).one()}
    if "number" in offer.values and "version" not in offer.values and "pot" not in offer.values:
        query = sa.select(Case.version).where(Case.number == offer.values["number"])
        return {"version": db.session.scalars(query).one()}
    return {}


def some_cases() -> list[Case]:
    """A few of each status and track, the newest first; and those whose recipients have something to do."""
    found: dict[tuple[str, str], list[Case]] = {}
    for case in db.session.scalars(sa.select(Case).where(Case.number.is_not(None)).order_by(Case.id.desc())):
        alike = found.setdefault((case.status.value, case.track.value), [])
        if len(alike) < EACH:
            alike.append(case)
    return [case for alike in found.values() for case in alike]


def of_the_area(actor: Actor) -> list[Offer]:
    """A coordinator's steps: each claim of their areas, to be confirmed on their page."""
    rows, _ = claims.to_confirm(actor.area_ids)
    closed = compensation.why_not_confirmed_by(rows, actor)
    return [
        Offer(
            ClaimStep.CONFIRM,
            tuple(closed[row.claim.id]),
            "compensation.confirm",
            {"line": f"{row.claim.public_id}.{row.claim.version}"},
            post=True,
        )
        for row in rows
    ]


@pytest.fixture
def house(season: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The season, with the declared people's answers on every case looked at; the keys of those.

    A closed door tells the administrator in a commit of its own, which is no step taken.
    """
    monkeypatch.setattr(access, "tell", lambda *_, **__: None)
    with season.app_context():
        looked_at = some_cases()
        for who in DECLARED:
            by = acting(who)
            with writing():
                for case in looked_at:
                    told = sa.select(Declaration.id).where(Declaration.case_id == case.id, Declaration.user_id == by.id)
                    if db.session.scalar(told) is None:
                        cases.declare(case, Impartiality.IMPARTIAL, "", by=by, at=now())
        keys = [case.id for case in looked_at]
        db.session.remove()
    return keys


def plan(app: Flask, who: str, keys: list[int]) -> list[Try]:
    """What this person's pages of these cases, and of the newest rules, offer."""
    with app.test_request_context():
        actor, at, found = acting(who), now(), []
        for key in keys:
            case = db.session.scalars(sa.select(Case).options(joinedload(Case.party)).where(Case.id == key)).one()
            place = f"{case.number} ({case.status.value})"
            offers: Sequence[Offer] = ()
            if actor.is_internal:
                offers = steps(case, actor, at, HOLDS).offers
            elif case.party_id in actor.party_ids:
                offers = own_offers(case, actor, at)
            found += [planned(each, who, place) for each in offers]
        found += [planned(each, who, "the area") for each in of_the_area(actor)]
        for version in rule_queries.versions()[:1] if actor.is_internal else ():
            steps_told = rule_queries.regulation_steps([version.id])[version.id]
            offers = rules.offers(version, actor, local_date(at), steps_told)
            found += [planned(each, who, f"rules {version.id}") for each in offers]
        db.session.remove()
        return found


def test_open_steps_are_never_refused_and_closed_ones_never_taken(
    season: Flask, house: list[int], season_client_for: People
) -> None:
    faults, tried = [], 0
    for who in ROLES:
        client, asked = season_client_for(who), plan(season, who, house)
        client.see("/ordninger")
        tried += len(asked)
        faults += [fault for each in asked for fault in faults_of(client, each)]
    assert not faults, "\n".join(faults)
    assert tried > 100


def test_a_decider_whose_authority_is_too_small_sees_the_decision_closed(
    season: Flask, house: list[int], season_client_for: People
) -> None:
    with season.app_context():
        with writing():
            db.session.execute(sa.update(BudgetDelegation).values(limit_ore=1_000_00))
        granted = sa.exists().where(Recommendation.case_id == Case.id, Recommendation.amount_ore > 0)
        query = sa.select(Case.number).where(Case.status == Status.RECOMMENDED, granted)
        number = db.session.scalars(query).first()
        db.session.remove()
    page = season_client_for("decider").see(f"/saker/{number}")
    assert "Fullmakten din gjelder vedtak på inntil 1 000 kr" in page.text.replace("\u00a0", " ")
    assert not [words for words in page.links() if words.startswith("Vedta ")]
