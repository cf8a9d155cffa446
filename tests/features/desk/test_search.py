"""The search in the worklist gives the same cases on both databases."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db, search
from app.db.search import SearchDoc
from app.desk.domain import Filter, Order
from app.values.words import sought
from tests import factories
from tests.client import Client
from tests.features.desk.test_worklist import walked

Fill = Callable[[int], Flask]
People = Callable[[str], Client]


WORDS = (
    "kommune",
    "kom",
    "bergen",
    "OSLO",
    "å",
    "øy",
    "T24",
    "964338531",
    "t25-00",
    "2025",
    "964 338 531",
    "T25-0007",
    "250007",
    "25-0007",
)


@pytest.mark.parametrize(("spelt_from", "most"), [(20_000, 40), (0, 40), (0, 2)])
def test_both_databases_find_the_same_cases(
    filled: Fill, monkeypatch: pytest.MonkeyPatch, spelt_from: int, most: int
) -> None:
    """What this database finds is what a plain look at the words finds, whichever way it looks."""
    monkeypatch.setattr(search, "SPELT_FROM", spelt_from)
    monkeypatch.setattr(search, "MOST_SPELT", most)
    with filled(300).app_context():
        actor = factories.acting("officer1")
        docs = {d.case_id: d.words.split() for d in db.session.scalars(sa.select(SearchDoc))}
        common = sorted({word for words in docs.values() for word in words[:30:7]})[::40]
        queries = [*WORDS, *(f"{a} {b[:4]}" for a, b in zip(common, WORDS * 3, strict=False)), *common]
        assert len(queries) >= 30
        for query in queries:
            expected = sorted((id_ for id_, words in docs.items() if _fits(words, query)), reverse=True)
            found = walked(Filter(search=query, order=Order.NEWEST), actor)
            assert found == expected, query


def _fits(words: list[str], query: str) -> bool:
    return any({*whole} <= {*words} and any(w.startswith(end) for w in words) for *whole, end in sought(query))


def test_a_search_without_a_word_finds_nothing(filled: Fill, client_for: People) -> None:
    filled(5)
    assert "Ingen saker passer med det du har valgt." in client_for("officer1").see("/saker?sok=%22*%29").text
