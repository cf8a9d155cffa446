"""The tables of the GP track."""

from app.compensation.models.agreements import Gp, GpAgreement, GpPause
from app.compensation.models.areas import AreaCheck, AreaContact, AreaGoal
from app.compensation.models.claims import STANDS, Claim, ClaimLine

__all__ = ["STANDS", "AreaCheck", "AreaContact", "AreaGoal", "Claim", "ClaimLine", "Gp", "GpAgreement", "GpPause"]
