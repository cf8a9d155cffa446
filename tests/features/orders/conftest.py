import pytest
from flask import Flask

from tests import compensation_rows, factories


@pytest.fixture
def gp_house(app: Flask) -> Flask:
    """People, the season's rules and the GP pot's frame of 2025."""
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
    return app
