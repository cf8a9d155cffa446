"""Whom a report concerns: who hears of it, and whose turn it is to control it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.applications.models import Application
from app.cases.domain import Impartiality
from app.cases.models import Case
from app.cases.queries import given_at, own_answer
from app.db import db
from app.parties.models import Party
from app.reports.models import Report
from app.reports.workflow import CONTROL

MOST_WAITING = 100


def contact_of(case: Case) -> tuple[Party, str | None, str | None]:
    """The recipient with the project's own contact and chosen language, where there is an application."""
    query = (
        sa.select(Party, Application.contact_email, Application.language)
        .outerjoin(Application, Application.case_id == case.id)
        .where(Party.id == case.party_id)
    )
    party, contact, chosen = db.session.execute(query).one()
    return party, contact, chosen


def any_to_control() -> sa.ColumnElement[bool]:
    """Whether any report is delivered and not concluded on."""
    return sa.exists().where(Report.status.in_(list(CONTROL)))


def to_control(
    officer_id: int,
) -> Sequence[sa.Row[Report, str, str | None, int, datetime | None, Impartiality | None]]:
    """Delivered reports on the officer's cases nobody has concluded on, the first that came first.

    With the recipient's name, the case's number and rules, when it came to the officer, and their own answer on it.
    """
    query = (
        sa.select(Report, Case.party_name, Case.number, Case.rule_version_id, given_at(), own_answer(officer_id))
        .join(Case, Case.id == Report.case_id)
        .where(Report.status.in_(list(CONTROL)), Case.officer_id == officer_id)
        .order_by(Report.delivered_at, Report.id)
        .limit(MOST_WAITING)
    )
    return db.session.execute(query).all()
