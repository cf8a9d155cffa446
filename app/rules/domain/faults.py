"""What keeps rules from being approved, and what is new in them."""

from app.rules.domain.compensation import LegalForm, UnitPrice
from app.rules.domain.content import (
    PARTS,
    THE_BUDGET,
    CostType,
    Criterion,
    InstalmentRule,
    Question,
    Requirement,
    Rules,
    Section,
    Trigger,
)
from app.rules.domain.words import Words
from app.values.language import N_


def faults(rules: Rules) -> list[str]:
    """What keeps these rules from being approved, in bokmål; empty when they can be used."""
    lacks = [
        (not _both(rules.title), N_("Regelverket mangler navn på bokmål eller nynorsk.")),
        (not _both(rules.purpose), N_("Formålet mangler på bokmål eller nynorsk.")),
        (not _both(rules.legal_basis), N_("Hjemmelen mangler på bokmål eller nynorsk.")),
        (not rules.who_may_apply, N_("Det står ikke hvem som kan søke.")),
        (
            bool(rules.instalments) and sum(i.percent for i in rules.instalments) != 100,
            N_("Ratene er ikke 100 prosent til sammen."),
        ),
        (any(c.weight < 1 for c in rules.criteria), N_("Hvert kriterium må ha en vekt på minst 1.")),
        (_out_of_reach(rules), N_("Grensen for å innvilge er høyere enn en søknad kan få.")),
        (
            any(r.cutoff_on > r.due_on for r in rules.reports),
            N_("En rapport har frist før dagen den skal gjelde for."),
        ),
        (
            any(_unreleased(i) for i in rules.instalments),
            N_("En rate mangler datoen eller rapporten den venter på."),
        ),
        (_repeated(rules), N_("To spørsmål har samme kode.")),
        (_unasked(rules), N_("Et krav eller kriterium viser til et spørsmål som ikke finnes.")),
        (_one_sided(rules), N_("En tekst mangler på bokmål eller nynorsk.")),
        (
            any(p.max_per_period is not None and p.max_per_period > p.max_units for p in rules.unit_prices),
            N_("En sats tillater flere enheter i ett krav enn i alt."),
        ),
        (
            rules.legal_form is LegalForm.REGULATION and rules.change_clause,
            N_("Klausulen om endring hører til en avtale. En forskrift gjelder for alle uten den."),
        ),
        (any(_half_named(p) for p in rules.unit_prices), N_("En sats mangler noen av ordene for enheten.")),
    ]
    return [words for wrong, words in lacks if wrong]


Named = Section | Question | Requirement | Criterion | CostType | UnitPrice


def changed_parts(before: Rules, after: Rules) -> tuple[str, ...]:
    """The bokmål headings of the parts that differ: «what is new»."""
    limits = (
        "accept_days",
        "auditor_from_ore",
        "one_application",
        "signed_accounts",
        "deviation_percent",
        "review_days",
        "complaint_body",
        "cap_ore",
        "in_force_on",
        "legal_form",
        "change_clause",
        "claims_until",
        "control",
        "smallest_count",
        "paid_through",
        "lowest_score",
    )
    named = {code: (code,) if code != "limits" else limits for code in PARTS}
    return tuple(
        PARTS[code] for code, names in named.items() if any(getattr(before, n) != getattr(after, n) for n in names)
    )


def _both(words: Words) -> bool:
    return bool(words.nb.strip() and words.nn.strip())


def _out_of_reach(rules: Rules) -> bool:
    if rules.lowest_score is None or any(c.weight < 1 for c in rules.criteria):
        return False
    return not rules.criteria or rules.lowest_score > rules.highest_score


def _unreleased(instalment: InstalmentRule) -> bool:
    return (instalment.trigger is Trigger.DATE and instalment.on is None) or (
        instalment.trigger is Trigger.REPORT_APPROVED and instalment.report is None
    )


def _half_named(price: UnitPrice) -> bool:
    """A unit has all its words, one and many in both forms, or none."""
    words = (price.one.nb, price.one.nn, price.many.nb, price.many.nn)
    return any(words) and not all(words)


def _repeated(rules: Rules) -> bool:
    """Answers are kept by code, so two questions with one code would share an answer."""
    asked = [q.code for s in rules.sections for q in s.questions]
    told = [q.code for q in (*rules.report_questions, *rules.indicators)]
    return len(set(asked)) < len(asked) or len(set(told)) < len(told)


def _unasked(rules: Rules) -> bool:
    asked = {THE_BUDGET, *(q.code for s in rules.sections for q in s.questions)}
    named = [*(r.answered_in for r in rules.requirements), *(c.answered_in for c in rules.criteria)]
    return not {code for codes in named for code in codes} <= asked


def _one_sided(rules: Rules) -> bool:
    """Both forms at the same time (språklova)."""
    rows: tuple[Named, ...] = (
        *rules.sections,
        *(q for s in rules.sections for q in s.questions),
        *rules.requirements,
        *rules.criteria,
        *rules.cost_types,
        *rules.report_questions,
        *rules.indicators,
        *rules.unit_prices,
    )
    return not all(_both(words) for words in (*(row.words for row in rows), *rules.conditions))
