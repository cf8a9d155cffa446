"""Rules that are a regulation: heard before they are approved, in Norsk Lovtidend before they are published."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.domain import Actor, Role
from app.db import db, writing
from app.demo.rules import gp_2025
from app.flow import Refused
from app.rules import actions, queries
from app.rules.domain import LegalForm, RegulationStep, Told
from app.rules.models import RuleVersion
from tests import factories

MARCH = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
JUNE = datetime(2025, 6, 16, 9, 0, tzinfo=UTC)
DECEMBER = date(2025, 12, 1)
HEARING = Told(RegulationStep.HEARING, date(2025, 3, 1), date(2025, 6, 1), "25/77")
HEARD = Told(RegulationStep.HEARD, date(2025, 6, 10), words="Elleve svar. Satsen per pasient er satt ned.")


@pytest.fixture
def draft(gp_house: Flask):  # type: ignore[no-untyped-def]
    with gp_house.app_context():
        pot, writer = queries.pot_by_code("gp"), factories.acting("officer1")
        assert pot is not None
        rules = replace(gp_2025(), legal_form=LegalForm.REGULATION, in_force_on=DECEMBER)
        with writing():
            made = actions.draft_rules(pot, 2025, rules, by=writer, at=MARCH)
        yield made.id
        db.session.remove()


def fresh(version_id: int) -> RuleVersion:
    return db.session.get_one(RuleVersion, version_id, populate_existing=True)


def tell(version_id: int, *told: Told, at: datetime = JUNE, by: str | Actor = "officer1") -> None:
    for each in told:
        actor = person(by)
        with writing():
            seen = fresh(version_id)
            actions.tell_step(seen, each, by=actor, at=at, version=seen.version)


def person(by: str | Actor) -> Actor:
    found = factories.acting(by) if isinstance(by, str) else by
    db.session.rollback()
    return found


def approve(version_id: int, at: datetime = JUNE, by: str | Actor = "decider") -> None:
    actor = person(by)
    with writing():
        seen = fresh(version_id)
        actions.approve(seen, "Fullmakt 2025", by=actor, at=at, version=seen.version)


def publish(version_id: int, at: datetime = JUNE) -> None:
    actor = factories.acting("officer1")
    with writing():
        seen = fresh(version_id)
        actions.publish(seen, by=actor, at=at, version=seen.version)


def test_it_is_heard_then_approved_then_gazetted_then_published(draft: int) -> None:
    with pytest.raises(Refused, match="ikke sendt på høring"):
        approve(draft)
    tell(draft, HEARING)
    with pytest.raises(Refused, match="ikke oppsummert"):
        approve(draft)
    tell(draft, HEARD)
    approve(draft)
    with pytest.raises(Refused, match="ikke kunngjort i Norsk Lovtidend"):
        publish(draft)
    tell(draft, Told(RegulationStep.GAZETTED, JUNE.date(), reference="FOR-2025-06-16-1000"))
    publish(draft)
    assert queries.published_version(fresh(draft).pot_id, 2025, DECEMBER).id == draft  # type: ignore[union-attr]


def test_a_hearing_may_be_left_out_with_a_reason(draft: int) -> None:
    tell(draft, Told(RegulationStep.NO_HEARING, date(2025, 6, 1), words="Endringen er til gunst og haster."))
    approve(draft)


@pytest.mark.parametrize(
    ("told", "at", "why"),
    [
        (replace(HEARING, on=date(2025, 3, 4)), MARCH, "fram i tid"),
        (replace(HEARING, until_on=date(2025, 3, 1)), MARCH, "etter at saken ble sendt"),
        (HEARD, JUNE, "Registrer først når"),
    ],
)
def test_a_step_with_days_that_cannot_be_is_refused(draft: int, told: Told, at: datetime, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tell(draft, told, at=at)


def test_answers_are_summed_up_after_the_deadline_only(draft: int) -> None:
    tell(draft, HEARING)
    with pytest.raises(Refused, match="Høringsfristen er"):
        tell(draft, replace(HEARD, on=date(2025, 6, 1)))
    tell(draft, HEARD, replace(HEARING, until_on=date(2025, 6, 30)))
    with pytest.raises(Refused, match="ikke oppsummert"):
        approve(draft)


def test_what_is_gazetted_before_the_approval_or_after_its_first_day_does_not_count(draft: int) -> None:
    tell(draft, HEARING, HEARD)
    with pytest.raises(Refused, match="ikke godkjent ennå"):
        tell(draft, Told(RegulationStep.GAZETTED, JUNE.date(), reference="FOR-2025-06-16-1000"))
    approve(draft)
    with pytest.raises(Refused, match="kan ikke være eldre"):
        tell(draft, Told(RegulationStep.GAZETTED, date(2025, 6, 15), reference="FOR-2025-06-15-1"))
    late = datetime(2025, 12, 2, 9, 0, tzinfo=UTC)
    tell(draft, Told(RegulationStep.GAZETTED, late.date(), reference="FOR-2025-12-02-1"), at=late)
    with pytest.raises(Refused, match="Lag en ny versjon med en senere dag"):
        publish(draft, at=datetime(2025, 12, 1, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize("told", [HEARING, Told(RegulationStep.NO_HEARING, date(2025, 6, 1), words="Det haster.")])
def test_who_tells_of_the_hearing_does_not_approve_what_rests_on_it(draft: int, told: Told) -> None:
    both = replace(factories.acting("officer2"), roles=frozenset({Role.OFFICER, Role.DECIDER}))
    tell(draft, told, by=both)
    if told is HEARING:
        tell(draft, HEARD)
    with pytest.raises(Refused, match="skrevet denne selv"):
        approve(draft, by=both)
    approve(draft)
    other = replace(factories.acting("decider"), roles=frozenset({Role.OFFICER, Role.DECIDER}))
    db.session.rollback()
    with writing():
        seen = fresh(draft)
        actions.send_back(seen, "Feil.", by=both, at=JUNE, version=seen.version)
    with pytest.raises(Refused, match="godkjent denne selv"):
        tell(draft, told, by=other)


def test_only_who_writes_rules_tells_of_it_and_it_stands(draft: int) -> None:
    with pytest.raises(Refused, match="ikke tilgang"):
        tell(draft, HEARING, by="decider")
    tell(draft, HEARING)
    with pytest.raises(DatabaseError, match="append-only"), writing():
        db.session.execute(sa.text("UPDATE regulation_note SET words = 'x'"))
    db.session.rollback()


def test_an_agreement_has_no_such_steps(draft: int) -> None:
    actor = factories.acting("officer1")
    with writing():
        seen = fresh(draft)
        plain = replace(gp_2025(), in_force_on=DECEMBER)
        actions.change_draft(seen, plain, by=actor, at=MARCH, version=seen.version)
    with pytest.raises(Refused, match="ingen forskrift"):
        tell(draft, HEARING)


def test_the_pages_lead_from_step_to_step(draft: int, client_for) -> None:  # type: ignore[no-untyped-def]
    officer = client_for("officer1")
    version = officer.see(f"/regelverk/gp/2025/{fresh(draft).number}")
    assert "ikke sendt på høring" in version.text
    form = officer.see(version.links()["Registrer høring"]) if "Registrer høring" in version.links() else None
    form = form or officer.see(f"/regelverk/gp/2025/{fresh(draft).number}/forskrift/hearing")
    refused = form.press("Registrer", on="1.3.2025", until_on="1.2.2025")
    assert refused.status == 422 and "Fristen må være etter" in refused.text
    done = refused.press("Registrer", on="1.3.2025", until_on="1.6.2025", reference="25/77")
    assert "Sendt på høring" in done.text and "25/77" in done.text
