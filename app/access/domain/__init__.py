"""Who may do what, how long a log-in lasts, and how guessing is slowed."""

from app.access.domain.rights import (
    GRANTS,
    INSIDE,
    OF_AREA,
    OUTSIDE,
    OWN,
    Actor,
    Delegation,
    Membership,
    Permission,
    Role,
    holders,
)
from app.access.domain.sessions import Ended, Entered, Happening, Known, Lives
from app.access.domain.tries import QUIET, TRIES, Brake, brakes

__all__ = [
    "GRANTS",
    "INSIDE",
    "OF_AREA",
    "OUTSIDE",
    "OWN",
    "QUIET",
    "TRIES",
    "Actor",
    "Brake",
    "Delegation",
    "Ended",
    "Entered",
    "Happening",
    "Known",
    "Lives",
    "Membership",
    "Permission",
    "Role",
    "brakes",
    "holders",
]
