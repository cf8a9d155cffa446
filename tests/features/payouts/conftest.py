import pytest
from flask import Flask

from tests import factories


@pytest.fixture
def house(app: Flask) -> Flask:
    """People and the frame of 2025."""
    with app.app_context():
        factories.people()
        factories.frame()
    return app
