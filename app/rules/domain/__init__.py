"""The rules of a pot: what they hold, what is wrong with them, and how they are kept."""

from app.rules.domain.compensation import ControlRule, LegalForm, PaidThrough, UnitKind, UnitPrice
from app.rules.domain.content import (
    PARTS,
    THE_BUDGET,
    Answer,
    CallFacts,
    Choice,
    CostType,
    Criterion,
    InstalmentRule,
    Known,
    Question,
    ReportKind,
    ReportRule,
    Requirement,
    Rules,
    Section,
    Trigger,
    field_of,
)
from app.rules.domain.data import from_data, to_data
from app.rules.domain.faults import changed_parts, faults
from app.rules.domain.naming import scheme_year
from app.rules.domain.regulation import RegulationStep, Steps, Told, not_gazetted, not_heard, why_not_tell
from app.rules.domain.words import Words

__all__ = [
    "PARTS",
    "THE_BUDGET",
    "Answer",
    "CallFacts",
    "Choice",
    "ControlRule",
    "CostType",
    "Criterion",
    "InstalmentRule",
    "Known",
    "LegalForm",
    "PaidThrough",
    "Question",
    "RegulationStep",
    "ReportKind",
    "ReportRule",
    "Requirement",
    "Rules",
    "Section",
    "Steps",
    "Told",
    "Trigger",
    "UnitKind",
    "UnitPrice",
    "Words",
    "changed_parts",
    "faults",
    "field_of",
    "from_data",
    "not_gazetted",
    "not_heard",
    "scheme_year",
    "to_data",
    "why_not_tell",
]
