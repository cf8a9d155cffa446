"""An administrator's pages on people, the page of budget authority, and choosing a password."""

from app.people.routes import authority, ending, passwords, person, roles
from app.people.routes.blueprint import bp

__all__ = ["authority", "bp", "ending", "passwords", "person", "roles"]
