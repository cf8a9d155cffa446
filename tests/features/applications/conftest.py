"""What the tests of an applicant's pages begin with."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import factories as make


@pytest.fixture
def drafted(app: Flask) -> Callable[..., str]:
    """Make a draft; gives its address."""

    def make_one(*given: object, **named: object) -> str:
        with app.app_context():
            return f"/vaar-side/soknad/{make.draft(*given, **named).public_id}"

    return make_one
