"""The rows about people."""

from app.access.models.people import (
    BudgetDelegation,
    LoginFailure,
    PasswordLink,
    User,
    UserMembership,
    UserRole,
)

__all__ = ["BudgetDelegation", "LoginFailure", "PasswordLink", "User", "UserMembership", "UserRole"]
