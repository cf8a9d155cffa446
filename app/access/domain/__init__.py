"""Who may do what."""

from app.access.domain.rights import (
    GRANTS,
    INSIDE,
    OUTSIDE,
    OWN,
    Actor,
    Delegation,
    Membership,
    Permission,
    Role,
    holders,
)

__all__ = [
    "GRANTS",
    "INSIDE",
    "OUTSIDE",
    "OWN",
    "Actor",
    "Delegation",
    "Membership",
    "Permission",
    "Role",
    "holders",
]
