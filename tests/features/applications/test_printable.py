"""A sign no letter can hold is told of at the field, and once more before the application is signed."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.applications import actions, queries
from app.db import writing
from app.db.clock import start_at
from app.flow import Refused
from tests import factories as make
from tests.applying import SUBMITTED
from tests.client import Client


def test_it_is_told_at_the_field_and_before_sending_in(app: Flask, client_for: Callable[[str], Client]) -> None:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)
        case = make.draft()
        key, address = case.id, f"/vaar-side/soknad/{case.public_id}/del/prosjekt"
    wrong = client_for("demovik").see(address).press("Lagre og fortsett", title="Trygg hverdag 😀")
    assert wrong.status == 422 and "«😀» kan ikke stå i brev" in wrong.text
    assert 'value="Trygg hverdag 😀"' in wrong.response.get_data(as_text=True)
    with app.app_context():
        with writing() as session:
            session.execute(sa.text("UPDATE case_file SET title = 'Trygg 😀'"))
        version = queries.by_case(key).version
        with pytest.raises(Refused, match="Navnet på prosjektet har tegn"), writing():
            actions.sign_and_submit(key, version=version, by=make.acting("demovik"), at=SUBMITTED)
