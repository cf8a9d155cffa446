"""The draft of a compensation's rules is what such a scheme has; the rest is folded away and kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from app.db import db, writing
from app.db.clock import start_at
from tests.client import Client
from tests.features.rules.test_rules_pages import copied, stored


def test_rules_of_compensation_begin_with_the_rates_and_keep_what_they_do_not_show(
    gp_house: Flask, client_for: Callable[[str], Client]
) -> None:
    with gp_house.app_context():
        with writing():
            start_at(datetime(2025, 2, 10, 9, 0, tzinfo=UTC))
        db.session.remove()
    officer = client_for("officer1")
    address = copied(officer, gp_house, "gp")
    page = officer.see(address + "/rediger")
    places = [page.text.index(words) for words in ("Satser", "Det som bare gjelder tilskudd", "Dager til å akseptere")]
    assert places == sorted(places)
    assert '<details class="ds-details">' in page.response.get_data(as_text=True)
    wrong = page.press("Lagre utkastet", accept_days="mange")
    assert wrong.status == 422 and '<details class="ds-details" open>' in wrong.response.get_data(as_text=True)
    assert "Utkastet er lagret." in officer.see(address + "/rediger").press("Lagre utkastet").text
    saved, source = stored(gp_house, 2026, 1, "gp")[1], stored(gp_house, 2025, 1, "gp")[1]
    assert set(saved.who_may_apply) == set(source.who_may_apply)
    assert replace(saved, who_may_apply=source.who_may_apply) == source
