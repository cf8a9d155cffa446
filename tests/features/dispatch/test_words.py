"""Words said outside a request, in the recipient's language."""

from datetime import date

import pytest
from flask import Flask

from app.dispatch.words import say
from app.dispatch.workflow import Status


def test_words_come_in_the_language_of_the_recipient(app: Flask) -> None:
    with app.app_context():
        assert say("nb", "Status") == "Status"
        assert say("nn", "Antatt framme med posten") == "Truleg framme med posten"


def test_facts_are_written_as_people_read_them(app: Flask) -> None:
    with app.app_context():
        text = "%(amount_ore)s innen %(due)s: %(status)s"
        assert say("nb", text, amount_ore=250_000_000, due=date(2025, 2, 15), status=Status.SENT) == (
            "2\u00a0500\u00a0000\u00a0kr innen 15. februar 2025: Sendt"
        )


def test_a_language_nobody_writes_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match="se"):
        say("se", "Status")
