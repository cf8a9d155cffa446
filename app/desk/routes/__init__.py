"""The officer's pages."""

from app.desk.routes import worklist
from app.desk.routes.blueprint import bp

__all__ = ["bp", "worklist"]
