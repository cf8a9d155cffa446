"""From draft to published rules, by two hands, and calls that stand on them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.access.domain import Role
from app.db import db, writing
from app.demo.calls import open_now, samhandling_2025
from app.demo.rules import load_pots, pll_2024, samhandling
from app.flow import Refused, Stale
from app.rules import actions, queries
from app.rules.domain import CallFacts, ReportKind, ReportRule, Rules, UnitPrice, Words
from app.rules.models import RuleVersion
from app.rules.workflow import RulesStatus
from tests.factories import AT, acting, people, season_rules


@pytest.fixture
def house(app: Flask) -> Iterator[None]:
    with app.app_context():
        people()
        with writing():
            load_pots(AT)
        yield
        db.session.remove()


def drafted(rules: Rules | None = None, by: str = "officer1") -> RuleVersion:
    pot, writer = queries.pot_by_code("samhandling"), acting(by)
    assert pot is not None
    with writing():
        return actions.draft_rules(pot, 2025, rules or samhandling(2025), by=writer, at=AT)


def approved(version: RuleVersion) -> RuleVersion:
    decider = acting("decider")
    with writing():
        actions.approve(version, "Fullmakt 2025", by=decider, at=AT, version=version.version)
    return version


def test_rules_are_written_approved_by_another_and_published(house: None) -> None:
    version = approved(drafted())
    officer = acting("officer1")
    with writing():
        actions.publish(version, by=officer, at=AT, version=version.version)
    assert version.status is RulesStatus.PUBLISHED
    assert queries.rules_of(version.id) == samhandling(2025)
    assert queries.rules_of(version.id) is queries.rules_of(version.id)


def test_whoever_wrote_a_draft_has_written_its_copy(house: None) -> None:
    source, copier = drafted(by="officer1"), acting("officer2")
    pot = queries.pot_by_code("samhandling")
    assert pot is not None
    with writing():
        copy = actions.draft_rules(pot, 2025, samhandling(2025), by=copier, at=AT, source=source)
    for writer in (replace(each, roles=frozenset({Role.DECIDER})) for each in (acting("officer1"), copier)):
        with pytest.raises(Refused, match="skrevet denne selv"), writing():
            actions.approve(copy, "Fullmakt 2025", by=writer, at=AT, version=copy.version)
    approved(copy)


def test_the_next_draft_of_the_year_gets_the_next_number(house: None) -> None:
    assert [drafted().number, drafted().number] == [1, 2]


def test_a_slip_in_a_year_a_date_or_a_price_is_no_rule(house: None) -> None:
    from dataclasses import replace

    pot, writer = queries.pot_by_code("samhandling"), acting("officer1")
    assert pot is not None
    with pytest.raises(Refused, match="for årene 2019 til 2027"), writing():
        actions.draft_rules(pot, 2028, samhandling(2025), by=writer, at=AT)
    late = replace(samhandling(2025), reports=(ReportRule(ReportKind.YEAR, date(2025, 12, 31), date(2052, 4, 1)),))
    with pytest.raises(Refused, match="Datoene for rater og rapporter"):
        approved(drafted(late))
    dear = replace(samhandling(2025), unit_prices=(UnitPrice("p", Words("Pasient", "Pasient"), 1_000_001_00, 1),))
    with pytest.raises(Refused, match="En sats er over"):
        approved(drafted(dear))


def test_an_officer_cannot_approve(house: None) -> None:
    version, officer = drafted(), acting("officer2")
    with pytest.raises(Refused), writing():
        actions.approve(version, "Fullmakt", by=officer, at=AT, version=1)


def test_the_writer_cannot_approve_even_with_the_right_to(house: None) -> None:
    from dataclasses import replace

    from app.access.domain import Role

    version = drafted()
    writer = replace(acting("officer1"), roles=frozenset({Role.OFFICER, Role.DECIDER}))
    with pytest.raises(Refused, match="skrevet"), writing():
        actions.approve(version, "Fullmakt", by=writer, at=AT, version=1)


def test_the_database_refuses_the_writer_as_approver(house: None) -> None:
    version = drafted()
    values = {"status": "approved", "approved_by": version.drafted_by, "approved_at": AT, "approval_basis": "x"}
    with pytest.raises(DatabaseError, match=r"approved_by_another|opposing hand"), writing() as session:
        session.execute(sa.update(RuleVersion).where(RuleVersion.id == version.id).values(values))


def test_approval_says_what_it_builds_on(house: None) -> None:
    version, decider = drafted(), acting("decider")
    with pytest.raises(Refused, match="bygger på"), writing():
        actions.approve(version, "  ", by=decider, at=AT, version=1)


def test_faulty_rules_are_not_approved(house: None) -> None:
    empty = Words("", "")
    version, decider = drafted(Rules(empty, empty, empty)), acting("decider")
    with pytest.raises(Refused, match="Formålet mangler"), writing():
        actions.approve(version, "Fullmakt", by=decider, at=AT, version=1)


def test_whoever_changed_the_draft_last_is_its_writer(house: None) -> None:
    version, second = drafted(), acting("officer2")
    with writing():
        actions.change_draft(version, pll_2024(), by=second, at=AT, version=1)
    assert (version.drafted_by, version.version) == (second.id, 2)
    with pytest.raises(Stale), writing():
        actions.change_draft(version, pll_2024(), by=second, at=AT, version=1)


def test_sent_back_rules_are_a_draft_again(house: None) -> None:
    version, decider = approved(drafted()), acting("decider")
    with writing():
        actions.send_back(version, "Vektene må sjekkes", by=decider, at=AT, version=version.version)
    assert (version.status, version.approved_by) == (RulesStatus.DRAFT, None)


def test_published_rules_cannot_be_changed_by_anyone(house: None) -> None:
    version, officer = approved(drafted()), acting("officer1")
    with writing():
        actions.publish(version, by=officer, at=AT, version=version.version)
    with pytest.raises(Refused, match="Bare utkast"), writing():
        actions.change_draft(version, pll_2024(), by=officer, at=AT, version=version.version)
    for sql in ("UPDATE rule_version SET year = 2030", "DELETE FROM rule_version"):
        with pytest.raises(DatabaseError, match="settled"), writing() as session:
            session.execute(sa.text(sql))


def test_a_call_needs_published_rules(house: None) -> None:
    version, officer = approved(drafted()), acting("officer1")
    words = Words("Utlysning", "Utlysing")
    facts = CallFacts(words, words, date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1))
    with writing():
        call = actions.draft_call(version, facts, by=officer, at=AT)
    with pytest.raises(Refused, match="ikke publisert"), writing():
        actions.publish_call(call, by=officer, at=AT, version=1)
    with writing():
        actions.publish(version, by=officer, at=AT, version=version.version)
    with writing():
        actions.publish_call(call, by=officer, at=AT, version=1)
    assert [c.id for c in queries.open_calls(AT)] == [call.id]
    assert queries.newest_rules(call).id == version.id


def test_the_demo_has_rules_and_one_call_that_is_open_today(app: Flask) -> None:
    with app.app_context():
        people()
        season_rules()
        officer, decider = acting("officer1"), acting("decider")
        pot = queries.pot_by_code("samhandling")
        assert pot is not None
        version = queries.published_version(pot.id, 2025)
        assert version is not None
        with writing():
            samhandling_2025(version, by=officer, at=AT)
            leftover = queries.pot_by_code("pmd")
            assert leftover is not None
            call = open_now(leftover, writer=officer, approver=decider, at=AT)
        assert call.id in [c.id for c in queries.open_calls(AT)]
        assert len(queries.versions()) == 5
