"""Which cells of the data set are hidden: what a reader knows of them, told as relations.

A cell is (area, place of its quarter, what). «all» is all areas together; the last place is the whole year.
"""

from collections.abc import Mapping, Sequence

from app.compensation.domain.figures import AreaFigures
from app.summaries.domain.hiding import hidden

Key = tuple[str, int, str]
Cells = Mapping[tuple[str, int], AreaFigures]
ALL = "all"
COUNTS = ("agreed", "started", "claimed", "silent")


def gone_counts(cells: Cells, least: int) -> set[Key]:
    """Numbers of GPs below `least`. Areas add up to all of them in each period; who claimed and who did not, to the
    agreed. The year is counted for itself: a GP of two quarters is one."""
    values = {(*key, what): int(getattr(of, what)) for key, of in cells.items() for what in COUNTS}
    return hidden(values, count_relations(cells), {key for key, value in values.items() if 0 < value < least})


def gone_sums(cells: Cells, codes: Sequence[str], least: int) -> set[Key]:
    """Units below `least`, and all sums and units that come of fewer GPs than that.

    The sums («sums» is all of them) are units at prices anybody knows; both add up over areas and over quarters.
    """
    values, small = {}, set()
    for key, of in cells.items():
        few = 0 < of.claimed < least
        values[*key, "sums"] = of.approved_ore
        if few:
            small.add((*key, "sums"))
        for code in codes:
            units = of.codes[code].approved if code in of.codes else 0
            values[*key, f"units.{code}"] = units
            if units and (few or units < least):
                small.add((*key, f"units.{code}"))
    return hidden(values, sum_relations(cells, codes), small)


def count_relations(cells: Cells) -> list[dict[Key, int]]:
    """What is known of the numbers of GPs."""
    areas, places = _axes(cells)
    over = [
        {**{(area, place, what): 1 for area in areas}, (ALL, place, what): -1} for place in places for what in COUNTS
    ]
    return over + [{(*key, "claimed"): 1, (*key, "silent"): 1, (*key, "agreed"): -1} for key in cells]


def sum_relations(cells: Cells, codes: Sequence[str]) -> list[dict[Key, int]]:
    """What is known of units and sums."""
    areas, places = _axes(cells)
    whats = ["sums", *(f"units.{code}" for code in codes)]
    year, within = places[-1], places[:-1]
    over = [
        {**{(area, place, what): 1 for area in areas}, (ALL, place, what): -1} for place in places for what in whats
    ]
    through = [
        {**{(area, place, what): 1 for place in within}, (area, year, what): -1}
        for area in [*areas, ALL]
        for what in whats
    ]
    return over + through + [{**{(*key, what): 1 for what in whats[1:]}, (*key, "sums"): -1} for key in cells]


def _axes(cells: Cells) -> tuple[list[str], list[int]]:
    areas = list(dict.fromkeys(area for area, _ in cells if area != ALL))
    return areas, sorted({place for _, place in cells})
