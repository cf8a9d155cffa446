"""Verbs on deliveries."""

from app.summaries.actions.approving import approve, seal_of, send_back, submit
from app.summaries.actions.writing import begin, change, revise

__all__ = ["approve", "begin", "change", "revise", "seal_of", "send_back", "submit"]
