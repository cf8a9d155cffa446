"""Reading reports: whole, by when they are due, what is owed, whom they concern, and the rows of the summaries."""

from app.reports.queries.due import LACKING, act_by, control_by, next_day, not_come, told_on
from app.reports.queries.owed import budget_of, owing, proposed_of, there_of
from app.reports.queries.summaries import Group, Page, group, page, rows
from app.reports.queries.told import any_to_control, contact_of, to_control
from app.reports.queries.whole import (
    OPEN_TO_RECIPIENT,
    Read,
    award_ore,
    case_of,
    facts_of,
    lines_of,
    listed_of,
    locked,
    of_case,
    own,
    reports_of,
)

__all__ = [
    "LACKING",
    "OPEN_TO_RECIPIENT",
    "Group",
    "Page",
    "Read",
    "act_by",
    "any_to_control",
    "award_ore",
    "budget_of",
    "case_of",
    "contact_of",
    "control_by",
    "facts_of",
    "group",
    "lines_of",
    "listed_of",
    "locked",
    "next_day",
    "not_come",
    "of_case",
    "owing",
    "own",
    "page",
    "proposed_of",
    "reports_of",
    "rows",
    "there_of",
    "to_control",
    "told_on",
]
