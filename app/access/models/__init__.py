"""The rows about people."""

from app.access.models.people import BudgetDelegation, PasswordLink, User, UserMembership, UserRole
from app.access.models.sessions import KeptForm, LoginBrake, LoginSession, SecurityEvent

__all__ = [
    "BudgetDelegation",
    "KeptForm",
    "LoginBrake",
    "LoginSession",
    "PasswordLink",
    "SecurityEvent",
    "User",
    "UserMembership",
    "UserRole",
]
