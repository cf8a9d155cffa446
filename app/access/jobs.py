"""Forgetting what is kept for a while only."""

from datetime import datetime

from app.access import actions
from app.values.clock import system_now


def forget(at: datetime) -> int:
    """Delete old sessions, events, tries and kept forms: by the wall's clock they were written by, whatever `at` is."""
    del at
    return actions.forget(at=system_now())
