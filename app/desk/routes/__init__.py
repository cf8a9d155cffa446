"""The officer's pages."""

from app.desk.routes import case, home, worklist
from app.desk.routes.blueprint import bp

__all__ = ["bp", "case", "home", "worklist"]
