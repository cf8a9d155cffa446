"""What the worklist's filter offers: schemes and years that there are rules for, and whose cases."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.domain import GRANTS, Permission
from app.access.models import User, UserRole
from app.db import db
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
    sa.select(sa.literal("").label("code"), _U.c.name, _U.c.sort_key, _U.c.id)
    .where(_U.c.id.in_(sa.select(_R.c.user_id).where(_R.c.role.in_(_HANDLING))))
    .order_by(_U.c.sort_key, _U.c.id)
    .limit(MOST_OFFICERS)
    .subquery()
)
_RULES = (
    sa.select(_S.c.code, _S.c.name_nb, _S.c.name_nn, _V.c.year)
    .select_from(_S.join(_P, _P.c.scheme_id == _S.c.id).join(_V, _V.c.pot_id == _P.c.id))
    .distinct()
    .limit(MOST_CHOICES)
    .subquery()
)
_OFFERED = sa.union_all(_RULES.select(), _OFFICERS.select())


@dataclass(frozen=True)
class Offered:
    """Schemes (code, bokmål and nynorsk name) and years that there are rules for, newest first; officers by name."""

    schemes: list[tuple[str, str, str]]
    years: list[int]
    officers: dict[int, str]


def offered() -> Offered:
    """What the list can be narrowed by. One statement: a row without a code is one of those who may handle cases."""
    rows = [tuple(row) for row in db.session.execute(_OFFERED)]
    schemes = {code: (code, name_nb, name_nn) for code, name_nb, name_nn, _ in rows if code}
    officers = sorted((order, key, name) for code, name, order, key in rows if not code)
    return Offered(
        [schemes[code] for code in sorted(schemes)],
        sorted({year for code, _, _, year in rows if code}, reverse=True),
        {key: name for _, key, name in officers},
    )
