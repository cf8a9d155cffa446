"""Reading cases, one at a time; lists stand with their readers (desk, portal, public)."""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.domain import Actor, Permission
from app.cases.models import Case, Declaration
from app.cases.workflow import Status
from app.db import db
from app.flow import Standing


def seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Which cases a person may see: officers every case that is sent in, recipients their own."""
    own = Case.party_id.in_(actor.party_ids)
    if actor.may(Permission.READ_CASES):
        return sa.or_(Case.status != Status.DRAFT, own)
    return own


def by_number(number: str, actor: Actor) -> Case | None:
    """The case of this number, when the person may see it."""
    query = sa.select(Case).options(joinedload(Case.party)).where(Case.number == number, seen_by(actor))
    return db.session.scalar(query)


def by_public_id(public_id: str, actor: Actor) -> Case | None:
    """The case of this address (drafts have no number), when the person may see it."""
    query = sa.select(Case).options(joinedload(Case.party)).where(Case.public_id == public_id, seen_by(actor))
    return db.session.scalar(query)


def locked(case_id: int) -> Case:
    """The case as it is now, locked until the transaction ends; an action starts here."""
    query = (
        sa.select(Case)
        .where(Case.id == case_id)
        .options(joinedload(Case.party))
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()


def declared(case_ids: Iterable[int], user_id: int) -> dict[int, str]:
    """The person's newest declaration of impartiality on each of these cases."""
    query = (
        sa.select(Declaration.case_id, Declaration.answer)
        .where(Declaration.case_id.in_(case_ids), Declaration.user_id == user_id)
        .order_by(Declaration.id)
    )
    return {case_id: answer.value for case_id, answer in db.session.execute(query)}


def standing(case: Case, actor: Actor | None) -> Standing:
    """What flow needs to judge this person on this case."""
    if actor is None or not actor.is_internal:
        return case.standing()
    return replace(case.standing(), declared=declared([case.id], actor.id).get(case.id))


def on_case(plain: Standing, case_id: int, actor: Actor | None) -> Standing:
    """The standing of a thing on a case, with the person's declaration on that case."""
    if actor is None or not actor.is_internal:
        return plain
    return replace(plain, declared=declared([case_id], actor.id).get(case_id))
