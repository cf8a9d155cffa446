"""Judging a case: the codes, the sheet an officer fills in, the proposal, and the order within the frame."""

from app.assessments.domain.codes import BackCause, Chore, Met, Outcome
from app.assessments.domain.grades import grade, is_overall, nothing_met, overall, too_low
from app.assessments.domain.known import Sent, Suggested, suggested
from app.assessments.domain.proposal import (
    NOT_FINISHED,
    Proposal,
    against_scores,
    outcome_of,
    reasons_against,
    reasons_from,
    unclear,
)
from app.assessments.domain.ranking import TIE_BREAK, Candidate, Placed, Ranking, fits, rank
from app.assessments.domain.sheet import Cut, Judged, Scored, Sheet, as_applied, missing, proposed_sum, shared, weighted

__all__ = [
    "NOT_FINISHED",
    "TIE_BREAK",
    "BackCause",
    "Candidate",
    "Chore",
    "Cut",
    "Judged",
    "Met",
    "Outcome",
    "Placed",
    "Proposal",
    "Ranking",
    "Scored",
    "Sent",
    "Sheet",
    "Suggested",
    "against_scores",
    "as_applied",
    "fits",
    "grade",
    "is_overall",
    "missing",
    "nothing_met",
    "outcome_of",
    "overall",
    "proposed_sum",
    "rank",
    "reasons_against",
    "reasons_from",
    "shared",
    "suggested",
    "too_low",
    "unclear",
    "weighted",
]
