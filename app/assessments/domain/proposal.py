"""What is recommended, what stands against it, and its reasons made from the sheet: nothing is typed twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.assessments.domain.codes import Met, Outcome
from app.assessments.domain.grades import nothing_met, overall, too_low
from app.assessments.domain.sheet import Sheet, proposed_sum
from app.flow.domain import Reason
from app.rules.domain import Rules
from app.values.language import N_, Language


@dataclass(frozen=True)
class Proposal:
    """A recommendation as written: `amount_ore` is nought for a refusal. Texts in the letter's language.

    `despite`: why a grant is right though the scores speak against it.
    """

    outcome: Outcome
    amount_ore: int
    purpose: str
    facts: str
    reasons: str
    conditions: tuple[str, ...] = ()
    despite: str = ""


def outcome_of(proposed_ore: int, applied_ore: int) -> Outcome:
    """The outcome an amount gives: partial if and only if less than applied for."""
    if proposed_ore <= 0:
        return Outcome.REFUSE
    return Outcome.GRANT if proposed_ore >= applied_ore else Outcome.GRANT_PART


NOT_FINISHED = Reason(N_("Søknaden er ikke ferdig vurdert."))


def reasons_against(proposal: Proposal, rules: Rules, sheet: Sheet | None, applied_ore: int) -> list[Reason]:
    """Everything that stands in the way of recommending this; `sheet` None when nobody has finished one."""
    if sheet is None:
        return [NOT_FINISHED]
    return [
        *unclear(rules, sheet),
        *_amount(proposal, sheet, applied_ore),
        *against_scores(proposal.outcome, proposal.despite, rules, sheet),
        *_texts(proposal),
    ]


def unclear(rules: Rules, sheet: Sheet) -> list[Reason]:
    """Formal requirements that must be settled first (forvaltningsloven § 17)."""
    left = [r for r in rules.requirements if sheet.met(r.code) in (None, Met.UNCLEAR)]
    return [Reason(N_("Formelt krav må avklares først: punkt %(point)s."), {"point": r.point}) for r in left]


def against_scores(outcome: Outcome, despite: str, rules: Rules, sheet: Sheet) -> list[Reason]:
    """Why the scores do not carry a grant: nothing is met, or they are low and nobody has said why all the same."""
    if outcome is Outcome.REFUSE:
        return []
    if nothing_met(rules, sheet):
        text = N_(
            "Ingen av kriteriene er oppfylt. Da kan du bare innstille på avslag. Rett vurderingen hvis den er feil."
        )
        return [Reason(text)]
    low = too_low(rules, sheet)
    if low is None or despite.strip():
        return []
    return [low, Reason(N_("Skriv hvorfor søknaden likevel bør innvilges."), of="despite")]


def _amount(proposal: Proposal, sheet: Sheet, applied_ore: int) -> list[Reason]:
    reasons = []
    if proposal.outcome is not outcome_of(proposal.amount_ore, applied_ore):
        reasons.append(Reason(N_("Utfallet stemmer ikke med beløpet.")))
    if proposal.amount_ore > applied_ore:
        reasons.append(Reason(N_("Beløpet er høyere enn det er søkt om.")))
    if proposal.outcome is not Outcome.REFUSE and proposal.amount_ore != proposed_sum(sheet):
        facts = {"sum_ore": proposed_sum(sheet)}
        reasons.append(Reason(N_("Beløpet må være summen av budsjettlinjene i vurderingen: %(sum_ore)s."), facts))
    if sheet.fails and proposal.outcome is not Outcome.REFUSE:
        reasons.append(Reason(N_("Et formelt krav er ikke oppfylt. Da kan du bare innstille på avslag.")))
    return reasons


def _texts(proposal: Proposal) -> list[Reason]:
    """The parts a good reason has (forvaltningsloven § 25): the facts and the main considerations."""
    reasons = []
    if not proposal.facts.strip():
        reasons.append(Reason(N_("Skriv hvilke faktiske forhold innstillingen bygger på.")))
    if not proposal.reasons.strip():
        reasons.append(Reason(N_("Skriv hovedhensynene i vurderingen.")))
    if proposal.outcome is not Outcome.REFUSE and not proposal.purpose.strip():
        reasons.append(Reason(N_("Skriv hva tilskuddet skal brukes til.")))
    if proposal.outcome is not Outcome.REFUSE and not proposal.conditions:
        reasons.append(Reason(N_("Velg eller skriv minst ett vilkår. Vedtaksbrevet kan ikke lages uten.")))
    return reasons


def reasons_from(rules: Rules, sheet: Sheet, language: Language) -> str:
    """A first draft of the considerations: the whole in a sentence, then each reason for a cut, once.

    Points stay inside. The reasons of the criteria stand in the letter by themselves, so they are not among these.
    """
    if sheet.fails:
        return "\n".join(_refused(rules, sheet, language))
    whole = overall(rules, sheet, language)
    cuts = [cut.why.strip() for cut in sheet.cuts if cut.is_cut and cut.why.strip()]
    return "\n".join([*([whole] if whole else []), *dict.fromkeys(_sentence(why) for why in cuts)])


def _refused(rules: Rules, sheet: Sheet, language: Language) -> Sequence[str]:
    failed = [r for r in rules.requirements if sheet.met(r.code) is Met.NO]
    return [f"{r.words.in_(language)}: {sheet.requirements[r.code].note.strip()}" for r in failed]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
