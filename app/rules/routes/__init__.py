"""Rules and calls for the directorate: read, write, approve with another hand, publish, announce."""

from app.rules.routes import calls, versions
from app.rules.routes.blueprint import bp

__all__ = ["bp", "calls", "versions"]
