"""The pure half of the GP track: agreements, periods, and what a claim gives."""

from app.compensation.domain.agreements import (
    AgreementFacts,
    AskedFacts,
    Employment,
    PauseCause,
    Terms,
    agreement_asked,
    terms_of,
    why_not_agree,
    why_not_from,
)
from app.compensation.domain.claims import (
    ClaimFacts,
    ClaimLine,
    Reckoned,
    Wrong,
    cut,
    outliers,
    reckon,
    units_left,
    used_up,
    why_not_claim,
)
from app.compensation.domain.confirming import Confirmer
from app.compensation.domain.follow_up import (
    BY_HAND,
    CheckFacts,
    ContactKind,
    middle,
    period_of,
    reminder_of,
    why_not_check,
)
from app.compensation.domain.forecast import Forecast, Money, forecast
from app.compensation.domain.helfo import HelfoPaid
from app.compensation.domain.periods import Period, next_period
from app.compensation.domain.prices import Holding, RulePart, holding_on, holdings, split
from app.compensation.domain.queue import MANY, PAGE, control_of, fits

__all__ = [
    "BY_HAND",
    "MANY",
    "PAGE",
    "AgreementFacts",
    "AskedFacts",
    "CheckFacts",
    "ClaimFacts",
    "ClaimLine",
    "Confirmer",
    "ContactKind",
    "Employment",
    "Forecast",
    "HelfoPaid",
    "Holding",
    "Money",
    "PauseCause",
    "Period",
    "Reckoned",
    "RulePart",
    "Terms",
    "Wrong",
    "agreement_asked",
    "control_of",
    "cut",
    "fits",
    "forecast",
    "holding_on",
    "holdings",
    "middle",
    "next_period",
    "outliers",
    "period_of",
    "reckon",
    "reminder_of",
    "split",
    "terms_of",
    "units_left",
    "used_up",
    "why_not_agree",
    "why_not_check",
    "why_not_claim",
    "why_not_from",
]
