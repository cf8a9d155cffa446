"""A database the demo made does not start outside demo mode, by any command that would let somebody in or send."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import ScriptInfo

from app import commands, create_app, firststart
from app.config import Missing
from app.db import clock, db, writing
from tests import schema
from tests.factories import AT


@pytest.fixture
def real(database: str, tmp_path: Path) -> Iterator[Flask]:
    """A real installation on the database."""
    made = create_app(replace(schema.settings_for(database, tmp_path / "files"), demo=False))
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def run(real: Flask, *words: str) -> None:
    commands.cli.main(list(words), obj=ScriptInfo(create_app=lambda: real), standalone_mode=False)


def test_it_does_not_start(real: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with real.app_context(), writing():
        clock.start_at(AT)
    with real.app_context(), pytest.raises(Missing, match="made by the demo"):
        firststart.prepare(real.config["SETTINGS"], print)
    for words in (["web"], ["worker"], ["add-admin", "kari", "Kari"], ["run-job", "send"]):
        with pytest.raises(Missing, match="made by the demo"):
            run(real, *words)
    run(real, "verify-audit")
    assert "record is whole" in capsys.readouterr().out


def test_a_new_one_gets_its_first_administrator_and_a_link(real: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    run(real, "add-admin", "Kari", "Kari Nordmann")
    told = capsys.readouterr().out
    address = told.splitlines()[-1].partition("/nytt-passord")[2]
    page = real.test_client().get("/nytt-passord" + address)
    assert page.status_code == 200
    assert "Kari Nordmann" in page.get_data(as_text=True)
    run(real, "password-link", "kari")
    later = capsys.readouterr().out.splitlines()[-1].partition("/nytt-passord")[2]
    answers = [real.test_client().get("/nytt-passord" + each).status_code for each in (address, later)]
    assert answers == [404, 200], "a newer link voids it"
