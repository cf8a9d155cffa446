"""The pure half of the GP track: agreements, periods, and what a claim gives."""

from app.compensation.domain.agreements import AgreementFacts, Terms, why_not_agree
from app.compensation.domain.claims import (
    ClaimFacts,
    ClaimLine,
    Reckoned,
    Wrong,
    cut,
    outliers,
    reckon,
    used_up,
    why_not_claim,
)
from app.compensation.domain.periods import Period, next_period

__all__ = [
    "AgreementFacts",
    "ClaimFacts",
    "ClaimLine",
    "Period",
    "Reckoned",
    "Terms",
    "Wrong",
    "cut",
    "next_period",
    "outliers",
    "reckon",
    "used_up",
    "why_not_agree",
    "why_not_claim",
]
