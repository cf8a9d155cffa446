"""The worklist: who sees it, what it shows, its order, its pages, and what it costs the database."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.domain import Actor
from app.cases.models import Case
from app.cases.queries import OPEN
from app.cases.workflow import Status
from app.db import db, writing
from app.desk.domain import (
    EVERYTHING,
    PAGE_ROWS,
    Filter,
    Order,
    Place,
    Whose,
    from_address,
    place_from,
    start,
    to_address,
)
from app.desk.queries import worklist
from app.values.sortkeys import sort_key
from tests import factories
from tests.bench import load
from tests.bench.load import SCHEMES
from tests.client import Client
from tests.features.desk.conftest import statements_of

Fill = Callable[[int], Flask]
People = Callable[[str], Client]
TODAY = date(2025, 1, 7)


def walked(asked: Filter, actor: Actor) -> list[int]:
    """The ids of every page, first to last."""
    found, place = [], start(asked.order)
    while True:
        page = worklist.page(asked, place, actor, TODAY)
        found += [row.id for row in page.rows]
        if page.following is None:
            return found
        place = page.following


def walked_back(asked: Filter, actor: Actor) -> list[int]:
    """The ids of every page, from the last page back."""
    place = start(asked.order)
    page = worklist.page(asked, place, actor, TODAY)
    while page.following is not None:
        place, page = page.following, worklist.page(asked, page.following, actor, TODAY)
    found = [row.id for row in page.rows]
    while page.previous is not None:
        page = worklist.page(asked, Place(page.previous.key, page.previous.id, before=True), actor, TODAY)
        found = [row.id for row in page.rows] + found
    return found


def by_the_book(asked: Filter, actor: Actor) -> list[int]:
    """What the list must be: every case read, filtered and sorted in Python."""
    cases = [c for c in db.session.scalars(sa.select(Case)) if c.status is not Status.DRAFT]
    wanted = {
        Whose.MINE: lambda c: c.officer_id == actor.id,
        # Nobody's is what somebody is to have; the loaded cases have no award that is to be paid or reported on.
        Whose.NOBODY: lambda c: c.officer_id is None and c.status in (*OPEN, Status.AGREEMENT),
        Whose.ALL: lambda c: True,
    }[asked.whose]
    keys: dict[str, Callable[[Case], Any]] = {
        "due": lambda c: (c.due_order, c.id),
        "newest": lambda c: (c.submitted_at, c.id),
        "party": lambda c: (c.party_sort.encode(), c.id),
    }
    kept = [
        c
        for c in cases
        if wanted(c)
        and asked.officer in (None, c.officer_id)
        and asked.status in (None, c.status)
        and asked.scheme in ("", c.scheme_code)
        and asked.year in (None, c.year)
        and (not asked.overdue or c.due_order < TODAY)
        and (not asked.week or TODAY <= c.due_order <= TODAY + timedelta(days=7))
    ]
    return [c.id for c in sorted(kept, key=keys[asked.order.walks], reverse=asked.order.backward)]


def test_paging_has_no_gaps_and_no_doubles_for_any_filter_and_order(filled: Fill) -> None:
    dice = load.dice(7)
    with filled(400).app_context():
        actor, officer2 = factories.acting("officer1"), factories.user("officer2").id
        for _ in range(40):
            asked = Filter(
                whose=dice.choice(list(Whose)),
                status=dice.choice([None, None, *Status]),
                scheme=dice.choice(["", "", *SCHEMES]),
                year=dice.choice([None, None, 2020, 2024]),
                overdue=dice.random() < 0.2,
                week=dice.random() < 0.1,
                order=dice.choice(list(Order)),
            )
            if asked.whose is Whose.ALL:
                asked = replace(asked, officer=dice.choice([None, officer2]))
            expected = by_the_book(asked, actor)
            assert walked(asked, actor) == expected, asked
            assert walked_back(asked, actor) == expected, asked


def test_a_case_that_moves_meanwhile_takes_no_other_out_of_the_list(filled: Fill) -> None:
    with filled(120).app_context():
        actor, asked = factories.acting("officer1"), Filter(order=Order.PARTY)
        before = by_the_book(asked, actor)
        first = worklist.page(asked, start(asked.order), actor, TODAY)
        assert first.following is not None
        moved = first.following.id
        with writing() as session:
            session.execute(sa.update(Case).where(Case.id == moved).values(party_sort="~~"))
        second = worklist.page(asked, first.following, actor, TODAY)
        assert [r.id for r in second.rows] == before[PAGE_ROWS : 2 * PAGE_ROWS]


def test_a_filter_survives_its_address() -> None:
    asked = Filter(Whose.MINE, Status.ASSESSING, "hto", 2025, overdue=True, search="blå å", order=Order.PARTY_LAST)
    for each in (asked, Filter(status=Status.SUBMITTED, officer=7), Filter()):
        assert from_address(dict(parse_qsl(urlencode(to_address(each))))) == each
    assert to_address(Filter()) == EVERYTHING


@pytest.mark.parametrize(
    "address",
    [
        {"status": "draft"},
        {"status": "tull", "aar": "²", "sorter": "'; --", "hos": "alle"},
        {"aar": "99999999999999999999", "etter": "ingen~plass"},
        {"etter": "2025-01-01~99999999999999999999"},
        {"for": "~", "etter": "~1"},
    ],
)
def test_an_address_that_makes_no_sense_is_the_list_from_its_start(address: dict[str, str]) -> None:
    asked = from_address(address)
    assert asked == Filter()
    assert place_from(address, asked.order) == start(asked.order)


@pytest.mark.parametrize("address", [{"etter": "0001-01-01T00:00:00+23:59~1"}, {"for": "9999-12-31T23:59:59-23:59~1"}])
def test_a_moment_outside_all_years_is_no_place_in_the_list(address: dict[str, str]) -> None:
    """What the address says is a moment where it stands, and none by our clock."""
    assert place_from(address, Order.NEWEST) == start(Order.NEWEST)


@pytest.mark.parametrize("rows", [10, 60])
def test_the_page_takes_as_many_statements_whatever_the_rows(filled: Fill, client_for: People, rows: int) -> None:
    app = filled(rows)
    client = client_for("officer1")
    client.see("/saker")
    for address in ("/saker", "/saker?status=granted&sorter=soker", "/saker?sok=kommune", "/saker?hos=meg"):
        with statements_of(app) as sent:
            assert client.see(address).status == 200
        assert len(sent) <= 8, [statement for statement, _ in sent]


SHAPES = [
    Filter(whose=whose, status=status, scheme=scheme, year=year, overdue=overdue, order=order)
    for whose, status in ((Whose.ALL, None), (Whose.ALL, Status.ASSESSING), (Whose.MINE, None), (Whose.NOBODY, None))
    for scheme, year, overdue in (("", None, False), ("hto", 2024, False), ("", None, True))
    for order in Order
] + [
    each
    for order in Order
    for each in (Filter(whose=Whose.MINE, status=Status.ASSESSING, order=order), Filter(officer=2, order=order))
]


def test_every_list_is_a_walk_along_an_index(app: Flask) -> None:
    with app.app_context():
        load.load(3000, heavy=False)  # the list reads no text, event or document
        actor = factories.acting("officer1")
        for asked in SHAPES:
            with statements_of(app) as sent:
                worklist.page(asked, start(asked.order), actor, TODAY)
            for statement, parameters in sent:
                plan = explained(statement, parameters)
                assert_walks(plan, asked)


def explained(statement: str, parameters: Any) -> list[str]:
    """The plan, one line a step.

    PostgreSQL is asked whether an index can serve the order: on a small table, and by chance of when statistics were
    gathered, it may else think that a few rows are quicker sorted.
    """
    prefix = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            for way in ("sort", "bitmapscan", "seqscan"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        return [str(row[-1]) for row in connection.exec_driver_sql(prefix + statement, parameters)]


def assert_walks(plan: list[str], asked: Filter) -> None:
    text = "\n".join(plan)
    if db.engine.dialect.name == "sqlite":
        steps = [line for line in plan if "case_file" in line]
        assert len(steps) == 2, (asked, text)
        for step in steps:
            assert step.startswith("SEARCH case_file USING COVERING INDEX ix_case_file_"), (asked, text)
        assert "TEMP B-TREE" not in text, (asked, text)
    elif not asked.scheme:
        # PostgreSQL may read what few rows a scheme and year leave straight from a small table.
        assert re.search(r"Index (Only )?Scan (Backward )?using ix_case_file_", text), (asked, text)
        assert "Seq Scan" not in text, (asked, text)
        # The few that are overdue may be taken from the index of deadlines and sorted.
        assert "Sort" not in text or (asked.overdue and asked.order.walks != "due"), (asked, text)


def test_parties_stand_in_norwegian_order(filled: Fill, client_for: People) -> None:
    app = filled(30)
    names = ("Ås kommune", "Zeta kommune", "Ærlig kommune", "Aas gamle kommune", "Øyer kommune", "Alta kommune")
    with app.app_context(), writing() as session:
        for key, name in enumerate(names, 1):
            session.execute(sa.update(Case).where(Case.id == key).values(party_name=name, party_sort=sort_key(name)))
    text = client_for("officer1").see("/saker?sorter=soker").text
    wanted = ["Alta", "Zeta", "Ærlig", "Øyer", "Aas gamle", "Ås"]
    places = [text.index(f"{name} kommune") for name in wanted]
    assert places == sorted(places)


def test_the_deadline_in_the_order_follows_the_case(filled: Fill) -> None:
    with filled(20).app_context():
        actor = factories.acting("officer1")
        row = worklist.page(Filter(), start(Order.DUE), actor, TODAY).rows[0]
        with writing() as session:
            session.execute(sa.update(Case).where(Case.id == row.id).values(due_on=date(2001, 1, 1)))
        assert worklist.page(Filter(), start(Order.DUE), actor, TODAY).rows[0].due_order == date(2001, 1, 1)
        with writing() as session:
            session.execute(sa.update(Case).where(Case.id == row.id).values(status=Status.WITHDRAWN))
        found = worklist.page(Filter(order=Order.DUE_LAST), start(Order.DUE_LAST), actor, TODAY).rows
        assert {r.due_order.year for r in found if r.id == row.id} == {9999}


INTERNAL = ("officer1", "lead", "decider", "finance1", "archivist", "auditor")


def test_the_directorate_sees_what_is_sent_in_and_never_a_draft(filled: Fill, client_for: People) -> None:
    app = filled(3)
    with app.app_context(), writing() as session:
        columns = {"number": None, "submitted_at": None, "status": Status.DRAFT, "party_name": "Hemmelig kommune"}
        session.execute(sa.update(Case).where(Case.id == 2).values(**columns))
        gone = session.scalar(sa.select(Case.status).where(Case.id == 2))
        assert gone is Status.DRAFT
    for username in INTERNAL:
        for address in ("/saker", "/saker?sok=kommune", "/saker?status=draft", "/saker?hos=ingen"):
            assert "Hemmelig" not in client_for(username).see(address).text, username
        assert "2 saker." in client_for(username).see("/saker").text


@pytest.mark.parametrize("username", ["bergen", "bergen-writer", "gp1", "area-nordland", "admin"])
def test_others_do_not_reach_the_list(filled: Fill, client_for: People, username: str) -> None:
    filled(3)
    assert client_for(username).see("/saker").status == 403


def test_an_empty_list_says_what_comes(filled: Fill, client_for: People) -> None:
    filled(0)
    text = client_for("officer1").see("/saker").text
    assert "Ingen saker ennå. Her kommer søknadene når de er sendt inn." in text


def test_a_person_pages_forward_and_back_with_the_filter_kept(filled: Fill, client_for: People) -> None:
    filled(130)
    client = client_for("officer1")
    first = client.see("/saker?sorter=soker")
    second = client.see(first.links()["Neste"])
    assert second.text != first.text
    assert dict(parse_qsl(urlsplit(second.links()["Neste"]).query))["sorter"] == "soker"
    assert client.see(second.links()["Forrige"]).text == first.text
    assert "Forrige" not in first.links()
