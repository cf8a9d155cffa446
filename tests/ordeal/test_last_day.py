"""The last day for claims from 16 real clients at once: none is lost and none is made twice."""

from pathlib import Path

from flask import Flask

from tests import compensation_rows, factories
from tests.ordeal.last_day import CLIENTS, sent_on_the_last_day

# 5 500 take minutes: `python -m tests.ordeal.last_day`.
CLAIMS = CLIENTS * 10


def test_each_claim_of_the_last_day_is_there_once(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        factories.people()
        factories.season_rules()
        compensation_rows.frame()
    answers, faults = sent_on_the_last_day(app, CLAIMS, tmp_path)
    assert not faults, (faults, answers)
    assert sum(answers.values()) > CLAIMS, "some are sent by two at once"
