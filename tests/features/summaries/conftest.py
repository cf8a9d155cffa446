from datetime import datetime

import pytest
from flask import Flask

from app.db import clock, db, writing
from app.rules.domain import Words
from app.summaries import kinds
from app.summaries.domain import Column, Counted, Figure, Kind, Section, Table, TableRow, Unit
from tests import factories

TEXT = "I {{count}} områder er det godkjent {{sum}}. Planen er fra 1. mars 2025."


class Counter:
    """Figures that a test changes as it likes, and a kind that counts them."""

    def __init__(self) -> None:
        self.number: int | None = 3
        self.ore = 12_500_00
        self.lacks: tuple[str, ...] = ()

    def count(self, year: int, at: datetime) -> Counted:
        """Both figures, and a table of them."""
        del at
        columns = (
            Column("area", Words("Område", "Område"), Unit.TEXT, Words("Området.", "Området.")),
            Column("sum", Words("Sum", "Sum"), Unit.ORE, Words("Godkjent i året.", "Godkjent i året.")),
        )
        return Counted(
            (
                Figure("count", Words("Antall områder", "Talet på område"), self.number),
                Figure("sum", Words("Godkjent", "Godkjent"), self.ore, Unit.ORE),
            ),
            (Table("areas", Words("Per område", "Per område"), columns, (TableRow("1", (f"Nord {year}", self.ore)),)),),
            self.lacks,
        )


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    made = Counter()
    sections = (
        Section("main", "Tekst", "Skriv dette"),
        Section("more", "Del", "Skriv dette", wanted=False),
    )
    kind = Kind("prove", "gp", "Leveranse", "Om leveransen", (3, 1), sections, made.count, lacks={"odd": "Må avklares"})
    monkeypatch.setattr(kinds, "_KINDS", {"prove": kind})
    return made


@pytest.fixture
def house(app: Flask, counter: Counter) -> Flask:
    """People, and a kind of delivery."""
    with app.app_context():
        factories.people()
        with writing():
            clock.start_at(factories.AT)
        db.session.remove()
    return app
