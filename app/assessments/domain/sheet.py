"""One officer's sheet: what is filled in, what it lacks, and what it sums to. Money in whole øre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.assessments.domain.codes import Met
from app.flow.domain import Reason
from app.rules.domain import Rules
from app.values.language import N_
from app.values.scores import weighted_score


@dataclass(frozen=True)
class Judged:
    """The answer to one formal requirement; `fact`: what the program showed beside it when it was saved."""

    met: Met | None = None
    note: str = ""
    fact: Reason | None = None


@dataclass(frozen=True)
class Scored:
    """The score of one criterion, 0 to its top, and why; the reason goes into the letter."""

    points: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Cut:
    """What is proposed for one budget line, and why it is cut.

    `applied_ore` is the whole line; `own_ore` of it is taken to be the applicant's own money, which is asked of nobody.
    """

    position: int
    applied_ore: int
    proposed_ore: int
    why: str = ""
    own_ore: int = 0

    @property
    def is_cut(self) -> bool:
        """Whether less is proposed than is asked for."""
        return self.proposed_ore < self.applied_ore - self.own_ore


@dataclass(frozen=True)
class Sheet:
    """An assessment as filled in, by requirement code, criterion code and budget line."""

    requirements: Mapping[str, Judged] = field(default_factory=dict)
    scores: Mapping[str, Scored] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()
    internal_note: str = ""

    def met(self, code: str) -> Met | None:
        """The answer to a requirement, None while there is none."""
        return self.requirements.get(code, Judged()).met

    def points(self, code: str) -> int | None:
        """The points of a criterion, None while there are none."""
        return self.scores.get(code, Scored()).points

    @property
    def fails(self) -> bool:
        """Whether a formal requirement is not met: then only a refusal can be recommended."""
        return any(judged.met is Met.NO for judged in self.requirements.values())


def as_applied(lines: Mapping[int, int], applied_ore: int) -> tuple[Cut, ...]:
    """All that is applied for, of lines in øre by position: the applicant's own money is left out of the costs."""
    own = shared(list(lines.values()), max(0, sum(lines.values()) - applied_ore))
    return tuple(
        Cut(position, ore, ore - taken, own_ore=taken)
        for (position, ore), taken in zip(lines.items(), own, strict=True)
    )


def shared(room_ore: Sequence[int], own_ore: int) -> list[int]:
    """Which lines own money pays, in øre: the one line of just that sum, else the last first, each within its room.

    The application does not tell; whoever works with the lines moves it where it belongs.
    """
    if own_ore and list(room_ore).count(own_ore) == 1:
        return [own_ore if ore == own_ore else 0 for ore in room_ore]
    found, left = [], own_ore
    for ore in reversed(room_ore):
        found.append(min(max(ore, 0), left))
        left -= found[-1]
    return found[::-1]


def proposed_sum(sheet: Sheet) -> int:
    """What the lines propose together; nought when a formal requirement is not met."""
    return 0 if sheet.fails else sum(cut.proposed_ore for cut in sheet.cuts)


def weighted(rules: Rules, sheet: Sheet) -> int | None:
    """The weighted score in hundredths (domain A.3), or None until every criterion has its points."""
    points = [sheet.points(criterion.code) for criterion in rules.criteria]
    pairs = [(p, criterion.weight) for p, criterion in zip(points, rules.criteria, strict=True) if p is not None]
    if len(pairs) < len(points) or not sum(weight for _, weight in pairs):
        return None
    return weighted_score(pairs)


def missing(rules: Rules, sheet: Sheet, applied_ore: int) -> list[Reason]:
    """Everything that stands in the way of «Ferdig vurdert»; empty when the sheet is complete."""
    unanswered = [r for r in rules.requirements if sheet.met(r.code) is None]
    reasons = [
        Reason(N_("Formelt krav uten svar: punkt %(point)s."), {"point": r.point}, of=f"met_{r.code}")
        for r in unanswered
    ]
    if sheet.fails:
        return reasons + _unexplained(rules, sheet)
    return reasons + _unscored(rules, sheet) + _uncut(sheet, applied_ore)


def _unexplained(rules: Rules, sheet: Sheet) -> list[Reason]:
    """A refusal on form needs its reason (forvaltningsloven § 25); scores are then not asked for."""
    silent = [
        r for r in rules.requirements if sheet.met(r.code) is Met.NO and not sheet.requirements[r.code].note.strip()
    ]
    text = N_("Skriv hvorfor kravet i punkt %(point)s ikke er oppfylt.")
    return [Reason(text, {"point": r.point}, of=f"note_{r.code}") for r in silent]


def _unscored(rules: Rules, sheet: Sheet) -> list[Reason]:
    reasons = []
    for number, criterion in enumerate(rules.criteria, 1):
        scored, points = sheet.scores.get(criterion.code, Scored()), f"points_{criterion.code}"
        if scored.points is None:
            reasons.append(Reason(N_("Kriterium %(number)s mangler poeng."), {"number": number}, of=points))
        elif not 0 <= scored.points <= criterion.top:
            facts = {"number": number, "top": criterion.top}
            reasons.append(Reason(N_("Kriterium %(number)s må ha fra 0 til %(top)s poeng."), facts, of=points))
        if not scored.reason.strip():
            text = N_("Kriterium %(number)s mangler en setning om hvorfor.")
            reasons.append(Reason(text, {"number": number}, of=f"why_{criterion.code}"))
    return reasons


def _uncut(sheet: Sheet, applied_ore: int) -> list[Reason]:
    reasons = []
    for number, cut in enumerate(sheet.cuts, 1):
        if not 0 <= cut.proposed_ore <= cut.applied_ore:
            text = N_("Budsjettlinje %(number)s: foreslått er mer enn søkt.")
            reasons.append(Reason(text, {"number": number}, of=f"cut_{cut.position}"))
        if cut.is_cut and not cut.why.strip():
            text = N_("Budsjettlinje %(number)s: skriv hvorfor den er kuttet.")
            reasons.append(Reason(text, {"number": number}, of=f"cutwhy_{cut.position}"))
    # The lines are all costs, also what the applicant pays itself; nobody recommends more than was asked for.
    if not reasons and (over := proposed_sum(sheet) - applied_ore) > 0:
        text = N_("Budsjettlinjene er til sammen %(over_ore)s mer enn det er søkt om. Kutt det søkeren dekker selv.")
        reasons.append(Reason(text, {"over_ore": over}, of=f"cut_{sheet.cuts[-1].position}"))
    return reasons
