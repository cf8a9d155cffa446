"""Agreements for GPs that are asked for: without a number till they are answered, they stand over the list of cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.compensation.models import GpAgreement
from app.compensation.workflow import AgreementStatus
from app.db import db, search
from app.desk.domain import Filter, Whose
from app.parties.models import PilotArea

MOST = 20


@dataclass(frozen=True)
class Unnumbered:
    """The first of them, those that wait for us before those that wait for a signature; `more`: there are others."""

    rows: Sequence[Any] = ()
    more: bool = False


def asked_for(asked: Filter, actor: Actor) -> Unnumbered:
    """Those that what is asked for leaves; none where it is about officers, deadlines or the status of a case."""
    if not actor.may(Permission.REVIEW_CLAIM) or _leaves_none(asked):
        return Unnumbered()
    hits = search.hits(asked.search) if asked.search else None
    if asked.search and hits is None:
        return Unnumbered()
    query = (
        sa.select(GpAgreement.gp_name, GpAgreement.hpr_no, GpAgreement.status, GpAgreement.signed_at)
        .add_columns(Case.public_id, Case.party_name, PilotArea.name.label("area"))
        .join(Case, Case.id == GpAgreement.case_id)
        .join(PilotArea, PilotArea.id == GpAgreement.area_id)
        .where(GpAgreement.status.in_((AgreementStatus.APPLIED, AgreementStatus.TO_SIGN)))
        .order_by(GpAgreement.status, GpAgreement.id)
        .limit(MOST + 1)
    )
    if hits is not None:
        query = query.where(GpAgreement.case_id.in_(hits))
    if asked.scheme:
        query = query.where(Case.scheme_code == asked.scheme)
    if asked.year is not None:
        query = query.where(Case.year == asked.year)
    rows = db.session.execute(query).all()
    return Unnumbered(rows[:MOST], len(rows) > MOST)


def _leaves_none(asked: Filter) -> bool:
    narrowed = asked.officer is not None or asked.status is not None or asked.overdue or asked.week
    return narrowed or asked.whose is Whose.MINE
