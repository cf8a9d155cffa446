"""Pages: one database."""

import pytest


@pytest.fixture
def dialect() -> str:
    """The pages are the same on both; what they read is tried on both in its own room."""
    return "sqlite"
