"""A small set of rules to judge by: two requirements, two criteria, two kinds of cost."""

from datetime import date

from app.rules.domain import (
    CostType,
    Criterion,
    InstalmentRule,
    Question,
    ReportKind,
    ReportRule,
    Requirement,
    Rules,
    Section,
    Trigger,
    Words,
)


def same(text: str) -> Words:
    """Words that are alike in both forms."""
    return Words(text, text)


RULES = Rules(
    title=Words("Regelverk for samhandling", "Regelverk for samhandling"),
    purpose=Words("Bedre samhandling", "Betre samhandling"),
    legal_basis=Words("Prop. 1 S", "Prop. 1 S"),
    who_may_apply=("municipality",),
    instalments=(InstalmentRule(100, Trigger.ACCEPTANCE),),
    reports=(ReportRule(ReportKind.YEAR, date(2025, 12, 31), date(2026, 4, 1)),),
    sections=(
        Section(
            "project",
            Words("Prosjektet", "Prosjektet"),
            (
                Question("plan", Words("Hva skal dere gjøre?", "Kva skal de gjere?")),
                Question("benefit", Words("Hvilken nytte gir det?", "Kva nytte gir det?")),
            ),
        ),
    ),
    requirements=(
        Requirement("applicant", Words("Søkeren er en kommune", "Søkjaren er ein kommune"), "2.1"),
        Requirement("anchored", Words("Søknaden er forankret i ledelsen", "Søknaden er forankra i leiinga"), "2.3"),
    ),
    criteria=(
        Criterion("relevance", Words("Relevans for formålet", "Relevans for formålet"), 3),
        Criterion("benefit", Words("Forventet nytte", "Forventa nytte"), 2),
    ),
    cost_types=(CostType("salary", Words("Lønn", "Løn")), CostType("training", Words("Opplæring", "Opplæring"))),
    conditions=(Words("Dere rapporterer innen fristen.", "De rapporterer innan fristen."),),
)
