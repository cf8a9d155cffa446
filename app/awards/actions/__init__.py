"""Decide, accept or decline, and what people do with an award after that."""

from app.awards.actions.accepting import accept, decline
from app.awards.actions.deciding import Changed, decide, decide_all
from app.awards.actions.holding import lapse, resume, stop

__all__ = ["Changed", "accept", "decide", "decide_all", "decline", "lapse", "resume", "stop"]
