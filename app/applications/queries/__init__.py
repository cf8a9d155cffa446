"""Reading applications: the whole of one, whose it is, and what the applicant is asked."""

from app.applications.queries.asking import answer_by, asked_of, asking_key, request, requests
from app.applications.queries.reading import (
    Read,
    answer_rows,
    by_case,
    kinds,
    language_of,
    live_of,
    locked,
    locked_own,
    organisations,
    organisations_of,
    read,
    section,
    signers,
    whole,
    withdrawn_before,
)

__all__ = [
    "Read",
    "answer_by",
    "answer_rows",
    "asked_of",
    "asking_key",
    "by_case",
    "kinds",
    "language_of",
    "live_of",
    "locked",
    "locked_own",
    "organisations",
    "organisations_of",
    "read",
    "request",
    "requests",
    "section",
    "signers",
    "whole",
    "withdrawn_before",
]
