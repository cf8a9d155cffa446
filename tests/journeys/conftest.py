"""An opened house for the journeys."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.client import Client
from tests.journeys import people
from tests.journeys.people import House


@pytest.fixture
def house(app: Flask, client: Client, client_for: Callable[[str], Client]) -> House:
    """Organisations, people, pots and a preliminary frame; «public» is not logged in."""
    made = people.opened(app, client_for)
    made.clients["public"] = client
    return made
