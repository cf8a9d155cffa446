"""Judging a case: the codes, the sheet an officer fills in, the proposal, and the order within the frame."""

from app.assessments.domain.codes import BackCause, Chore, Met, Outcome
from app.assessments.domain.proposal import Proposal, ground_lacks, outcome_of, reasons_against, reasons_from
from app.assessments.domain.ranking import TIE_BREAK, Candidate, Placed, Ranking, rank
from app.assessments.domain.sheet import Cut, Judged, Scored, Sheet, missing, proposed_sum, weighted

__all__ = [
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
    "Sheet",
    "ground_lacks",
    "missing",
    "outcome_of",
    "proposed_sum",
    "rank",
    "reasons_against",
    "reasons_from",
    "weighted",
]
