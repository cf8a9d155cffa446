"""A report stands among what a recipient must do when there is something to tell; before that it comes later."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.models import User, UserMembership
from app.db import db, writing
from app.db.clock import now
from app.reports.models import Report
from app.reports.workflow import Status
from app.values.clock import local_date
from tests.client import Client
from tests.page_contract import words_of

People = Callable[[str], Client]


@pytest.mark.parametrize(
    ("status", "in_days", "lists"),
    [(Status.NOT_STARTED, 400, 1), (Status.STARTED, 400, 1), (Status.NOT_STARTED, 20, 0)],
)
def test_a_report_that_cannot_be_written_yet_comes_later(
    season: Flask, season_client_for: People, status: Status, in_days: int, lists: int
) -> None:
    with season.app_context():
        query = (
            sa.select(Report.id, Report.public_id, User.username)
            .join(UserMembership, UserMembership.party_id == Report.party_id)
            .join(User, User.id == UserMembership.user_id)
            .where(Report.status == Status.NOT_STARTED, User.username.in_(("bodo", "rana", "hammerfest", "tromso")))
        )
        report_id, key, who = db.session.execute(query.order_by(Report.id)).all()[0]
        due_on = local_date(now()) + timedelta(days=in_days)
        with writing():
            facts = {"due_on": due_on, "cutoff_on": min(due_on, date(2025, 12, 31)), "status": status}
            db.session.execute(sa.update(Report).where(Report.id == report_id).values(**facts))
        db.session.remove()
    page = season_client_for(who).see("/vaar-side")
    assert page.root is not None
    todo = page.root.find(".//section[@aria-labelledby='todo']")
    assert todo is not None
    where = [nr for nr, each in enumerate(todo.iter("ul")) for a in each.iter("a") if key in str(a.get("href"))]
    has_now = any(each.tag == "ul" for each in list(todo)[:2])
    assert where == [lists if has_now else 0]
    assert ("Senere" in words_of(todo)) is True or lists == 0
