"""Rules and calls for the directorate: read, write, approve with another hand, publish, announce."""

from app.rules.routes import calls, regulation, versions
from app.rules.routes.blueprint import bp

__all__ = ["bp", "calls", "regulation", "versions"]
