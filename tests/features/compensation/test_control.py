"""Control by rules: approved in full, set to wait, or held for a person, whole batches at once, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.compensation import jobs, queries
from app.compensation.actions.control import control
from app.compensation.domain import Period
from app.compensation.domain.control import HeldFor
from app.compensation.models import Claim, GpAgreement
from app.compensation.workflow import Status
from app.db import db, writing
from app.demo.rules import establish, gp_2025
from app.dispatch.models import Outgoing
from app.flow.models import Hand
from app.payables.models import PaymentBasis
from app.rules.domain import ControlRule
from app.rules.queries import pot_by_code
from tests import compensation_rows, factories
from tests.bench.places import counted

AT = compensation_rows.CONFIRMED
ALL = ControlRule(limit_ore=100_000_00, sample_percent=0)


def rules(control: ControlRule = ALL, **other: Any) -> None:
    pot = pot_by_code("gp")
    assert pot is not None
    with writing():
        by, decider = factories.acting("officer1"), factories.acting("decider")
        changed = replace(gp_2025(), control=control, in_force_on=date(2025, 1, 1), **other)
        establish(pot, 2025, changed, writer=by, approver=decider, at=factories.AT.replace(year=2024, month=12))


def confirmed(nr: int = 0, patients: int = 50, **changed: Any) -> int:
    """A claim of an agreement of its own, confirmed by the area."""
    made = compensation_rows.agreement(hpr_no=str(2_000_000 + nr), gp_name=f"Lege {nr}", **changed)
    sent = compensation_rows.claim(made, {"patient": patients}, late_reason="Sykdom")
    return compensation_rows.confirmed(sent).id


def told(claim_id: int) -> Claim:
    db.session.rollback()
    return db.session.get_one(Claim, claim_id, populate_existing=True)


@pytest.fixture
def house(gp_house: Flask) -> Iterator[None]:
    with gp_house.app_context():
        yield


def test_an_unremarkable_claim_is_approved_in_full_by_the_rule(house: None) -> None:
    rules()
    key = confirmed()
    assert jobs.control_claims(AT).done == 1
    claim = told(key)
    assert (claim.status, claim.approved_ore, claim.reviewed_by) == (Status.APPROVED, claim.claimed_ore, None)
    assert (claim.rule, claim.ruled_at, claim.held_for) == ("unremarkable", AT, None)
    assert claim.finding is not None and claim.finding["limit_ore"] == 100_000_00
    assert db.session.scalar(sa.select(PaymentBasis.decided_by).where(PaymentBasis.ref == f"claim:{key}")) is None
    hands = set(db.session.scalars(sa.select(Hand.hand).where(Hand.kind == "claim", Hand.thing_id == key)))
    assert hands == {"submitted", "confirmed"}, "no person reviewed it"
    answer = db.session.scalars(sa.select(Outgoing).where(Outgoing.key == f"claim:{key}:approved")).one()
    assert answer.facts is not None and (answer.facts["by_rule"], answer.facts["decided_by"]["name"]) == (True, "")
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.event == "claim.approve_by_rule")).one()
    assert entry.by_id is None
    assert jobs.control_claims(AT).done == 0, "looked at once"


def test_rules_without_a_limit_leave_every_claim_to_a_person(house: None) -> None:
    key = confirmed()
    jobs.control_claims(AT)
    assert (told(key).status, told(key).held_for) == (Status.CONFIRMED, HeldFor.BY_HAND)


@pytest.mark.parametrize(
    ("control_rule", "other", "why"),
    [
        (replace(ALL, limit_ore=4_999_99), {}, HeldFor.OVER_LIMIT),
        (replace(ALL, sample_percent=100), {}, HeldFor.SAMPLE),
        (ALL, {"claims_until": date(2025, 4, 9)}, HeldFor.LATE),
    ],
)
def test_what_a_person_must_look_at_is_held_with_the_figures(
    house: None, control_rule: ControlRule, other: dict[str, Any], why: HeldFor
) -> None:
    rules(control_rule, **other)
    key = confirmed()
    jobs.control_claims(AT)
    claim = told(key)
    assert (claim.status, claim.held_for, claim.rule) == (Status.CONFIRMED, why, None)
    assert claim.finding is not None and claim.finding["claimed_ore"] == claim.claimed_ore


def test_a_claim_the_caps_cut_is_a_persons(house: None) -> None:
    rules()
    key = confirmed(patients=250)
    jobs.control_claims(AT)
    assert told(key).held_for is HeldFor.CUT


def test_over_three_times_the_middle_of_the_area_is_held(house: None) -> None:
    rules()
    keys = [confirmed(nr, patients) for nr, patients in enumerate((10, 20, 30, 61))]
    jobs.control_claims(AT)
    assert [told(key).held_for for key in keys] == [None, None, None, HeldFor.OUTLIER]


def test_the_frame_is_given_in_the_order_they_came_and_the_rest_waits(house: None) -> None:
    rules()
    compensation_rows.frame(12_000_00)
    keys = [confirmed(nr, patients) for nr, patients in enumerate((50, 50, 50, 20))]
    jobs.control_claims(AT)
    ends = [told(key).status for key in keys]
    assert ends == [Status.APPROVED, Status.APPROVED, Status.AWAITING_FUNDS, Status.AWAITING_FUNDS]
    late = confirmed(9, 10)
    jobs.control_claims(AT)
    assert told(late).status is Status.AWAITING_FUNDS, "none overtakes"


def test_a_batch_takes_as_many_statements_as_one(house: None, app: Flask) -> None:
    rules()
    one, many = [confirmed(0)], [confirmed(nr) for nr in range(1, 6)]
    middles = queries.middles()
    spent = []
    for keys in (one, many):
        db.session.rollback()
        with counted(app) as statements, writing():
            control(keys, middles, at=AT)
        spent.append(len(statements))
    assert spent[0] == spent[1], "\n".join(" ".join(s.split())[:60] for s, _ in statements)


def test_a_claim_reviewed_by_both_a_person_and_a_rule_is_refused_by_the_database(house: None) -> None:
    rules()
    key = confirmed()
    jobs.control_claims(AT)
    officer = factories.acting("officer2").id
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.execute(
            sa.text("UPDATE claim SET reviewed_by = :by, reviewed_at = ruled_at WHERE id = :key"),
            {"by": officer, "key": key},
        )
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.execute(sa.text("UPDATE claim SET approved_ore = approved_ore - 1 WHERE id = :key"), {"key": key})


def test_a_bad_claim_does_not_stop_the_others(house: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rules()
    good, bad = confirmed(0), confirmed(1)
    real = queries.cases_with_party

    def broken(case_ids: Any) -> Any:
        found = real(case_ids)
        if told_case in found:
            raise ValueError("broken")
        return found

    told_case = told(bad).case_id
    monkeypatch.setattr(queries, "cases_with_party", broken)
    tally = jobs.control_claims(AT)
    assert (tally.done, tally.failed) == (1, 1)
    assert (told(good).status, told(bad).status) == (Status.APPROVED, Status.CONFIRMED)


def test_a_gp_who_has_moved_is_paid_at_the_new_practice_within_the_cap_of_both(house: None) -> None:
    rules()
    old = compensation_rows.agreement(to_on=date(2025, 1, 31))
    made = compensation_rows.agreement(from_on=date(2025, 2, 1), account_no="12345602303")
    with writing() as session:
        chain = {"old": old.id, "new": made.id}
        session.execute(sa.text("UPDATE gp_agreement SET continues_id = :old, chain_id = :old WHERE id = :new"), chain)
    period = Period(date(2025, 2, 1), date(2025, 2, 28))
    key = compensation_rows.confirmed(compensation_rows.claim(made, {"patient": 50}, period=period)).id
    jobs.control_claims(AT)
    assert told(key).status is Status.APPROVED
    paid_to = db.session.scalar(sa.select(PaymentBasis.account_id).where(PaymentBasis.ref == f"claim:{key}"))
    assert paid_to == made.account_id != old.account_id
    counted = dict(db.session.execute(sa.select(GpAgreement.id, GpAgreement.claimed_ore)).all())
    assert counted == {old.id: 5_000_00, made.id: 0}
