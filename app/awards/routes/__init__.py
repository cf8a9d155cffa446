"""Decide and what was decided, the recipient's answer, and what people do with an award."""

from app.awards.routes import accepting, deciding, holding
from app.awards.routes.blueprint import bp

__all__ = ["accepting", "bp", "deciding", "holding"]
