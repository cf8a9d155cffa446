"""Pages of the recipient's own reports, of the control, and of the summaries."""

from app.reports.routes import own, review, summaries
from app.reports.routes.blueprint import bp

__all__ = ["bp", "own", "review", "summaries"]
