"""Each role tries each address that takes a POST, on a finished grant that is not theirs. Made from the url map."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.access.domain import OF_AREA, OWN, Actor, Permission
from app.audit.models import AuditEntry
from app.db import db
from tests.client import Client
from tests.factories import acting
from tests.journeys.addresses import HOUSE, Things, address, needed, rules_of, things

ClientFor = Callable[[str], Client]
# One person of each role; the recipients are others than the grant's own.
INSIDE = ("officer1", "lead", "decider", "finance1", "archivist", "auditor", "admin")
OUTSIDE = ("bergen", "gp1", "area-nordland")


class Ground:
    """The season, a finished grant in it, and people with a token of their own."""

    def __init__(self, app: Flask, client_for: ClientFor) -> None:
        self.app, self._client_for = app, client_for
        self._clients: dict[str, Client] = {}
        with app.app_context():
            self.things: Things = things()
            db.session.remove()

    def person(self, username: str) -> Client:
        """Their browser, with a token from a page they have seen."""
        if username not in self._clients:
            client = self._client_for(username)
            assert client.see("/ordninger").status == 200 and client.csrf_token
            self._clients[username] = client
        return self._clients[username]

    def acting(self, username: str) -> Actor:
        """What they may do."""
        with self.app.app_context():
            return acting(username)

    def owner(self) -> str:
        """Who signs for the grant's own municipality."""
        from app.demo.accounts import SIGNERS

        return next(username for username, _, orgnr in SIGNERS if orgnr == self.things.orgnr)

    def posts(self) -> Iterator[tuple[Rule, str]]:
        """Every route that takes a POST, with its address."""
        for rule in rules_of(self.app, "POST"):
            if rule.endpoint not in HOUSE:
                yield rule, address(self.app, rule, self.things)

    def entries(self) -> int:
        """How much has been recorded: nothing is done without a trace."""
        with self.app.app_context():
            found = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
            db.session.remove()
            return found


@pytest.fixture
def ground(season: Flask, season_client_for: ClientFor) -> Ground:
    return Ground(season, season_client_for)


def test_a_post_without_its_token_does_nothing(ground: Ground) -> None:
    before, wrong = ground.entries(), []
    for rule, path in ground.posts():
        for username in ("officer1", "bergen"):
            for token in ("", "forged"):
                answer = ground.person(username).post(path, data={"csrf_token": token})
                if answer.status_code != 400:
                    wrong.append((rule.endpoint, username, token, answer.status_code))
    assert not wrong
    assert ground.entries() == before


def test_what_is_done_by_post_is_not_done_by_get_and_the_other_way(ground: Ground) -> None:
    gets = {rule.rule for rule in rules_of(ground.app, "GET")}
    posts = {rule.rule for rule in rules_of(ground.app, "POST")}
    wrong = []
    for rule in ground.app.url_map.iter_rules():
        if rule.endpoint == "static" or (rule.rule in gets and rule.rule in posts):
            continue
        client, path = ground.person("officer1"), address(ground.app, rule, ground.things)
        answer = client.get(path) if rule.rule in posts else client.post(path, data={})
        if answer.status_code != 405:
            wrong.append((rule.endpoint, answer.status_code))
    assert not wrong


def test_a_role_without_the_permission_is_told_so(ground: Ground) -> None:
    before, wrong = ground.entries(), []
    for username in (*INSIDE, *OUTSIDE):
        actor = ground.acting(username)
        for rule, path in ground.posts():
            guard = needed(ground.app, rule.endpoint, "POST")
            if guard and not any(actor.may(permission) for permission in guard):
                status = ground.person(username).post(path, data={"version": "1"}).status_code
                if status != 403:
                    wrong.append((rule.endpoint, username, status))
    assert not wrong
    assert ground.entries() == before


def test_without_a_log_in_every_guarded_post_leads_to_it(ground: Ground) -> None:
    stranger = ground.app.test_client()
    assert isinstance(stranger, Client)
    stranger.see("/ordninger")
    wrong = []
    for rule, path in ground.posts():
        answer = stranger.post(path, data={"version": "1"})
        if (answer.status_code, answer.location) != (303, "/logg-inn"):
            wrong.append((rule.endpoint, answer.status_code))
    assert not wrong


