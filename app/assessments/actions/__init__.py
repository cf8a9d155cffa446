"""Verbs of assessing: start, fill in the sheet, ask the applicant, go on unanswered, recommend, take or send back."""

from app.assessments.actions.asking import ask_applicant, go_on
from app.assessments.actions.recommending import recommend, send_back, take_back
from app.assessments.actions.sheets import finish, reopen, save_assessment, start

__all__ = [
    "ask_applicant",
    "finish",
    "go_on",
    "recommend",
    "reopen",
    "save_assessment",
    "send_back",
    "start",
    "take_back",
]
