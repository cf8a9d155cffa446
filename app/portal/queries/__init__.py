"""What a recipient sees of their own cases: a fixed number of queries, whatever the rows."""

from app.portal.queries.own_cases import ENDED, OVER, OWED, RUNNING, Mine, mine
from app.portal.queries.pages import (
    Letter,
    Listed,
    Organisation,
    all_of,
    calls,
    debts,
    is_running,
    letters,
    organisations,
    parts,
    reports,
    timeline,
)

__all__ = [
    "ENDED",
    "OVER",
    "OWED",
    "RUNNING",
    "Letter",
    "Listed",
    "Mine",
    "Organisation",
    "all_of",
    "calls",
    "debts",
    "is_running",
    "letters",
    "mine",
    "organisations",
    "parts",
    "reports",
    "timeline",
]