def _anothers(guard: tuple[Permission, ...], actor: Actor) -> bool:
    """Whether it is only as a recipient or an area that this person gets past the guard."""
    held = [permission for permission in guard if actor.may(permission)]
    return bool(held) and all(permission in OWN | OF_AREA for permission in held)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_anothers_thing_is_not_found(ground: Ground, method: str) -> None:
    before, wrong = ground.entries(), []
    for username in OUTSIDE:
        actor = ground.acting(username)
        for rule in rules_of(ground.app, method):
            # A call is everybody's, and the claim is this GP's and this area's.
            own = rule.endpoint in ("applications.start", "orders.new", "orders.template")
            own = own or (username != "bergen" and rule.endpoint.startswith("compensation."))
            own = own or (username == "gp1" and rule.endpoint == "payouts.set_offs")
            if not rule.arguments or own or not _anothers(needed(ground.app, rule.endpoint, method), actor):
                continue
            path = address(ground.app, rule, ground.things)
            client = ground.person(username)
            answer = client.get(path) if method == "GET" else client.post(path, data={"version": "1"})
            if answer.status_code != 404:
                wrong.append((rule.endpoint, username, answer.status_code))
    assert not wrong
    assert ground.entries() == before


# What may be done on a finished grant too: it is closed, answered for, given away, read, its list taken again, and what
# was approved of a claim is taken back.
STILL_OPEN = {
    "cases.close",
    "cases.declare",
    "cases.distribute",
    "cases.take",
    "compensation.add_check",
    "compensation.add_contact",
    "compensation.declare",
    "compensation.declare_agreement",
    "compensation.remind",
    "compensation.set_goal",
    "documents.open_document",
    "payouts.counter_claim",
    "payouts.declare_accounts",
    "payouts.declare_line",
    "payouts.declare_list",
    "payouts.declare_queue",
    "payouts.declare_repayments",
    "payouts.take_file",
    "people.end_authority",
}
# What the verb says to one who lacks its right: a page's guard must have said so before it (403).
NO_RIGHT = "Du har ikke tilgang til dette."
# Judged by what was typed before the step is: their closed steps stand in the rooms' own tests.
ASKS_MORE = {
    "applications.start",
    "assessments.ask",
    "assessments.recommend",
    "assessments.sheet",
    "cases.correct_title",
    "cases.declare_round",
    "cases.settle",
    "compensation.apply",
    "compensation.approve_part",
    "compensation.close_payee",  # its own tests close it; one that is open may be closed
    "compensation.export_for_helfo",  # with nothing to tell it is an old page
    "compensation.helfo_paid",  # no file is made for Helfo
    "compensation.keep_draft",  # by the script alone; without it the page itself
    "compensation.new_agreement",
    "compensation.new_claim",
    "compensation.register",
    "compensation.sign_agreement",
    "compensation.sign_terms",
    "compensation.take_back_agreement",
    "dispatch.readdress",
    "orders.mend",
    "orders.new",
    "orders.take_step",
    "payouts.control",  # an account that waits for no control is not found
    "payouts.give_account",  # nor a case with nothing more to pay
    "people.add",
    "people.change",
    "people.give_membership",
    "people.give_role",
    "rules.edit",
    "rules.edit_call",
    "rules.new_call",
    "rules.start",
}


def test_a_closed_step_is_refused_to_everybody(ground: Ground) -> None:
    before, done, closed, behind = ground.entries(), set(), set(), set()
    for username in (*INSIDE, *OUTSIDE, ground.owner()):
        actor = ground.acting(username)
        for rule, path in ground.posts():
            guard = needed(ground.app, rule.endpoint, "POST")
            if rule.endpoint in STILL_OPEN or not any(actor.may(permission) for permission in guard):
                continue
            answer = ground.person(username).post(path, data=ground.things.typed(rule.endpoint))
            status = answer.status_code
            if status not in (400, 403, 404, 409, 422):
                done.add((rule.endpoint, username, status))
            if status == 409:
                closed.add(rule.endpoint)
                if NO_RIGHT in answer.get_data(as_text=True):
                    behind.add((rule.endpoint, username))
    assert not done
    assert not behind, f"@needs lets past who lacks the right of the verb: {sorted(behind)}"
    assert ground.entries() == before
    judged = {rule.endpoint for rule, _ in ground.posts()} - STILL_OPEN - ASKS_MORE
    assert judged <= closed, f"give typed() what these forms ask for: {sorted(judged - closed)}"
