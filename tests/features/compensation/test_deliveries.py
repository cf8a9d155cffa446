"""The plan of changes with its consequence in kroner, and the switch of rules; on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from app.compensation.deliveries import PLAN, SWITCH
from app.db import db, writing
from app.rules import actions as rules
from app.rules.domain import LegalForm, Rules, from_data
from app.rules.models import RuleVersion
from app.rules.queries import pot_by_code, versions
from app.summaries.domain import Counted, differences, to_data
from app.summaries.domain import from_data as frozen
from tests import factories, regulation
from tests.compensation_rows import agreement, claim

MAY = datetime.fromisoformat("2025-05-12T09:00:00+00:00")
DECEMBER = datetime.fromisoformat("2025-12-02T09:00:00+00:00")


@pytest.fixture
def house(gp_house: Flask) -> Iterator[Flask]:
    """One claim of 25 000 kroner in the first quarter: the start and 150 patients."""
    with gp_house.app_context():
        claim(agreement())
        yield gp_house
        db.session.remove()


def drafted(**changed: Any) -> RuleVersion:
    """Rules from 1 December that give 90 kroner for a patient, and nothing else new."""
    pot, by = pot_by_code("gp"), factories.acting("officer1")
    assert pot is not None
    present: Rules = from_data(versions(pot.id)[0].content)
    prices = tuple(replace(p, unit_price_ore=90_00) if p.code == "patient" else p for p in present.unit_prices)
    with writing():
        new = replace(present, unit_prices=prices, in_force_on=date(2025, 12, 1), **changed)
        return rules.draft_rules(pot, 2025, new, by=by, at=MAY)


def published(version: RuleVersion) -> RuleVersion:
    decider, officer = factories.acting("decider"), factories.acting("officer1")
    with writing():
        regulation.publish(version, writer=officer, approver=decider, at=MAY)
    return version


def value(counted: Counted, code: str) -> Any:
    found = counted.figure(code)
    assert found is not None, code
    return found.value


def test_without_a_draft_of_rules_there_is_no_plan_to_approve(house: Flask) -> None:
    assert PLAN.count(2025, MAY).lacks == ("no_plan",)
    assert SWITCH.count(2025, MAY).lacks == ("no_version",)


def test_the_plan_tells_what_changes_and_what_it_would_have_cost(house: Flask) -> None:
    drafted()
    made = PLAN.count(2025, MAY)
    assert made.lacks == ()
    assert value(made, "plan.present_sum") == 25_000_00
    assert value(made, "plan.difference") == -150 * 10_00
    changes, codes, areas = made.tables
    assert [row.key for row in changes.rows] == ["patient.price"]
    assert [row.cells[1:] for row in codes.rows if row.key == "patient"] == [(150, 15_000_00, 13_500_00, -1_500_00)]
    assert sum(int(str(row.cells[3])) for row in areas.rows) == -1_500_00


def test_a_draft_that_changes_nothing_is_no_plan(house: Flask) -> None:
    pot, by = pot_by_code("gp"), factories.acting("officer1")
    assert pot is not None
    with writing():
        same = replace(from_data(versions(pot.id)[0].content), in_force_on=date(2025, 12, 1))
        rules.draft_rules(pot, 2025, same, by=by, at=MAY)
    assert PLAN.count(2025, MAY).lacks == ("no_change",)


def test_a_frozen_plan_tells_when_the_draft_becomes_another(house: Flask) -> None:
    version = drafted()
    kept = frozen(to_data(PLAN.count(2025, MAY)))
    by, content = factories.acting("officer1"), from_data(version.content)
    prices = tuple(replace(p, unit_price_ore=80_00) if p.code == "patient" else p for p in content.unit_prices)
    with writing():
        rules.change_draft(version, replace(content, unit_prices=prices), by=by, at=MAY, version=version.version)
    told = differences(kept, PLAN.count(2025, MAY))
    assert {(each.then, each.now) for each in told if each.table is None} >= {(-1_500_00, -3_000_00)}
    assert any(each.table and each.table.nb == "Hva som endres" for each in told)


@pytest.mark.parametrize(
    ("changed", "reached"),
    [({"legal_form": LegalForm.REGULATION}, 1), ({"legal_form": LegalForm.AGREEMENT}, 0)],
)
def test_the_switch_tells_whom_it_reaches(house: Flask, changed: dict[str, Any], reached: int) -> None:
    version = drafted(**changed)
    assert SWITCH.count(2025, MAY).lacks == ("not_published",)
    published(version)
    made = SWITCH.count(2025, MAY)
    assert made.lacks == ()
    assert (value(made, "switch.gps"), value(made, "switch.reached"), value(made, "switch.kept")) == (
        1,
        reached,
        1 - reached,
    )
    assert value(made, "switch.in_force").nb == "nei"
    assert value(SWITCH.count(2025, DECEMBER), "switch.in_force").nb == "ja"
