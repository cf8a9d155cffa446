"""Small numbers are hidden, and so many others that no hidden one can be found by adding and subtracting.

A relation is what a reader knows of the cells whatever they hold: that these add up to those. Which hidden cells it
lets them find is plain linear algebra: a cell is found when what they know leaves it one value. A sum is a cell too.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

C = TypeVar("C", bound=Hashable)
# A prime: counting modulo it keeps the numbers short, and its relations' signs (1 and -1) exact.
_PRIME = (1 << 61) - 1


def hidden(values: Mapping[C, int], relations: Sequence[Mapping[C, int]], small: Collection[C]) -> set[C]:
    """`small`, and the cells that must go with them. `relations`: cell → 1 or -1, that together are nought.

    Of the cells that can hide another the smallest goes first, for it tells least.
    """
    gone = set(small)
    of: dict[C, list[Mapping[C, int]]] = {}
    for relation in relations:
        for cell in relation:
            of.setdefault(cell, []).append(relation)
    while found := found_in(gone, relations):
        # The relation with the fewest hidden cells is the one that gives one away; a cell that is found through
        # others has none with a shown cell, and is hidden when those are.
        telling = [each for cell in found for each in of[cell] if any(other not in gone for other in each)]
        if not telling:
            break
        relation = min(telling, key=lambda each: (sum(other in gone for other in each), sorted(map(str, each))))
        shown = [each for each in relation if each not in gone]
        # Nought tells that nobody is there, and hides nobody.
        gone.add(min(shown, key=lambda each: (values.get(each, 0) == 0, values.get(each, 0), str(each))))
    return gone


def found_in(gone: Collection[C], relations: Sequence[Mapping[C, int]]) -> set[C]:
    """The hidden cells a reader finds from the cells that are shown and from what they know."""
    cells = {cell: place for place, cell in enumerate(sorted(gone, key=str))}
    rows = [{cells[cell]: sign % _PRIME for cell, sign in relation.items() if cell in cells} for relation in relations]
    reduced = _reduced([row for row in rows if row])
    alone = {place for row in reduced if len(row) == 1 for place in row}
    return {cell for cell, place in cells.items() if place in alone}


def _reduced(rows: list[dict[int, int]]) -> list[dict[int, int]]:
    """Gauss–Jordan: each row begins with a one where every other row has nought."""
    done: dict[int, dict[int, int]] = {}
    for row in rows:
        left = dict(row)
        for pivot, other in done.items():
            _take(left, other, left.get(pivot, 0))
        if not left:
            continue
        pivot = min(left)
        inverse = pow(left[pivot], -1, _PRIME)
        left = {place: value * inverse % _PRIME for place, value in left.items()}
        for other in done.values():
            _take(other, left, other.get(pivot, 0))
        done[pivot] = left
    return list(done.values())


def _take(row: dict[int, int], other: Mapping[int, int], times: int) -> None:
    """Subtract `other` so many times."""
    if not times:
        return
    for place, value in other.items():
        new = (row.get(place, 0) - times * value) % _PRIME
        if new:
            row[place] = new
        else:
            row.pop(place, None)
