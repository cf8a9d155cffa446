"""What the worklist's filter offers: schemes and years that there are rules for, and whose cases."""

from typing import Any

import sqlalchemy as sa

from app.access.domain import GRANTS, Permission
from app.access.models import User, UserRole
from app.db import db
from app.db.base import one_of
from app.rules.models import Pot, RuleVersion, Scheme

MOST_OFFICERS = 200
MOST_CHOICES = 500
_U: Any = User.__table__
_R: Any = UserRole.__table__
_S: Any = Scheme.__table__
_V: Any = RuleVersion.__table__
_P: Any = Pot.__table__
_HANDLING = [role for role, granted in GRANTS.items() if Permission.ASSESS in granted]
_OFFICERS = (
    sa.select(_U.c.id, _U.c.name)
    .where(_U.c.id.in_(sa.select(_R.c.user_id).where(one_of(_R.c.role, _HANDLING))))
    .order_by(_U.c.sort_key, _U.c.id)
    .limit(MOST_OFFICERS)
)
_CHOICES = (
    sa.select(_S.c.code, _S.c.name_nb, _S.c.name_nn, _V.c.year)
    .select_from(_S.join(_P, _P.c.scheme_id == _S.c.id).join(_V, _V.c.pot_id == _P.c.id))
    .distinct()
    .limit(MOST_CHOICES)
)


def officers() -> dict[int, str]:
    """Whose cases can be asked for: those who may handle cases, by name. One statement."""
    return {key: name for key, name in db.session.execute(_OFFICERS)}  # noqa: C416  (a row is no pair to the type checker)


def schemes_and_years() -> tuple[list[tuple[str, str, str]], list[int]]:
    """Schemes (code, bokmål and nynorsk name) and years that there are rules for, newest first. One statement."""
    rows = db.session.execute(_CHOICES).all()
    schemes = {r.code: (r.code, r.name_nb, r.name_nn) for r in rows}
    return [schemes[code] for code in sorted(schemes)], sorted({r.year for r in rows}, reverse=True)
