"""Answers on impartiality for many cases at once: the cases are locked before what is answered already is read.

Else the same person's «inhabil» in one window, and «habil i alle» in another, would both be the first answer, and the
milder one could stand.
"""

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.cases import actions as cases
from app.cases import queries
from app.cases.models import Case
from app.db import db, writing
from app.payouts import actions as payouts
from app.payouts.actions import impartiality
from tests import factories, rounds
from tests.factories import AT, acting


def is_held(case_ids: Collection[int]) -> bool:
    """Whether somebody else would have to wait for these cases now; SQLite has one lock for all."""
    if db.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(db.engine.url.database), timeout=0)) as alone:
            try:
                alone.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            return False
    for case_id in case_ids:
        with db.engine.connect() as other, other.begin():
            try:
                other.execute(sa.select(Case.id).where(Case.id == case_id).with_for_update(nowait=True)).all()
            except OperationalError:
                continue
            return False
    return bool(case_ids)


def lines() -> Callable[[], int]:
    """The hands of a payment answer for the lines they see."""
    factories.frame()
    factories.payable(hands=())
    factories.payable(hands=(), orgnr="312999013", signer="fjordnes", number="T25-0002", ore=100_000_00)
    by = acting("finance1")
    return lambda: payouts.declare_lines(["T25-0001", "T25-0002"], {}, "", by=by, at=AT)


def whole_round() -> Callable[[], int]:
    """An officer answers for a round."""
    call = rounds.published_call()
    shown = [str(rounds.submitted(call, orgnr).number) for orgnr in ("312999005", "312999013")]
    call_id, by = call.id, acting("officer1")
    return lambda: cases.declare_round(call_id, shown, {}, "", by=by, at=AT)


@pytest.mark.parametrize("made", [lines, whole_round])
def test_what_is_answered_already_is_read_under_the_lock(
    app: Flask, made: Callable[[], Callable[[], int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        factories.people()
        answer = made()
        held = []
        plain = queries.declared

        def watched(case_ids: Any, user_id: int) -> dict[int, str]:
            held.append(is_held(list(case_ids)))
            return plain(case_ids, user_id)

        monkeypatch.setattr(queries, "declared", watched)
        monkeypatch.setattr(impartiality, "declared", watched)
        with writing():
            assert answer() == 2
        assert held and all(held)
