"""The rules of a pot: what they hold, what is wrong with them, and how they are kept."""

from app.rules.domain.content import (
    PARTS,
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
    UnitPrice,
    Words,
    field_of,
)
from app.rules.domain.data import from_data, to_data
from app.rules.domain.faults import changed_parts, faults

__all__ = [
    "PARTS",
    "Answer",
    "CallFacts",
    "Choice",
    "CostType",
    "Criterion",
    "InstalmentRule",
    "Known",
    "Question",
    "ReportKind",
    "ReportRule",
    "Requirement",
    "Rules",
    "Section",
    "Trigger",
    "UnitPrice",
    "Words",
    "changed_parts",
    "faults",
    "field_of",
    "from_data",
    "to_data",
]
