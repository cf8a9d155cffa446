"""Control by rules: a claim within limits and unremarkable is approved in full; the rest a person looks at (J.3).

A rule never cuts and never refuses. What it found is kept with the claim, as figures.
"""

from dataclasses import asdict, dataclass
from typing import Any

from app.rules.domain import ControlRule
from app.values.language import N_, Worded

# What the claim is approved by, as the record and the row say it.
UNREMARKABLE = "unremarkable"
# A middle claim of fewer than this says nothing.
FEWEST = 3


class HeldFor(Worded):
    """Why a claim is not approved by a rule, and a person must look at it."""

    BY_HAND = "by_hand", N_("Regelverket lar ingen krav bli godkjent automatisk")
    OWN_HOST = "own_host", N_("Bekreftet av Helsedirektoratet")
    OVER_LIMIT = "over_limit", N_("Over grensen for automatisk kontroll")
    OUTLIER = "outlier", N_("Uvanlig høyt")
    CUT = "cut", N_("Taket i avtalen eller satsen kutter kravet")
    SAMPLE = "sample", N_("Stikkprøve")
    LATE = "late", N_("Sendt etter siste dag for krav")


@dataclass(frozen=True)
class Examined:
    """What the control looks at: sums in øre; `middle_ore` the area's middle claim of `of_claims`; `lot` 0 to 99."""

    claimed_ore: int
    left_ore: int
    middle_ore: int
    of_claims: int
    lot: int
    cut: bool
    late: bool
    own_host: bool


@dataclass(frozen=True)
class Found:
    """What it found: why a person must look, or None; and the figures it stands on."""

    held_for: HeldFor | None
    figures: dict[str, Any]


def examine(seen: Examined, rule: ControlRule) -> Found:
    """Whether a rule may approve the claim. The first reason is told; the figures say the rest."""
    closed = (
        (HeldFor.BY_HAND, rule.limit_ore is None),
        (HeldFor.OWN_HOST, seen.own_host),
        (HeldFor.LATE, seen.late),
        (HeldFor.CUT, seen.cut or seen.claimed_ore > seen.left_ore),
        (HeldFor.OUTLIER, is_outlier(seen.claimed_ore, seen.middle_ore, seen.of_claims, rule.outlier_times)),
        (HeldFor.OVER_LIMIT, rule.limit_ore is not None and seen.claimed_ore > rule.limit_ore),
        (HeldFor.SAMPLE, seen.lot < rule.sample_percent),
    )
    return Found(next((why for why, is_so in closed if is_so), None), {**asdict(seen), **asdict(rule)})


def is_outlier(claimed_ore: int, middle_ore: int, of_claims: int, times: int) -> bool:
    """Over so many times the area's middle claim (domain B.2); a few claims have no middle to speak of."""
    return of_claims >= FEWEST and claimed_ore > times * middle_ore
