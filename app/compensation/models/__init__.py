"""The tables of the GP track."""

from app.compensation.models.agreements import Gp, GpAgreement, GpPause, GpTerms
from app.compensation.models.areas import AreaCheck, AreaContact, AreaGoal
from app.compensation.models.attachments import ClaimAttachment
from app.compensation.models.claims import STANDS, Claim, ClaimLine
from app.compensation.models.drafts import ClaimDraft
from app.compensation.models.helfo import HelfoClaim, HelfoExport, HelfoPayment
from app.compensation.models.reversals import CounterClaim, CounterLine
from app.compensation.models.statistics import HelfoFigure

__all__ = [
    "STANDS",
    "AreaCheck",
    "AreaContact",
    "AreaGoal",
    "Claim",
    "ClaimAttachment",
    "ClaimDraft",
    "ClaimLine",
    "CounterClaim",
    "CounterLine",
    "Gp",
    "GpAgreement",
    "GpPause",
    "GpTerms",
    "HelfoClaim",
    "HelfoExport",
    "HelfoFigure",
    "HelfoPayment",
]
