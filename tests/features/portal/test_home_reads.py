"""A recipient's first page is read with few statements, whatever stands on it: grants, reports, an agreement."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.bench.places import counted
from tests.client import Client

MOST = 8


@pytest.mark.parametrize("username", ["gp1", "legekontor", "demovik", "bergen", "kommuner"])
def test_the_first_page_is_read_with_few_statements(
    season: Flask, season_client_for: Callable[[str], Client], username: str
) -> None:
    client = season_client_for(username)
    client.see("/vaar-side")  # rules are read once, and kept in memory after
    with counted(season) as sent:
        client.see("/vaar-side")
    assert len(sent) <= MOST, "\n".join(" ".join(statement.split())[-200:] for statement, _ in sent)
