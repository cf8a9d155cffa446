"""What waits for a person in this room: letters and notices that were not sent."""

from datetime import datetime

import sqlalchemy as sa

from app.access.domain import Actor, Permission
from app.cases.models import Case
from app.db import db
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.flow import Waiting
from app.parties.models import Party
from app.values.clock import local_date
from app.values.language import N_

MOST = 30


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """An officer's are those of their own cases, and of cases nobody has; who has no cases has them all. One read."""
    del at
    if not actor.may(Permission.REGISTER):
        return []
    query = (
        sa.select(Party.display_name, Case.number, Outgoing.queued_at, Outgoing.public_id, Outgoing.last_error)
        .outerjoin(Case, Case.id == Outgoing.case_id)
        .outerjoin(Party, Party.id == Outgoing.party_id)
        .where(
            Outgoing.status == Status.FAILED,
            sa.or_(Outgoing.party_id.is_(None), Outgoing.party_id.not_in(actor.tied_to)),
        )
        .order_by(Outgoing.id)
        .limit(MOST)
    )
    if actor.may(Permission.ASSESS):
        query = query.where(sa.or_(Case.officer_id.is_(None), Case.officer_id == actor.id))
    return [
        Waiting(
            N_("Rett og send på nytt"),
            "dispatch.show",
            {"public_id": public_id},
            party or "",
            number or "",
            since=local_date(queued_at),
            cause=error.partition("\n")[0],
        )
        for party, number, queued_at, public_id, error in db.session.execute(query)
    ]
