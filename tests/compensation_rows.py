"""Agreements and claims made through the program's own actions."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.budget import actions as budget
from app.budget.domain import FrameState
from app.compensation import actions
from app.compensation.domain import AgreementFacts, ClaimFacts, Period
from app.compensation.models import Claim, GpAgreement
from app.compensation.queries import compensation_pot
from app.db import db, writing
from app.parties.models import PilotArea
from tests import factories
from tests.remembered import remembered

QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))
CLAIMED = datetime.fromisoformat("2025-04-10T09:00:00+00:00")
CONFIRMED = datetime.fromisoformat("2025-04-11T09:00:00+00:00")
FRAME_ORE = 1_000_000_00


def frame(frame_ore: int = FRAME_ORE, at: datetime = factories.AT) -> int:
    """The GP pot's frame of 2025, at disposal."""
    pot = compensation_pot("gp")
    assert pot is not None
    with writing():
        return budget.set_frame(
            pot, 2025, frame_ore, state=FrameState.AT_DISPOSAL, basis="Tildelingsbrev 2025",
            letter_on=date(2025, 1, 6), by=None, at=at,
        ).id  # fmt: skip


@remembered
def ground(frame_ore: int = FRAME_ORE) -> None:
    """People, the season's rules and the GP pot's frame of 2025."""
    factories.people()
    factories.season_rules()
    frame(frame_ore)


def agreement(*, officer: str = "officer1", at: datetime = factories.AT, **changed: Any) -> GpAgreement:
    """An agreement with the demo practice. People and the season's rules must be there."""
    by = factories.acting(officer)
    area = db.session.scalars(sa.select(PilotArea)).first()
    assert area is not None
    given: dict[str, Any] = {
        "pot_code": "gp",
        "gp_name": "Lege Demo",
        "hpr_no": "1234567",
        "payee_orgnr": "312999021",
        "account_no": "12345600149",
        "area_public_id": area.public_id,
        "from_on": date(2025, 1, 1),
        "to_on": date(2025, 12, 31),
        "cap_ore": 30_000_00,
        "signed_on": date(2025, 1, 5),
        "de_minimis_declared": True,
        "impartial": True,
    }
    with writing():
        return actions.make_agreement(AgreementFacts(**{**given, **changed}), by=by, at=at)


def claim(
    made: GpAgreement,
    units: dict[str, int] | None = None,
    *,
    who: str = "gp1",
    period: Period = QUARTER,
    at: datetime = CLAIMED,
    late_reason: str = "",
) -> Claim:
    """A claim sent in by the GP: start and 150 patients unless told otherwise."""
    by = factories.acting(who)
    with writing():
        facts = ClaimFacts(period, units or {"start": 1, "patient": 150}, late_reason=late_reason)
        return actions.submit(made.case_id, facts, by=by, at=at)


def confirmed(made: Claim, at: datetime = CONFIRMED) -> Claim:
    """The area has confirmed it."""
    by = factories.acting("area-nordland")
    with writing():
        return actions.confirm({made.id: 1}, by=by, at=at)[0]
