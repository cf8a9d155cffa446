"""The rows about people."""

from app.access.models.people import BudgetDelegation, LoginFailure, User, UserMembership, UserRole

__all__ = ["BudgetDelegation", "LoginFailure", "User", "UserMembership", "UserRole"]
