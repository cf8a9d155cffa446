"""The order of a round within the frame: by score, with the rule for ties said, and the line where it is used up."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.values.language import N_

TIE_BREAK = N_(
    "Ved lik poengsum går den med flest poeng på det tyngste kriteriet foran. Er det også likt, avgjør saksnummeret."
)


@dataclass(frozen=True)
class Candidate:
    """A finished case. `score` in hundredths; `heaviest`: its points on the criterion that weighs most."""

    case_id: int
    number: str
    score: int
    heaviest: int
    proposed_ore: int


@dataclass(frozen=True)
class Placed:
    """A candidate's place; `sum_ore` is what it and all before it take, `within` whether the frame holds that."""

    place: int
    candidate: Candidate
    sum_ore: int
    within: bool


@dataclass(frozen=True)
class Ranking:
    """The whole order. `line_after` is the place of the last that the frame holds: the line is drawn below it.

    It is None when everybody is within, and 0 when the first already takes more than there is.
    """

    room_ore: int
    rows: tuple[Placed, ...]

    @property
    def proposed_ore(self) -> int:
        """Everything proposed."""
        return self.rows[-1].sum_ore if self.rows else 0

    @property
    def left_ore(self) -> int:
        """What is left of the frame, nought when more is proposed."""
        return max(0, self.room_ore - self.proposed_ore)

    @property
    def over_ore(self) -> int:
        """How much is proposed above the frame."""
        return max(0, self.proposed_ore - self.room_ore)

    def of_case(self, case_id: int) -> Placed | None:
        """Where a case stands; None while it is not finished."""
        return next((row for row in self.rows if row.candidate.case_id == case_id), None)

    def before_ore(self, placed: Placed) -> int:
        """What those ranked before it leave of the frame; below nought when they take more than there is."""
        return self.after_ore(placed) + placed.candidate.proposed_ore

    def after_ore(self, placed: Placed) -> int:
        """What is left when it has got its own too."""
        return self.room_ore - placed.sum_ore

    @property
    def line_after(self) -> int | None:
        """The place the line is drawn below."""
        within = sum(row.within for row in self.rows)
        return None if within == len(self.rows) else within


def rank(candidates: Iterable[Candidate], room_ore: int) -> Ranking:
    """Order the candidates within `room_ore`; those with nothing proposed stand last and take nothing."""
    rows: list[Placed] = []
    total_ore = 0
    for place, candidate in enumerate(sorted(candidates, key=_order), 1):
        total_ore += candidate.proposed_ore
        rows.append(Placed(place, candidate, total_ore, within=total_ore <= room_ore))
    return Ranking(room_ore, tuple(rows))


def fits(candidates: Iterable[Candidate], case_id: int, applied_ore: int, room_ore: int) -> bool:
    """Whether all that this case asks for can be had beside what those of more points, or before it in a tie, take."""
    found = {candidate.case_id: candidate for candidate in candidates}
    mine = _points(found[case_id])
    return applied_ore + sum(each.proposed_ore for each in found.values() if _points(each) < mine) <= room_ore


def _points(candidate: Candidate) -> tuple[int, int, str]:
    return (-candidate.score, -candidate.heaviest, candidate.number)


def _order(candidate: Candidate) -> tuple[bool, int, int, str]:
    return (candidate.proposed_ore == 0, *_points(candidate))
