"""Who may do what."""

from app.access.domain.rights import GRANTS, OWN, Actor, Delegation, Membership, Permission, Role, holders

__all__ = ["GRANTS", "OWN", "Actor", "Delegation", "Membership", "Permission", "Role", "holders"]
