"""A hand once had in a thing stays had: no taking back, sending back or new hand washes it away, in code or in SQL."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.exc import DatabaseError

from app.access.domain import Actor, Role
from app.applications.models import Application
from app.assessments import actions as assessing
from app.assessments import queries as sheets
from app.assessments.domain import BackCause
from app.awards import actions as awards
from app.cases.actions import declare
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.workflow import Status
from app.compensation import actions as compensation
from app.compensation.models import Claim
from app.db import db, writing
from app.flow import Refused, Stale
from app.flow.models import Hand
from app.flow.opposed import BARRED_BY, HOUSE, ON_NO_CASE, THEIRS, had_by
from app.rules import actions as rules
from app.rules.models import Call, Pot
from app.rules.queries import locked_version
from tests import compensation_rows, factories, rounds
from tests.factories import AT
from tests.sample_rules import RULES

PEOPLE = ("officer1", "officer2", "lead", "decider")
ROLES = frozenset({Role.OFFICER, Role.LEAD, Role.DECIDER})
PAID = compensation_rows.CONFIRMED
BACK = ("take_back", "send_back", "decide")
HANDS = {"assess": ("case", "assessed"), "recommend": ("case", "recommended"), "decide": ("case", "decided")}


@pytest.fixture
def house(app: Flask) -> Iterator[Call]:
    """People, a published call, the GP rules and frames, in the application's context."""
    with app.app_context():
        compensation_rows.ground()
        yield rounds.published_call()
        db.session.remove()


def everything(username: str) -> Actor:
    """The person with every role inside, and the decider's authority: only four eyes stands in the way."""
    return replace(factories.acting(username), roles=ROLES, delegations=factories.acting("decider").delegations)


def ready(case: Case) -> Case:
    """With all that the letter must hold, so that nothing but people stops the decision."""
    told = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 12, 31), "account_no": "12345600009"}
    with writing() as session:
        session.execute(sa.update(Application).where(Application.case_id == case.id).values(told))
    return case


def judged_anew(call: Call, first: Actor, second: Actor) -> Case:
    """The first assesses and recommends; the second takes it back and makes it anew, on a sheet of their own."""
    case = ready(rounds.recommended(call, first.username))
    with writing():
        rounds.impartial(case, second.username)
        assessing.take_back(case.id, by=second, at=AT, version=case.version)
        saved = assessing.save_assessment(case.id, rounds.full_sheet(5), by=second, at=AT, version=0)
        assessing.finish(case.id, by=second, at=AT, version=saved.version)
        assessing.recommend(case.id, rounds.proposal(), by=second, at=AT, version=case.version)
    return rounds.fresh(case)


def test_a_recommendation_taken_back_and_made_anew_leaves_the_first_person_unable_to_decide(house: Call) -> None:
    first, second = everything("officer1"), everything("officer2")
    case = judged_anew(house, first, second)
    for person in (first, second):
        shown = factories.seen(case.id, by=person.username)
        with pytest.raises(Refused) as refused, writing():
            awards.decide(case.id, shown, by=person, at=AT)
        assert [reason.facts["hand"] for reason in refused.value.reasons] == ["vurdert", "innstilt"]
    third = everything("decider")
    with writing():
        rounds.impartial(case, third.username)
    shown = factories.seen(case.id, by=third.username)
    with writing():
        awards.decide(case.id, shown, by=third, at=AT)


def test_whoever_wrote_any_edit_of_the_rules_does_not_approve_them(house: Call) -> None:
    first, second = everything("officer1"), everything("officer2")
    with writing():
        draft = rules.draft_rules(db.session.get_one(Pot, house.pot_id), 2026, RULES, by=first, at=AT)
        rules.change_draft(draft, RULES, by=second, at=AT, version=1)
    for person in (first, second):
        with pytest.raises(Refused, match="skrevet denne selv"), writing():
            rules.approve(draft, "Fullmakt", by=person, at=AT, version=2)


def test_the_database_refuses_every_opposing_hand_and_forgets_none(app: Flask) -> None:
    pairs = [
        (kind, had, hand)
        for kind, hands in BARRED_BY.items()
        for hand, bars in hands.items()
        for had in bars
        if had != HOUSE and not (kind == "account" and had in THEIRS)
    ]
    with app.app_context():
        factories.people()
        first, second = factories.recommended(1_00), factories.recommended(1_00, number="T25-0002")
        person = factories.user("gp1").id
        reached: list[dict[str, Any]] = []
        for kind, had, hand in pairs:
            on = {} if kind in ON_NO_CASE else {"case_id": first}
            row = {"kind": kind, "thing_id": 10**6, "user_id": person, "at": AT}
            elsewhere = {**row, "thing_id": 10**6 + 1, **({"case_id": second} if on else {})}
            told = [{"hand": had, **row, **on}, {"hand": hand, **elsewhere}, {"hand": hand, **row, **on}]
            reached.clear()
            with pytest.raises(DatabaseError, match="opposing hand"), writing():
                _tell(told, reached)
            assert reached == told
        with writing() as session:
            session.execute(sa.insert(Hand).values(kind="rules", thing_id=1, hand="drafted", user_id=person, at=AT))
        for statement in (sa.update(Hand).values(hand="other"), sa.delete(Hand)):
            with pytest.raises(DatabaseError, match="append-only"), writing() as session:
                session.execute(statement)
        db.session.remove()


def _tell(told: list[dict[str, Any]], reached: list[dict[str, Any]]) -> None:
    for values in told:
        reached.append(values)
        db.session.execute(sa.insert(Hand).values(**values))


