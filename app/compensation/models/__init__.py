"""The tables of the GP track."""

from app.compensation.models.agreements import GpAgreement
from app.compensation.models.claims import Claim, ClaimLine

__all__ = ["Claim", "ClaimLine", "GpAgreement"]
