"""The ground that is laid as rows is the ground the verbs make."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.verify import faults
from app.db import db, writing
from app.db.base import Base
from app.demo.accounts import add_signer
from tests import compensation_rows, conftest, factories
from tests.programs import Kept

Stood = dict[str, list[Any]]


# Drawn by lot, another each time.
LOTS = ("public_id", "session_stamp")


def stands() -> Stood:
    """Every row, as it is stored."""
    return {table.name: _rows(table) for table in Base.metadata.sorted_tables}


def _rows(table: sa.Table) -> list[Any]:
    told = [column for column in table.columns if column.name not in LOTS]
    return [tuple(row) for row in db.session.execute(sa.select(*told).order_by(*table.primary_key))]


@pytest.fixture
def another(request: pytest.FixtureRequest, dialect: str, tmp_path: Path) -> Iterator[Any]:
    """A second program on a second empty database."""
    own = Kept()

    @contextmanager
    def opened() -> Iterator[Flask]:
        folder = tmp_path / "another"
        folder.mkdir(exist_ok=True)
        with (
            conftest._database(request, own, dialect, "migrated", folder) as url,
            own.program(url, folder / "files") as made,
            made.app_context(),
        ):
            yield made

    yield opened
    own.end()


def one_more() -> int:
    """A person who comes later; gives the key."""
    with writing():
        return add_signer("later", "Sent Demo", factories.party("964338531"), factories.AT).id


@pytest.mark.parametrize("ground", [factories.people, compensation_rows.ground])
def test_the_second_ground_is_as_the_first(app: Flask, another: Any, ground: Any) -> None:
    with app.app_context():
        ground.__wrapped__()  # by the verbs, whatever is remembered
        made, key = stands(), one_more()
        db.session.remove()
    with another():
        ground()
        db.session.remove()
    with another():
        ground()
        assert stands() == made
        assert list(faults()) == []
        assert one_more() == key
        db.session.remove()