class Lives(RuleBasedStateMachine):
    """A case, a claim and a rule version, each handled by anybody in any order. `did` is told beside the program."""

    call: Call
    reached: set[tuple[str, str]]

    @initialize()
    def begin(self) -> None:
        db.session.rollback()
        self.people = {name: everything(name) for name in PEOPLE}
        self.case_id = ready(rounds.assessing(self.call)).id
        agreed = compensation_rows.agreement(payee_orgnr="964338531", hpr_no=f"{self.case_id:07d}")
        self.claim_id = compensation_rows.claim(agreed, {"start": 1, "patient": 3}, who="bergen").id
        with writing() as session:
            for name in PEOPLE:
                for case_id in (self.case_id, agreed.case_id):
                    case = session.get_one(Case, case_id)
                    declare(case, Impartiality.IMPARTIAL, "", by=self.people[name], at=AT)
            pot = session.get_one(Pot, self.call.pot_id)
            self.rules_id = rules.draft_rules(pot, 2025, RULES, by=self.people["officer1"], at=AT).id
        self.did = {("rules", "drafted"): {self.people["officer1"].id}, ("claim", "submitted"): {agreed_by()}}

    def attempt(self, who: str, hand: tuple[str, str] | None, verb: Callable[[Actor], Any]) -> None:
        """Try; what is taken is told, what is refused left nothing."""
        by = self.people[who]
        try:
            with writing():
                verb(by)
        except (Refused, Stale):
            return
        if hand:
            self.did.setdefault(hand, set()).add(by.id)
            self.reached.add(hand)

    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 2))
    def handle(self, who: str, pick: int) -> None:
        """One of the steps the case's status lets somebody take."""
        case = self.row(Case, self.case_id)
        there = {Status.ASSESSING: ("assess", "recommend", "recommend"), Status.RECOMMENDED: BACK}.get(case.status)
        if there is None:
            return
        what, version = there[pick], case.version
        shown = factories.seen(self.case_id, by=who) if what == "decide" else None
        verbs: dict[str, Callable[[Actor], Any]] = {
            "assess": self.assess,
            "recommend": lambda by: assessing.recommend(self.case_id, rounds.proposal(), by=by, at=AT, version=version),
            "take_back": lambda by: assessing.take_back(self.case_id, by=by, at=AT, version=version),
            "send_back": lambda by: assessing.send_back(
                self.case_id, BackCause.REASONS, "Skriv mer", by=by, at=AT, version=version
            ),
            "decide": lambda by: awards.decide(self.case_id, shown, by=by, at=AT),
        }
        self.attempt(who, HANDS.get(what), verbs[what])

    def assess(self, by: Actor) -> None:
        """Their own sheet, opened again where it was finished."""
        own = sheets.own(self.case_id, by.id)
        if own is not None and own.finished_at is not None:
            own = assessing.reopen(self.case_id, by=by, at=AT, version=own.version)
        version = own.version if own else 0
        saved = assessing.save_assessment(self.case_id, rounds.full_sheet(), by=by, at=AT, version=version)
        assessing.finish(self.case_id, by=by, at=AT, version=saved.version)

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(["confirm", "approve", "refuse"]))
    def claim(self, who: str, what: str) -> None:
        version = self.row(Claim, self.claim_id).version
        verbs: dict[str, Callable[[Actor], Any]] = {
            "confirm": lambda by: compensation.confirm_centrally({self.claim_id: version}, by=by, at=PAID),
            "approve": lambda by: compensation.approve(self.claim_id, version, by=by, at=PAID),
            "refuse": lambda by: compensation.refuse(self.claim_id, version, "Utenfor avtalen", by=by, at=PAID),
        }
        self.attempt(who, ("claim", "confirmed" if what == "confirm" else "reviewed"), verbs[what])

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(["change", "approve", "send_back"]))
    def regulate(self, who: str, what: str) -> None:
        draft = locked_version(self.rules_id)
        db.session.rollback()
        version = draft.version
        verbs: dict[str, Callable[[Actor], Any]] = {
            "change": lambda by: rules.change_draft(draft, RULES, by=by, at=AT, version=version),
            "approve": lambda by: rules.approve(draft, "Fullmakt", by=by, at=AT, version=version),
            "send_back": lambda by: rules.send_back(draft, "Vektene", by=by, at=AT, version=version),
        }
        hands = {"change": ("rules", "drafted"), "approve": ("rules", "approved")}
        self.attempt(who, hands.get(what), verbs[what])

    @invariant()
    def nobody_has_had_opposing_hands(self) -> None:
        stored: dict[tuple[str, str], set[int]] = {}
        which = {"case": self.case_id, "claim": self.claim_id, "rules": self.rules_id}
        for kind, thing_id in which.items():
            query = sa.select(Hand.hand, Hand.user_id).where(Hand.kind == kind, Hand.thing_id == thing_id)
            for hand, person in db.session.execute(query):
                stored.setdefault((kind, hand), set()).add(person)
        db.session.rollback()
        assert stored == self.did
        for kind in which:
            people = {hand: had for (told, hand), had in stored.items() if told == kind}
            for hand, barring in BARRED_BY[kind].items():
                for other in barring:
                    assert not people.get(hand, set()) & had_by(people, other), (kind, hand, other)

    def row(self, model: Any, key: int) -> Any:
        """As it is stored now."""
        found = db.session.get_one(model, key, populate_existing=True)
        db.session.rollback()
        return found


def agreed_by() -> int:
    """Who sends the claims in."""
    return factories.user("bergen").id


def test_people_with_every_role_walk_three_lives_and_never_meet_themselves(house: Call) -> None:
    Lives.call, Lives.reached = house, set()
    quick = settings(
        derandomize=True,
        phases=(Phase.generate,),
        max_examples=14,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lives, settings=quick)
    assert {("case", "decided"), ("claim", "reviewed"), ("rules", "approved")} <= Lives.reached
